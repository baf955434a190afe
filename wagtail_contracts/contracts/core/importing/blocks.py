"""Blocks of Markdown as blocks of a template."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby, takewhile

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.asking import choice
from wagtail_contracts.contracts.core.importing.counting import Counting, Found, is_small
from wagtail_contracts.contracts.core.importing.defining import defined
from wagtail_contracts.contracts.core.importing.drafts import (
    LONGEST_LABEL,
    Draft,
    item,
    shortened,
)
from wagtail_contracts.contracts.core.importing.inline import (
    Atom,
    cut_off,
    line,
    rich,
    run,
    words,
)
from wagtail_contracts.contracts.core.importing.lines import lines, preformatted, rows
from wagtail_contracts.contracts.core.importing.lists import (
    MOST_OPTIONS,
    capped,
    is_choice,
    is_list,
    items,
    items_of,
    listing,
    marks,
    nested,
    place_items,
)
from wagtail_contracts.contracts.core.importing.marks import ANNEX, HEADING

MOST_ROWS, MOST_COLUMNS, LONGEST_TITLE = 200, 20, 200
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
    if ANNEX.match(said):
        draft.begin_annex()
    level = capped(level - draft.shift, node, draft)
    if found := _number_of(node, said, draft, level):
        draft.heading = shortened(words(node), LONGEST_LABEL)
        draft.counting.count(found)
        draft.begun = set()
        draft.place_counted("clause", found, heading=rich(node, draft), text="")
        draft.titled = draft.body[-1]["value"]
    elif text := rich(node, draft):
        draft.place("heading", level=str(level), text=text)
    else:
        draft.note(line(node), "empty")


def _number_of(node: Node, said: str, draft: Draft, level: int) -> Found | None:
    """What the number of a heading means; it is taken out of the heading."""
    begun = HEADING.match(said)
    if not begun or not said[begun.end() :]:
        return None
    mark = f"{begun[1]}{begun[2].rstrip(':')}".replace("\u00a0", " ")
    found = draft.counting.heading(mark, level)
    return found if found and cut_off(node, HEADING) else None


def _title(node: Node, draft: Draft, said: str) -> None:
    if len(said) > LONGEST_TITLE:
        raise draft.refuse(line(node), "title_long", most=LONGEST_TITLE, has=len(said))
    draft.title = said
    if draft.body:
        draft.note(line(node), "title_late", words=said)
    if "[" in said:
        draft.note(line(node), "title_prompt", words=said)


def _paragraph(node: Node, draft: Draft) -> None:
    """Running text; under a heading with a number it belongs to the clause."""
    if found := defined(node):
        for term, texts in found:
            told = {"level": "1", "style": "", "start": None, "numbered": False}
            draft.place("definition", **told, **_definition(term, texts, draft))
        return
    if not (text := rich(node, draft)):
        return
    titled = draft.titled
    if titled:
        titled["text"] += f"<p>{text}</p>"
    else:
        draft.place("text", text=f"<p>{text}</p>")
    draft.lead, draft.titled = _lead(node), titled


def _lead(node: Node) -> str:
    """The words, if they lead to what comes next."""
    said = words(node)
    return said.rstrip(": ") if said.endswith(":") and len(said) <= LONGEST_LABEL else ""


def _ordered(node: Node, draft: Draft) -> None:
    """A list whose numbers go on with those of the clauses becomes clauses."""
    typed = marks(node)
    for at, children in _runs(node, draft.counting.plan(typed)):
        mine = typed[at : at + len(children)]
        planned = [one for one in draft.counting.plan(mine) if one]
        if not planned and node.markup not in (".", ")"):
            _as_typed(children, mine, draft)
        elif planned and _goes_on(planned[0], draft):
            _clauses(children, draft, draft.counting, planned)
        else:
            counting = Counting()
            places = counting.insisted(mine)
            place_items(items_of(children, places, counting, draft), line(children[0]), draft)


def _runs(node: Node, planned: Sequence[Found | None]) -> Iterator[tuple[int, list[Node]]]:
    """Where the items begin that are numbers, or are none, one after the other; and these."""
    at = 0
    for _known, together in groupby(planned, bool):
        count = len(list(together))
        yield at, node.children[at : at + count]
        at += count


def _goes_on(first: Found, draft: Draft) -> bool:
    """Small numbers count within a clause, great ones once under a heading with a number."""
    if first.goes_on:
        return True
    if is_small(first.style):
        counted = [
            block["type"] == "clause" or block["value"].get("numbered") for block in draft.body[-1:]
        ]
        return any(counted)
    return first.number == 1 and first.style not in draft.begun


def _as_typed(children: Iterable[Node], typed: Iterable[str], draft: Draft) -> None:
    """Words that only look like the number of an item."""
    for mark, child in zip(typed, children, strict=True):
        first = child.children[0]
        begun = first.type == "paragraph"
        text = f"{escape(mark)} {rich(first, draft) if begun else ''}".strip()
        draft.place("text", text=f"<p>{text}</p>")
        place(child.children[1 if begun else 0 :], draft)


def _clauses(
    children: Iterable[Node], draft: Draft, counting: Counting, planned: Iterable[Found]
) -> None:
    for child, found in zip(children, planned, strict=True):
        counting.count(found)
        draft.begun.add(found.style)
        head = list(takewhile(_fits_a_clause, child.children))
        capped(found.level, child, draft)
        _clause(child, head, draft, found)
        below = counting.below(found.level)
        for part in child.children[len(head) :]:
            if part.type == "ordered_list":
                _clauses(part.children, draft, below, below.insisted(marks(part)))
            else:
                if part.type == "paragraph":
                    draft.note(line(part), "after_clause", words=words(part))
                place([part], draft)


def _fits_a_clause(part: Node) -> bool:
    """Running text, and lists that it can hold: what else there is stands in blocks of its own."""
    if part.type in ("ordered_list", "table") or is_choice(part):
        return False
    return part.type != "bullet_list" or not any(one.type == "ordered_list" for one in part.walk())


def _clause(child: Node, head: list[Node], draft: Draft, found: Found) -> None:
    """Place one clause; a heading that it begins with is the clause's heading."""
    titled = head[:1] if head and head[0].type == "heading" else []
    draft.heading = shortened(words(head[0]), LONGEST_LABEL) if titled else draft.heading
    parted = defined(head[0]) if head and not titled else []
    if len(parted) == 1:
        told = _definition(*parted[0], draft)
        told["text"] += "".join(_rich_part(part, draft) for part in head[1:])
        draft.place_counted("definition", found, numbered=True, **told)
        return
    heading = "".join(rich(part, draft) for part in titled)
    text = "".join(_rich_part(part, draft) for part in head[len(titled) :])
    if heading or text:
        draft.place_counted("clause", found, heading=heading, text=text)
        draft.lead = _lead(head[-1])
    else:
        draft.note(line(child), "empty")


def _definition(term: list[Atom], texts: list[list[Atom]], draft: Draft) -> dict[str, str]:
    said = run(term, draft)
    return {"term": said, "text": "".join(f"<p>{run(text, draft)}</p>" for text in texts)}


def _rich_part(part: Node, draft: Draft) -> str:
    if is_list(part):
        return nested(items(part, draft))
    return "".join(f"<p>{text}</p>" for text in lines([part], draft))


def _bullets(node: Node, draft: Draft) -> None:
    if is_choice(node) and len(node.children) <= MOST_OPTIONS:
        choice(node, draft)
    else:
        listing(node, draft)


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
