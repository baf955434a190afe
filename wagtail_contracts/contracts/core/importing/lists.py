"""Lists of Markdown: lists, choices, and lists inside running text."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.counting import Counting, Found
from wagtail_contracts.contracts.core.importing.drafts import Draft, item
from wagtail_contracts.contracts.core.importing.inline import box, line, words
from wagtail_contracts.contracts.core.importing.lines import lines
from wagtail_contracts.contracts.core.numbering import BULLET, Numbering, Place, by_level

LISTS = {"ordered_list": True, "bullet_list": False}
DEEPEST, MOST_ITEMS, MOST_OPTIONS = 4, 200, 50
Node = SyntaxTreeNode


class Item(NamedTuple):
    """One item of a list, wherever it is nested; `number` is 0 for a bullet."""

    level: int
    style: str
    number: int
    html: str

    @property
    def ordered(self) -> bool:
        """Whether it has a number."""
        return self.style != BULLET


def is_list(node: Node) -> bool:
    """Whether it is a list of either kind."""
    return node.type in LISTS


def is_choice(node: Node) -> bool:
    """Whether it is a list of check boxes."""
    return node.type == "bullet_list" and all(
        child.children and child.children[0].type == "paragraph" and box(child.children[0])
        for child in node.children
    )


def capped(level: int, node: Node, draft: Draft) -> int:
    """The level, as far as the product has one."""
    if level > DEEPEST:
        draft.note(line(node), "level", level=level)
    return max(1, min(level, DEEPEST))


def marks(node: Node) -> list[str]:
    """The numbers of a list as they were typed; Markdown counts on by itself after the first."""
    if node.markup in (".", ")"):
        first = int(node.attrs.get("start", 1)) or 1
        return [f"{first + place}{node.markup}" for place in range(len(node.children))]
    return [child.info for child in node.children]


def items(node: Node, draft: Draft, counting: Counting | None = None) -> list[Item]:
    """The items of a list and of the lists in it, in order."""
    counting = counting or Counting()
    return items_of(node.children, _places(node, counting), counting, draft)


def items_of(
    children: Sequence[Node], places: Sequence[Found], counting: Counting, draft: Draft
) -> list[Item]:
    """The items that stand in these places, and those of the lists in them."""
    found: list[Item] = []
    for child, place in zip(children, places, strict=True):
        depth, own = capped(place.level, child, draft), len(found)
        below = counting.below(place.level)
        for nests, together in groupby(child.children, is_list):
            parts = list(together)
            if nests:  # in an item without words of its own they take its place
                inner = below if len(found) > own else Counting(place.level)
                found += [one for part in parts for one in items(part, draft, inner)]
            elif text := "<br/>".join(lines(parts, draft)):
                _add(found, own, Item(depth, place.style, place.number, text), parts, draft)
        if not child.children or is_list(child.children[0]):
            draft.note(line(child), "empty")
    return found


def _places(node: Node, counting: Counting) -> list[Found]:
    if node.type == "bullet_list":
        level = counting.open[-1].level + 1 if counting.open else counting.base
        return [Found(level, BULLET, 0, goes_on=True)] * len(node.children)
    planned = counting.insisted(marks(node))
    for one in planned:
        counting.count(one)
    return planned


def _add(found: list[Item], own: int, new: Item, parts: list[Node], draft: Draft) -> None:
    """Add an item; text after a nested list goes on in the last item, where it stays in order."""
    if len(found) == own:
        found.append(new)
        return
    draft.note(line(parts[0]), "after_list", words=" ".join(words(part) for part in parts))
    last = found.pop()
    found.append(last._replace(html=f"{last.html}<br/>{new.html}"))


def listing(node: Node, draft: Draft) -> None:
    """Place a list as a block of its own."""
    place_items(items(node, draft), line(node), draft)


def place_items(found: Sequence[Item], at: int, draft: Draft) -> None:
    """Place items as one block."""
    if len(found) > MOST_ITEMS:
        raise draft.refuse(at, "list_long", most=MOST_ITEMS, has=len(found))
    if not found:
        return
    ordered, entries = found[0].ordered, []
    for one, start in zip(found, _starts(found), strict=True):
        usual = one.style == by_level(one.level, ordered=ordered)
        style = "" if usual else one.style
        value = {"level": str(one.level), "style": style, "start": start, "text": one.html}
        entries.append(item(value))
    draft.place("list", ordered=ordered, items=entries)


def _starts(found: Sequence[Item]) -> list[int | None]:
    """The counts that do not follow from the items before."""
    numbering, starts = Numbering(), []
    for one in found:
        follows = not one.number or numbering.following(one.level, one.style) == one.number
        starts.append(None if follows else one.number)
        numbering.next(Place(one.level, one.style, starts[-1]))
    return starts


def nested(found: Sequence[Item]) -> str:
    """Items as lists of rich text, one within the other."""
    made: list[str] = []
    open_tags: list[str] = []
    for one in found:
        tag = "ol" if one.ordered else "ul"
        while open_tags[one.level :] or open_tags[one.level - 1 :] not in ([], [tag]):
            made.append(f"</li></{open_tags.pop()}>")
        if len(open_tags) == one.level:
            made.append(f"</li><li>{one.html}")
        else:
            open_tags.append(tag)
            made.append(f"<{tag}><li>{one.html}")
    return "".join([*made, *(f"</li></{tag}>" for tag in reversed(open_tags))])
