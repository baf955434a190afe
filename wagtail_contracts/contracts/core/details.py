"""What changed inside one block, where it has parts that people know by name or place.

Items of a list, cells of a table, prices and quantities of a product, name, size and fingerprint of
a file, and the rule by which the block is shown. Prose has no parts: its words are compared.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wagtail_contracts.contracts.core import shown, trees, wording
from wagtail_contracts.contracts.core.kinds import product_cells, product_words
from wagtail_contracts.contracts.core.kinds.media import PLACES
from wagtail_contracts.contracts.core.matching import Matcher

CHANGED, ADDED, REMOVED, MOVED = "changed", "added", "removed", "moved"
ITEM, ROW, CELL, PRODUCT, SUM, FILE, WORDS, RULE, SETTING = (
    "item",
    "row",
    "cell",
    "product",
    "sum",
    "file",
    "words",
    "rule",
    "setting",
)
BESIDE = (RULE, SETTING)  # what is told after the words
SETTINGS = (
    *("level", "policy", "ordered", "header_row", "header_column", "width", "months", "kind"),
    *("role", "required", "sensitive", "currency", "max_length", "minimum", "maximum", "decimals"),
    *("country", "largest"),
)
OF_PERSON, OF_RULE = ("acts_as", "witnesses", "position"), ("kind", "count")


@dataclass(frozen=True)
class Detail:
    """One change inside a block.

    `part` says of what, `name` which one, in the words of the contract, `aspect` what of it (the
    price of a product). `was` and `now` are its places, counted from 1, None where it has none:
    of a cell the row and the column where it stands. `files` are what a file was and is.
    """

    kind: str
    part: str
    name: str = ""
    aspect: str = ""
    old: str = ""
    new: str = ""
    was: int | None = None
    now: int | None = None
    files: tuple[trees.Node | None, trees.Node | None] = (None, None)

    @property
    def runs(self) -> tuple[wording.Run, ...]:
        """Its words, compared."""
        return wording.runs(self.old, self.new)


Side = tuple[trees.Node, trees.Content]


def details(old: Side, new: Side) -> tuple[Detail, ...]:
    """The changes from one block to the same one in another content."""
    kind = new[0]["type"]
    inside = INSIDE.get(kind)
    return (*(inside(old, new) if inside else ()), *_rule(old, new), *settings(old, new))


def settings(old: Side, new: Side) -> Iterator[Detail]:
    """What is no word of a block or a data field: its level, who fills it in, its limits."""
    for name in SETTINGS:
        was, now = (_setting(name, *side) for side in (old, new))
        if was != now:
            yield Detail(CHANGED, SETTING, aspect=name, old=was, new=now)


def of_person(old: trees.Node, new: trees.Node) -> Iterator[Detail]:
    """What is no word of somebody who signs: in whose name, before how many witnesses, and when."""
    for name in OF_PERSON:
        was, now = (str(side.get(name) or "") for side in (old, new))
        if was != now:
            yield Detail(CHANGED, SETTING, aspect=name, old=was, new=now)


def of_party(old: trees.Node, new: trees.Node) -> Iterator[Detail]:
    """Who of a party has to sign."""
    for name in OF_RULE:
        was, now = (str(side["rule"][name] or "") for side in (old, new))
        if was != now:
            yield Detail(CHANGED, SETTING, aspect=f"rule_{name}", old=was, new=now)


def _setting(name: str, node: trees.Node, content: trees.Content) -> str:
    value = node.get(name)
    if name == "role":
        party = trees.parties_by_role(content).get(value or "")
        return str(party["label"]) if party else str(value or "")
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _rule(old: Side, new: Side) -> Iterator[Detail]:
    if old[0]["condition"] != new[0]["condition"]:
        yield Detail(CHANGED, RULE, old=shown.condition(*old), new=shown.condition(*new))


# -- what has a place ---------------------------------------------------------------------------


def _list(old: Side, new: Side) -> Iterator[Detail]:
    before, after = (_items(*side) for side in (old, new))
    yield from _aligned(before, after, ITEM)


def _items(block: trees.Node, content: trees.Content) -> list[str]:
    return [shown.words(item["content"], content) for item in block["items"]]


def _table(old: Side, new: Side) -> Iterator[Detail]:
    yield from _plain("caption", old, new)
    before, after = (_rows(*side) for side in (old, new))
    heads = after[0] if new[0]["header_row"] and after else []
    lines = [[" | ".join(row) for row in rows] for rows in (before, after)]
    for one in _aligned(lines[0], lines[1], ROW):
        if one.kind == CHANGED and one.was and one.now:
            yield from _cells(before[one.was - 1], after[one.now - 1], heads, one.now)
        else:
            yield one


def _rows(block: trees.Node, content: trees.Content) -> list[list[str]]:
    return [[shown.words(cell, content) for cell in row] for row in block["rows"]]


def _cells(
    old: Sequence[str], new: Sequence[str], heads: Sequence[str], row: int
) -> Iterator[Detail]:
    """The cells of one row, each by its column."""
    for at in range(max(len(old), len(new))):
        was, now = (cells[at] if at < len(cells) else "" for cells in (old, new))
        if was != now:
            name = heads[at] if row > 1 and at < len(heads) else ""
            first = new[0] if at and new and (row > 1 or not heads) else ""
            yield Detail(CHANGED, CELL, first, name, was, now, row, at + 1)


def _aligned(old: Sequence[str], new: Sequence[str], part: str) -> list[Detail]:
    """What stands in both stays; the rest is paired in order, and what is left comes or goes."""
    found: list[Detail] = []
    steps = Matcher(old, new, autojunk=False).get_opcodes()
    for kind, start, end, begin, stop in steps:
        if kind == "equal":
            continue
        both = min(end - start, stop - begin)
        for at in range(both):
            one, other = start + at, begin + at
            found.append(Detail(CHANGED, part, "", "", old[one], new[other], one + 1, other + 1))
        found += [Detail(REMOVED, part, old=old[at], was=at + 1) for at in range(start + both, end)]
        found += [Detail(ADDED, part, new=new[at], now=at + 1) for at in range(begin + both, stop)]
    return _moves(found)


def _moves(found: Sequence[Detail]) -> list[Detail]:
    """What went at one place and came at another, word for word, has moved."""
    gone = Counter(one.old for one in found if one.kind == REMOVED)
    came = Counter(one.new for one in found if one.kind == ADDED)
    both = {words for words, times in gone.items() if times == came[words] == 1}
    was = {one.old: one.was for one in found if one.kind == REMOVED and one.old in both}
    made = [
        replace(one, kind=MOVED, old=one.new, was=was[one.new])
        if one.kind == ADDED and one.new in both
        else one
        for one in found
    ]
    return [one for one in made if one.kind != REMOVED or one.old not in both]


# -- what has a name ----------------------------------------------------------------------------


def _products(old: Side, new: Side) -> Iterator[Detail]:
    yield from _plain("title", old, new)
    language = new[1]["language"]
    for found in product_cells.differences(old[0], new[0], language):
        if found.column in (ADDED, REMOVED, MOVED):
            yield Detail(found.column, PRODUCT, found.row)
        else:
            yield Detail(CHANGED, PRODUCT, found.row, found.column, found.old, found.new)
    before, after = (dict(_sums(*side)) for side in (old, new))
    for name in {**before, **after}:
        was, now = before.get(name, ""), after.get(name, "")
        if was != now:
            yield Detail(CHANGED, SUM, name, "", was, now)


def _sums(block: trees.Node, content: trees.Content) -> Iterator[tuple[str, str]]:
    for line in product_words.sums(block, content["language"]):
        name, _colon, words = line.partition(": ")
        yield name, words


def _files(old: Side, new: Side) -> Iterator[Detail]:
    for part in ("title", "caption", "alt", "transcript", "without"):
        yield from _plain(part, old, new)
    for place in PLACES:
        was, now = old[0].get(place), new[0].get(place)
        if was != now:
            kind = CHANGED if was and now else ADDED if now else REMOVED
            yield Detail(kind, FILE, aspect=place, files=(was, now))


def _plain(part: str, old: Side, new: Side) -> Iterator[Detail]:
    """A text beside the parts: a title, a caption."""
    was, now = (str(side[0].get(part) or "") for side in (old, new))
    if was != now:
        yield Detail(CHANGED, WORDS, aspect=part, old=was, new=now)


INSIDE: Mapping[str, Callable[[Side, Side], Iterator[Detail]]] = {
    "list": _list,
    "table": _table,
    "products": _products,
    "image": _files,
    "video": _files,
    "exhibit": _files,
}
