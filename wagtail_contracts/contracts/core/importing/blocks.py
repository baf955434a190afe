"""Blocks of Markdown as blocks of a template."""

import re
from collections.abc import Callable, Iterable
from itertools import takewhile

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.drafts import (
    LONGEST_LABEL,
    Draft,
    item,
    shortened,
)
from wagtail_contracts.contracts.core.importing.inline import box, line, rich, words
from wagtail_contracts.contracts.core.importing.lines import lines, preformatted, rows
from wagtail_contracts.contracts.core.importing.lists import (
    begins_at,
    capped,
    is_choice,
    is_list,
    items,
    listing,
    nested,
)

MOST_OPTIONS, MOST_ROWS, MOST_COLUMNS, LONGEST_TITLE = 50, 200, 20, 200
LETTERED = re.compile(r"\(?([a-z]{1,2}|[ivx]+)[.)]\s")
Node = SyntaxTreeNode


def place(nodes: Iterable[Node], draft: Draft) -> None:
    """Append the blocks that the nodes become."""
    for node in nodes:
        READERS[node.type](node, draft)


def _heading(node: Node, draft: Draft) -> None:
    """The first heading of level 1 is the title; under it the others are one level higher."""
    level, said = int(node.tag[1]), words(node)
    draft.heading = shortened(said, LONGEST_LABEL)
    if level == 1 and not draft.title and said:
        _title(node, draft, said)
        return
    if level == 1:
        draft.shift = 0
    if text := rich(node, draft):
        draft.place("heading", level=str(capped(level - draft.shift, node, draft)), text=text)
    else:
        draft.note(line(node), "empty")


def _title(node: Node, draft: Draft, said: str) -> None:
    if len(said) > LONGEST_TITLE:
        raise draft.refuse(line(node), "title_long", most=LONGEST_TITLE, has=len(said))
    draft.title = said
    if draft.body:
        draft.note(line(node), "title_late", words=said)
    if "[" in said:
        draft.note(line(node), "title_prompt", words=said)


def _paragraph(node: Node, draft: Draft) -> None:
    if not (text := rich(node, draft)):
        return
    draft.place("text", text=f"<p>{text}</p>")
    draft.lead = _lead(node)


def _lead(node: Node) -> str:
    """The words, if they lead to what comes next."""
    said = words(node)
    return said.rstrip(": ") if said.endswith(":") and len(said) <= LONGEST_LABEL else ""


def _ordered(node: Node, draft: Draft) -> None:
    """A numbered list that goes on with the count of clauses becomes clauses."""
    if int(node.attrs.get("start", 1)) == draft.clauses + 1:
        draft.clauses += len(node.children)
        _clauses(node, draft, 1)
    else:
        listing(node, draft)


def _clauses(node: Node, draft: Draft, level: int) -> None:
    for child in node.children:
        head = list(takewhile(_fits_a_clause, child.children))
        _clause(child, head, draft, level)
        count = 0
        for part in child.children[len(head) :]:
            if part.type == "ordered_list":
                begins_at(part, count + 1, draft)
                count += len(part.children)
                _clauses(part, draft, level + 1)
            else:
                draft.note(line(part), "after_clause", words=words(part))
                place([part], draft)


def _fits_a_clause(part: Node) -> bool:
    return part.type not in ("ordered_list", "table") and not is_choice(part)


def _clause(child: Node, head: list[Node], draft: Draft, level: int) -> None:
    """Place one clause; a heading that it begins with is the clause's heading."""
    titled = head[:1] if head and head[0].type == "heading" else []
    draft.heading = shortened(words(head[0]), LONGEST_LABEL) if titled else draft.heading
    heading = "".join(rich(part, draft) for part in titled)
    text = "".join(_rich_part(part, draft) for part in head[len(titled) :])
    if heading or text:
        draft.place("clause", level=str(capped(level, child, draft)), heading=heading, text=text)
        draft.lead = _lead(head[-1])
    else:
        draft.note(line(child), "empty")


