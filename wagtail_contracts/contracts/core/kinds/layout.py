"""How text is laid out: page breaks, columns, the parties as a list, two languages side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core import richtext
from wagtail_contracts.contracts.core.fields.addresses import postal
from wagtail_contracts.contracts.core.kinds.base import (
    Kind,
    Line,
    Node,
    Say,
    Tree,
    joined,
    rich_lines,
    rich_text,
    values_of,
)
from wagtail_contracts.contracts.core.kinds.words import clause_lines, clause_text, numbered
from wagtail_contracts.contracts.core.text import normal

RULE = "—"  # what a page break says, so that one which comes or goes is seen in a comparison


def _page_break(value: Mapping[str, Any]) -> Tree:
    return {}


def _rule(block: Node, say: Say) -> str:
    return RULE


def _columns(value: Mapping[str, Any]) -> Tree:
    return {"columns": [richtext.rich(text) for text in values_of(value["texts"])]}


def _columns_lines(block: Node) -> Iterator[Line]:
    for column in block["columns"]:
        yield from rich_lines(column)


def _columns_text(block: Node, say: Say) -> str:
    return joined(*(line for column in block["columns"] for line in rich_text(column, say)))


def _party_details(value: Mapping[str, Any]) -> Tree:
    return {"title": normal(value["title"]).strip(), "roles": values_of(value["roles"])}


def _names(block: Node) -> Iterable[Line]:
    """As if the text named each of the parties."""
    return [
        [{"type": "party", "role": role, "part": "name", "marks": []}] for role in block["roles"]
    ]


def listed(block: Node, parties: Sequence[Node]) -> list[Node]:
    """The parties that the block lists: all of them unless some were picked."""
    return [party for party in parties if party["role"] in (block["roles"] or [party["role"]])]


def _details_text(block: Node, say: Say) -> str:
    parties = (_party(party, say.language) for party in listed(block, say.parties))
    return joined(block["title"], *parties)


def _party(party: Node, language: str) -> str:
    people = [", ".join(filter(None, (one["name"], one["capacity"]))) for one in party["people"]]
    known = (party["organisation_number"], postal(party.get("address"), language))
    return joined(f"{party['label']}: {party['name']}", *known, *people)


def _title(block: Node) -> Iterable[str]:
    return (block["title"],)


def _bilingual(value: Mapping[str, Any]) -> Tree:
    return {
        **numbered(value),
        "heading": richtext.inline(value.get("heading") or ""),
        "content": richtext.rich(value.get("text") or ""),
        "other_heading": richtext.inline(value.get("other_heading") or ""),
        "other_content": richtext.rich(value.get("other_text") or ""),
    }


def other(block: Node) -> Tree:
    """The side in the second language, as a clause has heading and text."""
    return {"heading": block["other_heading"], "content": block["other_content"]}


def _bilingual_lines(block: Node) -> Iterator[Line]:
    yield from clause_lines(block)
    yield from clause_lines(other(block))


def _bilingual_text(block: Node, say: Say) -> str:
    return joined(clause_text(block, say), clause_text(other(block), say.second))


KINDS = {
    "page_break": Kind(_page_break, _rule),
    "columns": Kind(_columns, _columns_text, _columns_lines),
    "party_details": Kind(_party_details, _details_text, _names, _title),
    "bilingual": Kind(_bilingual, _bilingual_text, _bilingual_lines),
}
