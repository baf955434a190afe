"""What the rest of the house asks of a kind of block, whatever the kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Node = Mapping[str, Any]
Tree = dict[str, Any]
Line = Sequence[Node]


class Say(Protocol):
    """Puts values and names into words, in the contract's language.

    `second` does the same in its second language; without one it is the same.
    """

    language: str
    parties: Sequence[Node]

    @property
    def second(self) -> Say:
        """The words of a text in the second language."""

    def words(self, nodes: Line) -> str:
        """The words of inline nodes."""

    def label(self, key: str) -> str:
        """The label of a data field; "" for an unknown one."""


@dataclass(frozen=True)
class Scope:
    """What choices are made by: canonical values by key, and whether others may still choose."""

    values: Mapping[str, Any]
    open: bool = False


def no_lines(block: Node) -> Iterable[Line]:
    """Of a block without text of its own."""
    return ()


def no_strings(block: Node) -> Iterable[str]:
    """Of a block that prints nothing but its lines."""
    return ()


def no_trees(block: Node) -> Iterable[Tree]:
    """Of a block that asks nothing."""
    return ()


def nothing_told(block: Node) -> Iterable[tuple[str, Tree]]:
    """Of a block that stands in no list beside the body."""
    return ()


def as_it_is(block: Node, scope: Scope) -> Node | None:
    """Of a block in which nothing is chosen."""
    return block


def title_text(block: Node, say: Say) -> str:
    """Of a block that says its title alone."""
    return str(block["title"])


@dataclass(frozen=True)
class Kind:
    """The answers of one kind of block.

    `tree` makes the canonical parts of a stored value, `lines` gives its runs of inline nodes in
    order, `text` its words with one line for each of its lines, `printed` what else is printed.
    `resolved` is what is left once choices are made, None for nothing; `asks` gives definitions of
    what a participant decides inside the block, `told` what stands in the lists beside the body.
    """

    tree: Callable[[Mapping[str, Any]], Tree]
    text: Callable[[Node, Say], str]
    lines: Callable[[Node], Iterable[Line]] = no_lines
    printed: Callable[[Node], Iterable[str]] = no_strings
    resolved: Callable[[Node, Scope], Node | None] = as_it_is
    asks: Callable[[Node], Iterable[Tree]] = no_trees
    told: Callable[[Node], Iterable[tuple[str, Tree]]] = nothing_told


def rich_lines(rich: Sequence[Node]) -> Iterator[Line]:
    """The runs of inline nodes of paragraphs and lists."""
    for part in rich:
        if part["type"] == "paragraph":
            yield part["content"]
        else:
            yield from (item["content"] for item in part["items"])


def rich_text(rich: Sequence[Node], say: Say) -> Iterator[str]:
    """The lines of paragraphs and lists as words; those of lists begin with their marker."""
    for part in rich:
        if part["type"] == "paragraph":
            yield say.words(part["content"])
        else:
            yield from (item_text(item, say) for item in part["items"])


def item_text(item: Node, say: Say) -> str:
    """An item with its marker."""
    return f"{item['number']} {say.words(item['content'])}"


def joined(*lines: str) -> str:
    """Lines that say something, one below the other."""
    return "\n".join(filter(None, lines))


def values_of(items: Sequence[Any]) -> list[Any]:
    """The values of a stored list, with or without an id of their own."""
    return [
        item["value"] if isinstance(item, dict) and item.keys() >= {"type", "value"} else item
        for item in items
    ]
