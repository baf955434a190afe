"""Running text of Markdown as stored rich text, with data fields where placeholders stood."""

import re
from html import escape

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.drafts import Draft

PLACEHOLDER = re.compile(r"\[([^\[\]]+)\]")
ALLOWED = re.compile(r"(https://|mailto:|tel:)", re.IGNORECASE)
PLAIN_HTTP = re.compile(r"http://", re.IGNORECASE)
MARKS = {"strong": "b", "em": "i"}


def rich(node: SyntaxTreeNode, draft: Draft, label: str = "") -> str:
    """The children of `node` as stored rich text without a paragraph around it.

    `label` names the fields that placeholders become; otherwise the words before them do.
    """
    return "".join(_piece(child, draft, label) for child in _inline(node)).strip()


def words(node: SyntaxTreeNode) -> str:
    """The plain text below `node`, with single spaces."""
    parts = [_text(child) for child in _inline(node)]
    return " ".join("".join(parts).split())


def _inline(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return [part for child in node.children for part in _unwrapped(child)]


def _unwrapped(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return list(node.children) if node.type == "inline" else [node]


def _text(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(_text(child) for child in node.children)


def _piece(node: SyntaxTreeNode, draft: Draft, label: str) -> str:
    if node.type == "text":
        return _with_fields(node, draft, label)
    if node.type in MARKS:
        inside = "".join(_piece(child, draft, label) for child in node.children)
        return f"<{MARKS[node.type]}>{inside}</{MARKS[node.type]}>"
    if node.type == "link":
        return _link(node, draft, label)
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "<br/>"
    return _other(node, draft)


def _link(node: SyntaxTreeNode, draft: Draft, label: str) -> str:
    inside = "".join(_piece(child, draft, label) for child in node.children)
    given = str(node.attrs.get("href", ""))
    href = PLAIN_HTTP.sub("https://", given)
    if ALLOWED.match(href):
        if href != given:
            draft.note(line(node), f"The link to {given} leads to {href} now.")
        return f'<a href="{escape(href)}">{inside}</a>'
    draft.note(line(node), f"The target of the link “{words(node)}” is left out: {href}")
    return inside


def _other(node: SyntaxTreeNode, draft: Draft) -> str:
    """Tags give way to their content; everything else is kept as words and reported."""
    if node.type == "html_inline":
        if not re.fullmatch(r"</?(span|label)\b[^>]*>", node.content):
            draft.note(line(node), f"The tag {node.content} is left out.")
        return ""
    if node.type == "code_inline":
        draft.note(line(node), "Code is kept as plain text.")
        return escape(node.content)
    draft.note(line(node), f"A part of the kind “{node.type}” is left out: {_text(node)}".rstrip())
    return ""


def _with_fields(node: SyntaxTreeNode, draft: Draft, label: str) -> str:
    out, end = [], 0
    for match in PLACEHOLDER.finditer(node.content):
        before = node.content[end : match.start()]
        key = draft.ask(match[1].strip(), label or _label(before, match[1], draft))
        out += [escape(before, quote=False), f'<span data-contract-field="{key}">{key}</span>']
        end = match.end()
    return "".join([*out, escape(node.content[end:], quote=False)])


def _label(before: str, prompt: str, draft: Draft) -> str:
    """What people would call the field: the words before a colon, the heading, or the prompt."""
    lead = before.strip()
    if lead.endswith(":") and len(lead) <= 80:
        return lead.removesuffix(":").strip()
    if not lead and draft.heading:
        return draft.heading
    return prompt.strip()[:80]


def line(node: SyntaxTreeNode) -> int:
    """The line, from 1, that the node begins on; inline nodes have that of their paragraph."""
    place: SyntaxTreeNode | None = node
    while place is not None and not place.is_root:
        if place.map:
            return place.map[0] + 1
        place = place.parent
    return 1
