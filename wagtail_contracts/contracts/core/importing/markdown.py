"""Markdown (CommonMark with tables) as the streams of a template.

The first heading of level 1 is the title; other headings keep their order, one level higher. A
numbered list that goes on with the count of clauses becomes clauses, another one a list; a list of
check boxes becomes a choice; `[words in brackets]` become data fields.
"""

import re
from collections.abc import Callable, Iterable
from html import escape

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.drafts import Draft, Imported, item
from wagtail_contracts.contracts.core.importing.inline import line, rich, words

BOX = re.compile(r"^\[([ xX])\]\s+")
DEEPEST = 4


def read(sources: Iterable[tuple[str, str]]) -> Imported:
    """Read (name, text) pairs, which make one agreement, in their order."""
    draft = Draft()
    for name, text in sources:
        draft.source = name
        tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(_plain(text)))
        for node in tree.children:
            READERS.get(node.type, _unknown)(node, draft)
    return draft.finish()


def _plain(text: str) -> str:
    """The text without marks of byte order and writing direction, which carry no words."""
    return re.sub("[\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def _heading(node: SyntaxTreeNode, draft: Draft) -> None:
    level = int(node.tag[1])
    if level == 1 and not draft.title:
        draft.title = draft.heading = words(node)
        return
    draft.heading = words(node)
    draft.place("heading", level=str(_capped(level - 1, node, draft)), text=f"{rich(node, draft)}")


def _paragraph(node: SyntaxTreeNode, draft: Draft) -> None:
    draft.place("text", text=f"<p>{rich(node, draft)}</p>")


def _ordered(node: SyntaxTreeNode, draft: Draft) -> None:
    if int(node.attrs.get("start", 1)) == draft.clauses + 1:
        draft.clauses += len(node.children)
        _clauses(node, draft, 1)
    else:
        draft.place("list", ordered=True, items=_items(node, draft, 1))


def _clauses(node: SyntaxTreeNode, draft: Draft, level: int) -> None:
    for child in node.children:
        deeper = [part for part in child.children if part.type == "ordered_list"]
        text = "".join(_rich_part(part, draft) for part in child.children if part not in deeper)
        draft.place(
            "clause", level=str(_capped(level, child, draft)), heading="", text=text or "<p></p>"
        )
        for part in deeper:
            _clauses(part, draft, level + 1)


def _rich_part(node: SyntaxTreeNode, draft: Draft) -> str:
    if node.type == "paragraph":
        return f"<p>{rich(node, draft)}</p>"
    if node.type == "bullet_list":
        return f"<ul>{''.join(_rich_item(child, draft) for child in node.children)}</ul>"
    draft.note(line(node), f"A part of the kind “{node.type}” is kept as plain text.")
    return f"<p>{rich(node, draft)}</p>"


def _rich_item(node: SyntaxTreeNode, draft: Draft) -> str:
    return f"<li>{'<br/>'.join(rich(part, draft) for part in node.children)}</li>"


def _bullets(node: SyntaxTreeNode, draft: Draft) -> None:
    if all(BOX.match(words(child)) for child in node.children):
        _choice(node, draft)
    else:
        draft.place("list", ordered=False, items=_items(node, draft, 1))


def _choice(node: SyntaxTreeNode, draft: Draft) -> None:
    label = draft.heading or draft.title
    checked = [not words(child).startswith("[ ]") for child in node.children]
    texts = [_option(child, draft, label) for child in node.children]
    options = [
        item({"key": f"option_{number}", "text": text}) for number, text in enumerate(texts, 1)
    ]
    chosen = f"option_{checked.index(True) + 1}" if True in checked else ""
    key = draft.define("choice", label, options=options, default=chosen)
    draft.place("field_place", key=key)


def _option(node: SyntaxTreeNode, draft: Draft, label: str) -> str:
    """The option's text without its box; a placeholder in it is a field named after the choice."""
    if len(node.children) > 1:
        draft.note(line(node), "An option keeps its first paragraph only.")
    inline = node.children[0].children[0]
    first = inline.children[0]
    if first.token:
        first.token.content = BOX.sub("", first.content)
    prompts = re.findall(r"\[([^\[\]]+)\]", words(node.children[0]))
    return rich(node.children[0], draft, f"{label}: {prompts[0]}" if prompts else "")


def _items(node: SyntaxTreeNode, draft: Draft, level: int) -> list[dict[str, object]]:
    found = []
    for child in node.children:
        lists = [part for part in child.children if part.type.endswith("_list")]
        text = "<br/>".join(rich(part, draft) for part in child.children if part not in lists)
        found.append(item({"level": str(_capped(level, child, draft)), "text": text}))
        for part in lists:
            if part.type != node.type:
                draft.note(line(part), "A list of another kind within a list takes over its kind.")
            found += _items(part, draft, level + 1)
    return found


def _table(node: SyntaxTreeNode, draft: Draft) -> None:
    rows = [row for part in node.children for row in part.children]
    cells = [[rich(cell, draft) for cell in row.children] for row in rows]
    draft.place(
        "table",
        caption="",
        header_row=True,
        header_column=not words(rows[0].children[0]),
        rows=[item({"cells": [item(cell) for cell in row]}) for row in cells],
    )


def _capped(level: int, node: SyntaxTreeNode, draft: Draft) -> int:
    if level > DEEPEST:
        draft.note(line(node), f"Level {level} is shown as level {DEEPEST}.")
    return max(1, min(level, DEEPEST))


def _unknown(node: SyntaxTreeNode, draft: Draft) -> None:
    """Keep the words of what has no block of its own, and say so."""
    content = words(node) or node.content.strip() if node.type != "hr" else ""
    draft.note(
        line(node), f"A part of the kind “{node.type}” has no block of its own: {content[:80]}"
    )
    if content:
        draft.place("text", text=f"<p>{escape(content, quote=False)}</p>")


READERS: dict[str, Callable[[SyntaxTreeNode, Draft], None]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "ordered_list": _ordered,
    "bullet_list": _bullets,
    "table": _table,
}
