"""Where the blocks of a content stand, and in which order they were moved."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail_contracts.contracts.core import references, shown, trees
from wagtail_contracts.contracts.core.change import Named, Where

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


def by_id(content: trees.Content) -> dict[str, Place]:
    """Every block by its id, in the order of the page."""
    return {place.block["id"]: place for place in everywhere(content)}


def everywhere(content: trees.Content) -> Iterator[Place]:
    """Every block in the order of the page."""
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


def where(place: Place, places: Mapping[str, Place], content: trees.Content) -> Where:
    """Where a block stands, as people are told."""
    before = places.get(place.after)
    if before is None:
        return Where(place.area, None)
    return Where(place.area, Named(place.after, before.number, shown.name(before.block, content)))


def first_of_fields(content: trees.Content) -> dict[str, Place]:
    """The block where each field stands first."""
    places: dict[str, Place] = {}
    for place in everywhere(content):
        keys = [place.block["key"]] if place.block["type"] == "field_place" else []
        for nodes in trees.lines(place.block):
            keys += [node["key"] for node in trees.inlines(nodes) if node["type"] == "field"]
        for key in keys:
            places.setdefault(key, place)
    return places


def order(before: Mapping[str, Place], after: Mapping[str, Place]) -> dict[str, float]:
    """Where each block stands on the new page; a removed one after what stood before it."""
    made: dict[str, float] = {id: place for place, id in enumerate(after)}
    last = -1.0
    for id in before:
        last = made.setdefault(id, last + 0.5 if last == int(last) else last)
    return made


def moved(before: Mapping[str, Place], after: Mapping[str, Place]) -> set[str]:
    """The fewest blocks whose moving explains the new order.

    Blocks that went into another area or out of one have moved, too.
    """
    common = [id for id in after if id in before]
    places = {id: place for place, id in enumerate(before)}
    stayed = longest_rising([places[id] for id in common])
    return {id for id in common if places[id] not in stayed or before[id].area != after[id].area}


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """A longest subsequence that rises; the numbers differ.

    Of several the one that is found from the end: each time the last number that still fits.
    """
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
