"""A proposal in the stored form of a contract, from which its editor works on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core import boxes, entries, storing, suggesting

# What the parts of the tree are called in a stored block.
NAMES = {
    "heading": {"content": "text"},
    "clause": {"heading": "heading", "content": "text"},
    "definition": {"term": "term", "content": "text"},
    "text": {"content": "text"},
    "bilingual": {
        "heading": "heading",
        "content": "text",
        "other_heading": "other_heading",
        "other_content": "other_text",
    },
}
Entry = dict[str, Any]


def placed(state: Mapping[str, Any], proposal: suggesting.Proposal) -> dict[str, Any]:
    """A state with "body" and "values" as stored, with the proposal in it.

    What `suggesting.apply` makes of a content tree is the content of what this makes of its stored
    form. Where it has no place, nothing is changed.
    """
    given = {item["key"]: item["value"] for item in proposal.get("values", ())}
    body = [_placed(entry, proposal) for entry in state["body"]]
    return {**state, "body": body, "values": {**state["values"], **given}}


def _placed(entry: Entry, proposal: suggesting.Proposal) -> Entry:
    value = entry["value"]
    if entry["id"] == proposal["block"]:
        return {**entry, "value": {**value, **_changed(entry, proposal)}}
    if value.get("blocks"):
        nested = [_placed(one, proposal) for one in value["blocks"]]
        return {**entry, "value": {**value, "blocks": nested}}
    return entry


def _changed(entry: Entry, proposal: suggesting.Proposal) -> Entry:
    value, kind = entry["value"], proposal["kind"]
    if kind == suggesting.WORDING:
        if entry["type"] in boxes.ROWS:
            return entries.placed(entry, proposal["parts"])
        return _written(entry["type"], proposal["parts"])
    if kind == suggesting.CLAUSE:
        return {"blocks": [*(value["blocks"] or []), _clause(proposal)]}
    if kind == suggesting.ALTERNATIVE:
        return {"chosen": proposal["chosen"]}
    return {"rows": _rows(value["rows"], proposal["quantities"])} if "rows" in value else {}


def _written(kind: str, parts: Mapping[str, Any]) -> Entry:
    return {
        NAMES[kind][part]: storing.rich_html(parts[part])
        if how == boxes.RICH
        else storing.paragraph_html(parts[part])
        for part, how in boxes.PARTS[kind].items()
    }


def _clause(proposal: suggesting.Proposal) -> Entry:
    value = {"level": "1", "style": "", "start": None, **_written("clause", proposal["parts"])}
    return {"type": "clause", "value": value, "id": proposal["id"]}


def _rows(rows: Sequence[Entry], quantities: Sequence[Mapping[str, Any]]) -> list[Entry]:
    wanted = {item["row"]: item["quantity"] for item in quantities}
    return [
        {
            **row,
            "value": {**row["value"], "quantity": wanted.get(row["id"], row["value"]["quantity"])},
        }
        for row in rows
    ]
