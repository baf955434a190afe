"""What changed between two contents of one contract: blocks, values, parties and people.

Blocks are matched by id, so that a moved clause is one change and a new number is none. Equal
contents have no changes; any difference between contents gives at least one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wagtail_contracts.contracts.core import references, shown, trees, wording
from wagtail_contracts.contracts.core.fields.addresses import postal

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"
TITLE, VALUE, PARTY, PERSON, FIELD, BLOCK, OTHER = (
    "title",
    "value",
    "party",
    "person",
    "field",
    "block",
    "other",
)


@dataclass(frozen=True)
class Change:
    """One change.

    `part` says of what, `key` names it (the id of a block, the key of a field). It stands in the
    block with the id `block`, in the clause `number`; people call it `name`. `old` and `new` are
    its words, which `runs` compares. Equal words mean that only formatting or a rule differs.
    `where` says of a new or moved block where it stands now.
    """

    kind: str
    part: str
    key: str
    name: str
    block: str = ""
    number: str = ""
    old: str = ""
    new: str = ""
    runs: tuple[wording.Run, ...] = ()
    where: "Where | None" = None


@dataclass(frozen=True)
class Named:
    """A block as a list names it."""

    id: str
    number: str
    name: str


@dataclass(frozen=True)
class Where:
    """In the block with the id `area`, "" for none, after another one, None for the first."""

    area: str
    after: Named | None


def compare(old: trees.Content, new: trees.Content) -> list[Change]:
    """The changes from one content to another, in the order of the page."""
    if old == new:
        return []
    order = _order(old, new)
    in_text = [*_values(old, new), *_blocks(old, new)]
    in_text.sort(key=lambda change: order.get(change.block, len(order)))
    found = [*_title(old, new), *_parties(old, new), *in_text, *_fields(old, new)]
    return found or [Change(CHANGED, OTHER, "", "")]


def unchanged(old: trees.Content, new: trees.Content) -> list[Named]:
    """The blocks that are the same in both, in the order of the page."""
    before, after = _by_id(old), _by_id(new)
    return [
        Named(id, place.number, shown.name(place.block, new))
        for id, place in after.items()
        if id in before and before[id].same(place)
    ]


# -- blocks -------------------------------------------------------------------------------------


UNNUMBERED = ("heading", "area", "signatures")  # they end the clause before them


@dataclass(frozen=True)
class Place:
    """A block without the blocks in it, the area around it, and the number that holds there.

    `after` is the id of the block before it in the same area, "" for none.
    """

    block: Mapping[str, Any]
    area: str
    number: str
    after: str

    def same(self, other: "Place") -> bool:
        """Whether nothing but the number differs."""
        return self.block == other.block


def _by_id(content: trees.Content) -> dict[str, Place]:
    return {place.block["id"]: place for place in _all_places(content)}


def _all_places(content: trees.Content) -> Iterator[Place]:
    return _places(content["body"], references.cites(content))


def _places(
    blocks: Sequence[trees.Node], cites: Mapping[str, str], area: str = "", number: str = ""
) -> Iterator[Place]:
    after = ""
    for block in blocks:
        own = cites.get(block["id"]) if block["number"] else ""
        number = own or ("" if block["type"] in UNNUMBERED else number)
        plain = {name: part for name, part in block.items() if name not in ("number", "blocks")}
        yield Place(plain, area, number, after)
        after = block["id"]
        if "blocks" in block:
            yield from _places(block["blocks"], cites, block["id"], own or "")


def _blocks(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    before, after = _by_id(old), _by_id(new)
    moved = _moved(before, after)
    for id, place in before.items():
        if id not in after:
            yield _block(
                REMOVED, place, shown.name(place.block, old), shown.text(place.block, old), ""
            )
    for id, place in after.items():
        name, words = shown.name(place.block, new), shown.text(place.block, new)
        if id not in before:
            yield replace(_block(ADDED, place, name, "", words), where=_where(place, after, new))
            continue
        if id in moved:
            moving = _block(MOVED, place, name, words, words)
            yield replace(moving, where=_where(place, after, new))
        if not before[id].same(place):
            yield _block(CHANGED, place, name, *_words(before[id].block, place.block, old, new))


def _words(
    was: trees.Node, block: trees.Node, old: trees.Content, new: trees.Content
) -> tuple[str, str]:
    """What a block said and says; when it is shown, too, where that changed."""
    said = shown.text(was, old), shown.text(block, new)
    if was["condition"] == block["condition"]:
        return said
    rules = shown.condition(was, old), shown.condition(block, new)
    return f"{said[0]}\n{rules[0]}", f"{said[1]}\n{rules[1]}"


def _where(place: Place, places: Mapping[str, Place], content: trees.Content) -> Where:
    before = places.get(place.after)
    if before is None:
        return Where(place.area, None)
    return Where(place.area, Named(place.after, before.number, shown.name(before.block, content)))


def _block(kind: str, place: Place, name: str, old: str, new: str) -> Change:
    return _change(kind, BLOCK, place.block["id"], name, old, new, place=place)


def _order(old: trees.Content, new: trees.Content) -> dict[str, float]:
    """Where each block stands on the new page; a removed one after what stood before it."""
    order: dict[str, float] = {id: place for place, id in enumerate(_by_id(new))}
    last = -1.0
    for id in _by_id(old):
        last = order.setdefault(id, last + 0.5 if last == int(last) else last)
    return order


def _moved(before: Mapping[str, Place], after: Mapping[str, Place]) -> set[str]:
    """The fewest blocks whose moving explains the new order."""
    common = [id for id in after if id in before]
    places = {id: place for place, id in enumerate(before)}
    stayed = _longest_rising([places[id] for id in common])
    return {id for id in common if places[id] not in stayed or before[id].area != after[id].area}


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """A longest subsequence that rises; the numbers differ."""
    ends: list[int] = []
    length: dict[int, int] = {}
    for number in numbers:
        length[number] = bisect_left(ends, number)
        ends[length[number] : length[number] + 1] = [number]
    kept: list[int] = []
    for number in reversed(numbers):
        if length[number] == len(ends) - 1 - len(kept) and (not kept or number < kept[-1]):
            kept.append(number)
    return set(kept)


# -- all else -----------------------------------------------------------------------------------


def _title(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    if old["title"] != new["title"]:
        yield _change(CHANGED, TITLE, "title", new["title"], old["title"], new["title"])


def _values(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    """Answers to fields that are in both; the others come and go with their field."""
    before, after = trees.values_by_key(old), trees.values_by_key(new)
    fields, had = trees.fields_by_key(new), trees.fields_by_key(old)
    places = _first_places(new)
    for key, field in fields.items():
        if key in had and before.get(key) != after.get(key):
            words = [
                shown.answer(had[key], before.get(key), old),
                shown.answer(field, after.get(key), new),
            ]
            yield _change(CHANGED, VALUE, key, field["label"], *words, place=places.get(key))


def _first_places(content: trees.Content) -> dict[str, Place]:
    """The block where each field stands first."""
    places: dict[str, Place] = {}
    for place in _all_places(content):
        keys = [place.block["key"]] if place.block["type"] == "field_place" else []
        for nodes in trees.lines(place.block):
            keys += [node["key"] for node in trees.inlines(nodes) if node["type"] == "field"]
        for key in keys:
            places.setdefault(key, place)
    return places


def _fields(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    yield from _rows(
        FIELD,
        {key: (field, _field_words(field, old)) for key, field in trees.fields_by_key(old).items()},
        {key: (field, _field_words(field, new)) for key, field in trees.fields_by_key(new).items()},
    )


def _field_words(field: trees.Node, content: trees.Content) -> str:
    options = [shown.words(option["content"], content) for option in field["options"]]
    formula = shown.formula(field, content)
    return "\n".join(part for part in (field["label"], field["help"], formula, *options) if part)


def _parties(old: trees.Content, new: trees.Content) -> Iterator[Change]:
    yield from _rows(PARTY, dict(_party_rows(old)), dict(_party_rows(new)))
    yield from _rows(PERSON, dict(_person_rows(old)), dict(_person_rows(new)))


Row = tuple[Any, str]


def _party_rows(content: trees.Content) -> Iterator[tuple[str, Row]]:
    for party in content["parties"]:
        plain = {name: part for name, part in party.items() if name != "people"}
        lives = postal(party.get("address"), content["language"])
        words = [party["name"], party["organisation_number"], lives, party["label"]]
        yield party["id"], (plain, ", ".join(filter(None, words)))


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
