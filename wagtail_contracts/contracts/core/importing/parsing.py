"""A tree of Markdown from which the parser has dropped nothing that people read.

By itself it leaves out cells beyond the last column of a table, and lines such as `[Name]: [City]`,
which it takes for the address of a link; both are put back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.drafts import Draft
from wagtail_contracts.contracts.core.importing.marked import marked_list

DEEPEST = 60  # what is nested deeper the parser leaves out
OPTIONS = {"maxNesting": DEEPEST, "inline_definitions": True, "store_labels": True}
PREFIX = re.compile(r"^[\s>]*")
CELLS = re.compile(r"(?<!\\)\|")


def tree(text: str, draft: Draft) -> SyntaxTreeNode:
    """The blocks of a text. Raises Unplaceable."""
    tokens = _parser().parse(text)
    rows = [PREFIX.sub("", row) for row in text.split("\n")]
    celled = _with_cells(tokens, rows, draft)
    whole = list(_with_definitions(celled, rows, draft, set(_labels(tokens))))
    for token in whole:
        if max(part.level for part in (token, *(token.children or ()))) >= DEEPEST - 1:
            raise draft.refuse((token.map or [0])[0] + 1, "nested")
        if token.type == "ordered_list_open" and token.attrs.get("start") == 0:
            draft.note((token.map or [0])[0] + 1, "zero")
    return SyntaxTreeNode(whole)


def _parser() -> MarkdownIt:
    # Indented text is text, not code: agreements are indented for looks. Text that was escaped
    # stays apart, so that an escaped bracket is no placeholder.
    parser = MarkdownIt("commonmark", OPTIONS).enable("table").disable(["code", "text_join"])
    chains: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    parser.block.ruler.before("list", "marked_list", marked_list, chains)
    return parser


@cache
def _line_parser() -> MarkdownIt:
    """For words that are no blocks; made once, as a table may have thousands of them."""
    return _parser().disable("reference")


def _labels(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if label := token.meta.get("label") if token.type in ("link_open", "image") else None:
            yield str(label)
        yield from _labels(token.children or ())


def _with_cells(tokens: Iterable[Token], rows: Sequence[str], draft: Draft) -> Iterator[Token]:
    """The tokens, with the cells that a row has beyond those of the heading."""
    count = 0
    for token in tokens:
        if token.type == "tr_open":
            row, count = token, 0
        count += token.type in ("td_open", "th_open")
        if token.type == "tr_close":
            place = (row.map or [0])[0]
            if more := _cells(rows[place])[count:]:
                draft.note(place + 1, "wide_row", words=" | ".join(more))
            for cell in more:
                yield from _wrapped("td", cell, place)
        yield token


def _cells(row: str) -> list[str]:
    cells = CELLS.split(row.strip())
    cells = cells[1:] if cells[0] == "" else cells
    cells = cells[:-1] if cells[-1:] == [""] else cells
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _with_definitions(
    tokens: Iterable[Token], rows: Sequence[str], draft: Draft, used: set[str]
) -> Iterator[Token]:
    """The tokens, with a paragraph for each address that no link uses."""
    for token in tokens:
        if token.type != "definition":
            yield token
        elif token.meta["id"] in used:
            used.remove(token.meta["id"])
        else:
            begin, end = token.map or (0, 0)
            words = "\n".join(rows[begin:end])
            draft.note(begin + 1, "definition", words=words)
            yield from _wrapped("paragraph", words, begin)


def _wrapped(kind: str, words: str, place: int) -> list[Token]:
    [inline] = _line_parser().parseInline(words)
    inline.map = [place, place + 1]
    return [Token(f"{kind}_open", "p", 1, map=inline.map), inline, Token(f"{kind}_close", "p", -1)]
