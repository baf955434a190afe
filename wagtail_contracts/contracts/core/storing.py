"""Rich text of the canonical form as stored HTML, which `richtext` reads to the same tree."""

from collections.abc import Sequence
from html import escape

from wagtail_contracts.contracts.core.numbering import BULLET
from wagtail_contracts.contracts.core.richtext import ATTRIBUTE, Inline, Rich

TAGS = {"bold": "b", "italic": "i"}


def rich_html(rich: Sequence[Rich]) -> str:
    """Paragraphs and lists as they are stored."""
    return "".join(
        f"<p>{line_html(part['content'])}</p>"
        if part["type"] == "paragraph"
        else _list(part["items"])
        for part in rich
    )


def paragraph_html(line: Sequence[Inline]) -> str:
    """A text of one line as it is stored; nothing for an empty one."""
    return f"<p>{line_html(line)}</p>" if line else ""


def line_html(line: Sequence[Inline]) -> str:
    """Inline nodes as they are stored."""
    return "".join(map(_inline, line))


def _inline(node: Inline) -> str:
    if node["type"] == "break":
        return "<br/>"
    if node["type"] == "link":
        return f'<a href="{escape(node["href"])}">{line_html(node["content"])}</a>'
    if node["type"] == "text":
        made = escape(node["text"], quote=False)
    else:
        made = f'<span {ATTRIBUTE}="{_chip(node)}">{_chip(node)}</span>'
    for mark in node["marks"]:
        made = f"<{TAGS[mark]}>{made}</{TAGS[mark]}>"
    return made


def _chip(node: Inline) -> str:
    if node["type"] == "reference":
        return f"clause.{node['block']}"
    if node["type"] == "title":
        return "contract.title"
    return f"{node['role']}.{node['part']}" if node["type"] == "party" else str(node["key"])


def _list(items: Sequence[Inline]) -> str:
    made: list[str] = []
    opened: list[str] = []
    for item in items:
        tag, level = ("ul" if item["number"] == BULLET else "ol"), item["level"]
        while opened[level:] or opened[level - 1 :] not in ([], [tag]):
            made.append(f"</li></{opened.pop()}>")
        made.append("</li><li>" if len(opened) == level else f"<{tag}><li>")
        opened += [] if len(opened) == level else [tag]
        made.append(line_html(item["content"]))
    return "".join([*made, *(f"</li></{tag}>" for tag in reversed(opened))])
