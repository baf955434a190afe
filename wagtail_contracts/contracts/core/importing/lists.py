"""Lists of Markdown: clauses, lists, choices, and lists inside running text."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.drafts import Draft, item
from wagtail_contracts.contracts.core.importing.inline import box, line, words
from wagtail_contracts.contracts.core.importing.lines import lines

LISTS = {"ordered_list": True, "bullet_list": False}
DEEPEST, MOST_ITEMS, MOST_OPTIONS = 4, 200, 50
Node = SyntaxTreeNode


class Item(NamedTuple):
    """One item of a list, wherever it is nested."""

    level: int
    ordered: bool
    html: str


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


def begins_at(node: Node, expected: int, draft: Draft) -> None:
    """Report a number that is not the one which will be printed."""
    start = int(node.attrs.get("start", 1))
    if node.type == "ordered_list" and start != expected:
        draft.note(line(node), "list_start", start=start, printed=expected)


def items(node: Node, draft: Draft, level: int = 1) -> list[Item]:
    """The items of a list and of the lists in it, in order."""
    found: list[Item] = []
    begins_at(node, 1, draft)
    for child in node.children:
        depth, own = capped(level, child, draft), len(found)
        for nests, parts in groupby(child.children, is_list):
            if nests:  # in an item without words of its own they take its place
                deeper = level + 1 if len(found) > own else level
                found += [one for part in parts for one in items(part, draft, deeper)]
            elif text := "<br/>".join(lines(parts, draft)):
                _add(found, own, Item(depth, LISTS[node.type], text), child, draft)
        if not child.children or is_list(child.children[0]):
            draft.note(line(child), "empty")
    return found


def _add(found: list[Item], own: int, new: Item, child: Node, draft: Draft) -> None:
    """Add an item; text after a nested list goes on in the last item, where it stays in order."""
    if len(found) == own:
        found.append(new)
        return
    draft.note(line(child), "after_list", words=words(child))
    last = found.pop()
    found.append(last._replace(html=f"{last.html}<br/>{new.html}"))


def listing(node: Node, draft: Draft) -> None:
    """Place a list: as a block of its own if all its items are of one kind, else within text."""
    found = items(node, draft)
    if len(found) > MOST_ITEMS:
        raise draft.refuse(line(node), "list_long", most=MOST_ITEMS, has=len(found))
    if not found:
        return
    if len({one.ordered for one in found}) > 1:
        draft.place("text", text=nested(found))
        return
    entries = [item({"level": str(one.level), "text": one.html}) for one in found]
    draft.place("list", ordered=found[0].ordered, items=entries)


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