def _rich_part(part: Node, draft: Draft) -> str:
    if is_list(part):
        return nested(items(part, draft))
    if part.type == "paragraph" and (found := LETTERED.match(words(part))):
        draft.note(line(part), "lettered", words=found[0].strip())
    return "".join(f"<p>{text}</p>" for text in lines([part], draft))


def _bullets(node: Node, draft: Draft) -> None:
    if is_choice(node) and len(node.children) <= MOST_OPTIONS:
        _choice(node, draft)
    else:
        listing(node, draft)


def _choice(node: Node, draft: Draft) -> None:
    """Boxes become one choice, the first ticked one being suggested."""
    label = draft.lead or draft.heading or draft.title
    found = [(box(child.children[0]), _option(child, draft, label)) for child in node.children]
    told = [(ticked != " ", text) for ticked, text in found if text]
    if len(told) < len(found):
        draft.note(line(node), "empty")
    if (count := sum(ticked for ticked, _text in told)) > 1:
        draft.note(line(node), "ticked", count=count)
    if len(told) > 1:
        options = [
            item({"key": f"option_{k}", "text": text}) for k, (_tick, text) in enumerate(told, 1)
        ]
        chosen = next((f"option_{k}" for k, (ticked, _text) in enumerate(told, 1) if ticked), "")
        key = draft.define("choice", label, options=options, default=chosen)
        draft.place("field_place", key=key)
    for ticked, text in told if len(told) == 1 else ():
        _question(node, draft, label, ticked=ticked, text=text)


def _question(node: Node, draft: Draft, label: str, *, ticked: bool, text: str) -> None:
    """A single box is its words, and a question of yes or no."""
    draft.note(line(node), "single_box")
    draft.place("text", text=f"<p>{text}</p>")
    draft.place("field_place", key=draft.define("yes_no", label, default="yes" if ticked else ""))


def _option(node: Node, draft: Draft, label: str) -> str:
    """The option's text without its box; a placeholder in it is a field named after the choice."""
    first, rest = node.children[0], node.children[1:]
    found = [rich(first, draft, label, boxed=True), *lines(rest, draft)]
    return "<br/>".join(filter(None, found))


def _table(node: Node, draft: Draft) -> None:
    found = rows(node)
    wide = max(len(row.children) for row in found)
    if wide > MOST_COLUMNS or len(found) > MOST_ROWS:
        most = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
        raise draft.refuse(line(node), "table_large", **most)
    heads = [words(cell) for cell in found[0].children]
    draft.place(
        "table",
        caption="",
        header_row=True,
        header_column=not heads[0],
        rows=[item({"cells": [item(cell) for cell in _cells(row, heads, draft)]}) for row in found],
    )


def _cells(row: Node, heads: list[str], draft: Draft) -> Iterable[str]:
    """The cells; a field in one is named after its row and its column."""
    first, beyond = words(row.children[0]), [""] * len(row.children)
    for cell, head in zip(row.children, [*heads, *beyond], strict=False):
        named = ", ".join(dict.fromkeys(filter(None, (first, head))))
        yield rich(cell, draft, "" if "[" in named else shortened(named, LONGEST_LABEL))


def _quote(node: Node, draft: Draft) -> None:
    draft.note(line(node), "quote", words=words(node))
    place(node.children, draft)


def _preformatted(node: Node, draft: Draft) -> None:
    if found := preformatted(node, draft):
        draft.place("text", text=f"<p>{'<br/>'.join(found)}</p>")


def _rule(node: Node, draft: Draft) -> None:
    draft.note(line(node), "rule")


READERS: dict[str, Callable[[Node, Draft], None]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "ordered_list": _ordered,
    "bullet_list": _bullets,
    "table": _table,
    "blockquote": _quote,
    "fence": _preformatted,
    "html_block": _preformatted,
    "hr": _rule,
}
