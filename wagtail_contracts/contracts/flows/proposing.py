"""From what somebody typed to a proposal: what it would change, or what is wrong with it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core import boxes, suggesting, trees
from wagtail_contracts.contracts.core.richtext import Unreadable
from wagtail_contracts.contracts.core.suggesting import CLAUSE, VALUES, WORDING, Misfit
from wagtail_contracts.contracts.core.typed_text import Written
from wagtail_contracts.contracts.errors import AnswersRefused, SuggestionRefused
from wagtail_contracts.contracts.flows.reading import read_values
from wagtail_contracts.contracts.models import ContractVersion

LONGEST_PLACE = 3  # digits of a place in a list
VERSIONS = 32  # of which a process knows what is open in them
UNREADABLE = {
    "token": gettext_lazy(
        "%(detail)s is not one of the names in braces of this clause. Leave those as they are, or "
        "take one out whole."
    ),
    "characters": gettext_lazy("It has characters that can't be shown. Type it anew."),
    "length": gettext_lazy("Use at most %(detail)s characters."),
    "many": gettext_lazy("A list has at most %(detail)s items."),
    "empty": gettext_lazy("Write what it should say instead."),
}
MISFITS = {
    "locked": gettext_lazy("This part of the contract is not open to suggestions."),
    "gone": gettext_lazy("This part is not in the contract any more."),
    "meets": gettext_lazy("The same words have been changed since this was suggested."),
    "same": gettext_lazy("The contract says this already."),
    "value": gettext_lazy("The quantity is not one of those that may be chosen."),
    "full": gettext_lazy("There is no room for another clause here."),
}


@dataclass(frozen=True)
class Wish:
    """What somebody typed: words by box of a block, or values by key and quantities by row."""

    kind: str
    block: str
    typed: Mapping[str, Any] = field(default_factory=dict)


def open_places(version: ContractVersion) -> suggesting.Places:
    """What is open to suggestions in a version."""
    return _open(version.offer)


@lru_cache(maxsize=VERSIONS)
def _open(offer: str) -> suggesting.Places:
    return suggesting.places(json.loads(offer))


def words_typed(posted: Mapping[str, Any]) -> dict[str, str]:
    """What of a form is words in a box, by the box's name."""
    return {name: str(said) for name, said in posted.items() if boxes.is_name(name)}


def added(wish: Wish, at: str) -> str:
    """The name of a box for one item more, after the one at a place of a list."""
    known = at.isdecimal() and len(at) <= LONGEST_PLACE
    return boxes.added(wish.typed, int(at) if known else 0)


def written(version: ContractVersion, wish: Wish) -> Written:
    """The words that somebody writes anew, or a new clause. Raises SuggestionRefused."""
    if wish.kind == CLAUSE:
        return Written(suggesting.BLANK, version.whole)
    block = open_places(version).wordings.get(wish.block)
    if block is None:
        raise SuggestionRefused({"": misfit("locked")})
    return Written(block, version.whole)


def values_open(version: ContractVersion, block_id: str) -> list[dict[str, Any]]:
    """Definitions of what may be suggested in a block instead of words: values and quantities.

    The key of a quantity is the id of its row.
    """
    open_ = open_places(version)
    if table := open_.tables.get(block_id):
        return [_quantity(row) for row in suggesting.quantities(table).values()]
    block = next((b for b in trees.blocks(version.content["body"]) if b["id"] == block_id), None)
    keys = trees.placed({"body": [{**block, "blocks": []}]}) if block else set()
    return [dict(item) for key, item in open_.fields.items() if key in keys]


def valued(version: ContractVersion) -> frozenset[str]:
    """The ids of the blocks in which values or quantities may be suggested."""
    return _valued(version.offer, version.record)


