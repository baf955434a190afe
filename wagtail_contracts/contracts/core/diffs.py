"""What changed between two contents of one contract: blocks, values, parties and people.

Blocks are matched by id, so that a moved clause is one change and a new number is none. Equal
contents have no changes; any difference between contents gives at least one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wagtail_contracts.contracts.core import details, places, shown, splitting, trees, wording
from wagtail_contracts.contracts.core.change import (
    ADDED,
    BLOCK,
    CHANGED,
    FIELD,
    JOINED,
    MOVED,
    OTHER,
    PARTY,
    PERSON,
    REMOVED,
    SPLIT,
    TITLE,
    VALUE,
    Change,
    Named,
    Piece,
    Where,
)
from wagtail_contracts.contracts.core.fields.addresses import postal
from wagtail_contracts.contracts.core.places import Place

__all__ = [
    "ADDED",
    "BLOCK",
    "CHANGED",
    "FIELD",
    "JOINED",
    "MOVED",
    "OTHER",
    "PARTY",
    "PERSON",
    "REMOVED",
    "SPLIT",
    "TITLE",
    "VALUE",
    "Change",
    "Named",
    "Piece",
    "Where",
    "compare",
    "plain",
    "unchanged",
]


def compare(old: trees.Content, new: trees.Content) -> list[Change]:
    """The changes from one content to another, in the order of the page."""
    return _drawn_together(plain(old, new), old, new)


def plain(old: trees.Content, new: trees.Content) -> list[Change]:
    """The same before splits and joins are told as such, which is a matter of words."""
    if old == new:
        return []
    order = places.order(places.by_id(old), places.by_id(new))
    in_text = [*_values(old, new), *_blocks(old, new)]
    in_text.sort(key=lambda change: order.get(change.block, len(order)))
    found = [*_title(old, new), *_parties(old, new), *in_text, *_fields(old, new)]
    return found or [Change(CHANGED, OTHER, "", "")]


def unchanged(old: trees.Content, new: trees.Content) -> list[Named]:
    """The blocks that are the same in both, in the order of the page."""
    before, after = places.by_id(old), places.by_id(new)
    return [
        Named(id, place.number, shown.name(place.block, new))
        for id, place in after.items()
        if id in before and before[id].same(place)
    ]


# -- blocks -------------------------------------------------------------------------------------


def _blocks(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    before, after = places.by_id(old), places.by_id(new)
    moved = places.moved(before, after)
    for id, place in before.items():
        if id not in after:
            gone = _block(REMOVED, place, old, shown.text(place.block, old), "")
            yield replace(gone, stood=places.where(place, before, old))
    for id, place in after.items():
        words = shown.text(place.block, new)
        if id not in before:
            here = places.where(place, after, new)
            yield replace(_block(ADDED, place, new, "", words), where=here)
            continue
        if id in moved:
            here, there = places.where(place, after, new), places.where(before[id], before, old)
            made = _block(MOVED, place, new, words, words)
            yield replace(made, where=here, stood=there, was=before[id].number)
        if not before[id].same(place):
            was = before[id].block
            made = _block(CHANGED, place, new, shown.text(was, old), words)
            found = details.details((was, old), (place.block, new))
            yield replace(made, was=before[id].number, details=found)


def _block(kind: str, place: Place, content: trees.Content, old: str, new: str) -> Change:
    name = shown.name(place.block, content)
    return _change(kind, BLOCK, place.block["id"], name, old, new, place=place)


def _drawn_together(
    found: Sequence[Change], old: trees.Content, new: trees.Content
) -> list[Change]:
    """With a block and what was split off it, or joined to it, as one change."""
    made: dict[tuple[str, str], Change] = {(one.kind, one.key): one for one in found}
    for kind, other, content in ((SPLIT, ADDED, new), (JOINED, REMOVED, old)):
        changed = [one for one in found if (one.kind, one.part) == (CHANGED, BLOCK)]
        others = [one for one in found if (one.kind, one.part) == (other, BLOCK)]
        back = kind == JOINED
        whole = {one.key: one.new if back else one.old for one in changed}
        parts = {one.key: one.old if back else one.new for one in [*changed, *others]}
        standing = places.by_id(content)
        for key, ids in splitting.splits(whole, parts, standing):
            if made[CHANGED, key].kind != CHANGED:
                continue
            pieces = tuple(_piece(id, parts[id], standing, content) for id in ids)
            made[CHANGED, key] = _of_pieces(kind, made[CHANGED, key], pieces)
            for id in set(ids) - {key}:
                del made[other, id]
    return list(made.values())


def _piece(id: str, words: str, standing: Mapping[str, Place], content: trees.Content) -> Piece:
    place = standing[id]
    name = shown.name(place.block, content)
    return Piece(id, place.number, name, words, places.where(place, standing, content))


def _of_pieces(kind: str, change: Change, pieces: Sequence[Piece]) -> Change:
    words = "\n".join(piece.words for piece in pieces)
    old, new = (change.old, words) if kind == SPLIT else (words, change.new)
    compared = wording.runs(old, new)
    return replace(change, kind=kind, old=old, new=new, runs=compared, pieces=tuple(pieces))


# -- all else -----------------------------------------------------------------------------------


def _title(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    if old["title"] != new["title"]:
        yield _change(CHANGED, TITLE, "title", new["title"], old["title"], new["title"])


def _values(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    """Answers to fields that are in both; the others come and go with their field."""
    before, after = trees.values_by_key(old), trees.values_by_key(new)
    fields, had = trees.fields_by_key(new), trees.fields_by_key(old)
    standing = places.first_of_fields(new)
    for key, field in fields.items():
        if key in had and before.get(key) != after.get(key):
            words = [
                shown.answer(had[key], before.get(key), old),
                shown.answer(field, after.get(key), new),
            ]
            yield _change(CHANGED, VALUE, key, field["label"], *words, place=standing.get(key))


def _fields(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    before, after = trees.fields_by_key(old), trees.fields_by_key(new)
    rows = [
        {key: (field, _field_words(field, content)) for key, field in fields.items()}
        for fields, content in ((before, old), (after, new))
    ]
    for change in _rows(FIELD, *rows):
        if change.kind == CHANGED:
            sides = (before[change.key], old), (after[change.key], new)
            change = replace(change, details=tuple(details.settings(*sides)))
        yield change


def _field_words(field: trees.Node, content: trees.Content) -> str:
    options = [shown.words(option["content"], content) for option in field["options"]]
    formula = shown.formula(field, content)
    return "\n".join(part for part in (field["label"], field["help"], formula, *options) if part)


def _parties(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    for part, rows, inside in (
        (PARTY, _party_rows, details.of_party),
        (PERSON, _person_rows, details.of_person),
    ):
        before, after = dict(rows(old)), dict(rows(new))
        for change in _rows(part, before, after):
            if change.kind == CHANGED:
                was, now = before[change.key][0], after[change.key][0]
                change = replace(change, details=tuple(inside(was[0], now[0])))
            yield change


Row = tuple[Any, str]


def _party_rows(content: trees.Content) -> Iterator[tuple[str, Row]]:
    for party in content["parties"]:
        plain = {name: part for name, part in party.items() if name != "people"}
        lives = postal(party.get("address"), content["language"])
        words = [party["name"], party["organisation_number"], lives, party["label"]]
        yield party["id"], ((plain,), ", ".join(filter(None, words)))


def _person_rows(content: trees.Content) -> Iterator[tuple[str, Row]]:
    for party in content["parties"]:
        for person in party["people"]:
            words = [person["name"], person["capacity"], party["name"]]
            yield person["id"], ((person, party["id"]), ", ".join(filter(None, words)))


def _rows(part: str, before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Change]:
    for key, (_row, words) in before.items():
        if key not in after:
            yield _change(REMOVED, part, key, _first(words), words, "")
    for key, (row, words) in after.items():
        if key not in before:
            yield _change(ADDED, part, key, _first(words), "", words)
        elif before[key][0] != row:
            yield _change(CHANGED, part, key, _first(words), before[key][1], words)


def _first(words: str) -> str:
    return words.split("\n")[0]


def _change(  # noqa: PLR0913 - one for each thing that a change says
    kind: str, part: str, key: str, name: str, old: str, new: str, *, place: Place | None = None
) -> Change:
    block, number = (place.block["id"], place.number) if place else ("", "")
    return Change(kind, part, key, name, block, number, old, new, wording.runs(old, new))
