"""A suggestion as pages show it: what it changes in today's text, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail_contracts.contracts.core import (
    adapting,
    boxes,
    details,
    masking,
    shown,
    suggesting,
    trees,
    wording,
)
from wagtail_contracts.contracts.core.fields import KINDS
from wagtail_contracts.contracts.core.suggesting import Misfit, Proposal
from wagtail_contracts.contracts.models import Suggestion
from wagtail_contracts.contracts.rendering import changed_details


@dataclass(frozen=True)
class Value:
    """A value that is suggested in the place of another."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Suggested:
    """One suggestion: words that go and come, items of a list or cells of a table, or values.

    While it is open it is compared with today's text, afterwards with that which it was made on.
    `code` says why it has no place in today's text, "" if it has.
    """

    row: Suggestion
    runs: tuple[wording.Run, ...] = ()
    inside: list[dict[str, Any]] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    code: str = ""


def suggested(
    rows: Iterable[Suggestion], today: trees.Content, *, masks: bool = False
) -> dict[int, Suggested]:
    """Each suggestion by the key of its thread; `today` is all that the newest version offers.

    `masks` says that the reader may not see what is sensitive; values of that kind are not open.
    """
    return {row.thread_id: _suggested(row, today, masks=masks) for row in rows}


def _suggested(row: Suggestion, today: trees.Content, *, masks: bool) -> Suggested:
    then, proposal, code = row.thread.version.whole, row.proposed, ""
    if row.is_open:
        try:
            proposal = adapting.adapted(then, today, proposal)
        except Misfit as wrong:
            code = wrong.code
    old = then if code == "gone" or not row.is_open else today
    if proposal["kind"] == suggesting.VALUES:
        return Suggested(row, values=list(_values(proposal, old)), code=code)
    return _worded(row, proposal, masking.masked(old) if masks else old, code)


def _worded(row: Suggestion, proposal: Proposal, whole: trees.Content, code: str = "") -> Suggested:
    """Words beside each other; items and cells each for itself, where they stand."""
    if proposal["kind"] == suggesting.CLAUSE:
        added = {**suggesting.BLANK, **proposal["parts"]}
        return Suggested(row, runs=wording.runs("", shown.text(added, whole)), code=code)
    blocks = {one["id"]: one for one in trees.blocks(whole["body"])}
    block = blocks.get(proposal["block"])
    if block is None or boxes.parts_of(block["type"]) != proposal["parts"].keys():
        return Suggested(row, code=code)
    then = {**block, **proposal["parts"]}
    if block["type"] in details.INSIDE:
        found = details.details((block, whole), (then, whole))
        return Suggested(row, inside=[changed_details.card(one) for one in found], code=code)
    runs = wording.runs(shown.text(block, whole), shown.text(then, whole))
    return Suggested(row, runs=runs, code=code)


def _values(proposal: Proposal, whole: trees.Content) -> Iterator[Value]:
    fields, values = trees.fields_by_key(whole), trees.values_by_key(whole)
    for item in proposal["values"]:
        if item["key"] in fields:
            asked = fields[item["key"]]
            had, wanted = values.get(item["key"]), item["value"]
            said = (shown.answer(asked, one, whole) for one in (had, wanted))
            yield Value(asked["label"], *said)
    rows = {
        row["id"]: row
        for block in trees.blocks(whole["body"])
        if block["type"] == "products"
        for row in block["rows"]
    }
    show = KINDS["number"].show
    for item in proposal["quantities"]:
        if row := rows.get(item["row"]):
            said = (show({}, one, whole["language"]) for one in (row["quantity"], item["quantity"]))
            yield Value(row["name"], *said)


def looked_at(proposal: Proposal, whole: trees.Content) -> Suggested:
    """What a proposal that nobody has sent yet changes in all that a version offers."""
    if proposal["kind"] == suggesting.VALUES:
        return Suggested(Suggestion(), values=list(_values(proposal, whole)))
    return _worded(Suggestion(), proposal, whole)