@lru_cache(maxsize=VERSIONS)
def _valued(offer: str, record: str) -> frozenset[str]:
    open_, body = _open(offer), json.loads(record)["content"]["body"]
    named = (
        block["id"]
        for block in trees.blocks(body)
        if trees.placed({"body": [{**block, "blocks": []}]}) & open_.fields.keys()
    )
    return frozenset(open_.tables).union(named)


def values_now(version: ContractVersion, block_id: str) -> dict[str, Any]:
    """What those are in the version."""
    table = open_places(version).tables.get(block_id)
    rows = suggesting.quantities(table).values() if table else ()
    return {**trees.values_by_key(version.whole), **{row["id"]: row["quantity"] for row in rows}}


def proposal(version: ContractVersion, wish: Wish) -> dict[str, Any]:
    """What somebody wants, in canonical form. Raises SuggestionRefused, by field of the form."""
    if wish.kind == VALUES:
        return _values(version, wish)
    if wish.kind not in (WORDING, CLAUSE):
        raise SuggestionRefused({"": misfit("locked")})
    text = written(version, wish)
    try:
        parts = text.read(words_typed(wish.typed))
    except Unreadable as wrong:
        words = str(UNREADABLE[wrong.code]) % {"detail": wrong.detail}
        raise SuggestionRefused({_part(text, wish, wrong): words}) from wrong
    made = {"kind": wish.kind, "block": wish.block, "parts": parts}
    return {**made, "id": str(uuid.uuid4())} if wish.kind == CLAUSE else made


def applied(whole: trees.Content, made: suggesting.Proposal) -> dict[str, Any]:
    """All that is offered with a proposal in it. Raises SuggestionRefused."""
    try:
        return suggesting.apply(whole, made)
    except Misfit as wrong:
        raise SuggestionRefused({"": misfit(wrong.code)}) from wrong


def misfit(code: str) -> str:
    """Why a proposal has no place, as a sentence."""
    return str(MISFITS[code])


def _part(text: Written, wish: Wish, wrong: Unreadable) -> str:
    """The box that it is about: the first one that can't be read."""
    if wrong.code == "empty":
        return wrong.detail or next(reversed(text.boxes))
    typed = words_typed(wish.typed)
    for name in boxes.ordered(text.block, typed):
        try:
            text.read_box(text.box(name), typed.get(name, ""))
        except Unreadable as found:
            if found.code == wrong.code:
                return name
    return ""


def _values(version: ContractVersion, wish: Wish) -> dict[str, Any]:
    asked = values_open(version, wish.block)
    if not asked:
        raise SuggestionRefused({"": misfit("locked")})
    try:
        read = read_values(asked, wish.typed)
    except AnswersRefused as refused:
        raise SuggestionRefused(refused.problems) from refused
    if empty := [item["key"] for item in asked if read[item["key"]] is None]:
        before = values_now(version, wish.block)
        lost = {key: _("Write what it should be instead.") for key in empty if before[key]}
        if lost:
            raise SuggestionRefused(lost)
    changed = {
        key: value
        for key, value in read.items()
        if value is not None and value != values_now(version, wish.block)[key]
    }
    rows = suggesting.quantities(open_places(version).tables.get(wish.block, _NO_TABLE))
    return {
        "kind": VALUES,
        "block": wish.block,
        "values": [{"key": k, "value": v} for k, v in changed.items() if k not in rows],
        "quantities": [{"row": k, "quantity": v} for k, v in changed.items() if k in rows],
    }


_NO_TABLE: Mapping[str, Any] = {"policy": None, "rows": [], "role": ""}


def _quantity(row: trees.Node) -> dict[str, Any]:
    limits = row["limits"] or {"minimum": "0.0000", "maximum": None}
    return {
        "key": row["id"],
        "kind": "quantity" if row["limits"] else "number",
        "label": row["name"],
        "help": row["unit"],
        "role": "",
        "required": False,
        "sensitive": False,
        "currency": None,
        "max_length": None,
        "decimals": None,
        "options": [],
        **limits,
    }
