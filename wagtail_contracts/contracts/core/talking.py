"""What a comment may say, whom it names, and where in a text it belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wagtail_contracts.contracts.core import shown, states, trees
from wagtail_contracts.contracts.core.answers import CONTROL
from wagtail_contracts.contracts.core.text import LONGEST, normal

LONGEST_QUOTE = 300  # characters
LONGEST_NAME = 80  # characters of what a place is called in a list
MORE_TIME = "more_time"
SPEAKS: Mapping[str, frozenset[str]] = {MORE_TIME: states.OPEN | {states.EXPIRED}}
APART = ("area", "heading", "party_details", "signatures")


@dataclass(frozen=True)
class Place:
    """A block that a comment may be about: its number or "", and what people call it."""

    id: str
    number: str
    words: str


@dataclass(frozen=True)
class Section:
    """A clause with all that belongs to it: the ids of its blocks, `last` that of the last one.

    `last` stands in the body itself, the others may stand in an area.
    """

    place: Place
    last: str
    members: tuple[str, ...]


def speaks(kind: str, state: str) -> bool:
    """Say whether a thread of this kind goes on while the contract is in this state."""
    return state in SPEAKS.get(kind, states.OPEN)


def read(raw: object, longest: int = LONGEST) -> tuple[str, str]:
    """(what was typed in its normal form, "" or what is wrong: characters, length)."""
    text = normal(raw).strip()
    if CONTROL.search(text.replace("\n", "").replace("\t", "")):
        return text, "characters"
    return text, "length" if len(text) > longest else ""


def plain(text: str) -> str:
    """Words with one space between them, as a phrase is looked for."""
    return " ".join(text.split())


def says(block: trees.Node, content: trees.Content, quote: str) -> bool:
    """Say whether a phrase stands in a block, with or without the markers of its lists."""
    lines = " ".join(shown.words(nodes, content) for nodes in trees.lines(block))
    wanted = plain(quote)
    return any(wanted in plain(text) for text in (shown.text(block, content), lines))


def block_of(content: trees.Content, block: str) -> trees.Node | None:
    """The block with this id."""
    found = trees.blocks(content["body"]) if block else ()
    return next((node for node in found if node["id"] == block), None)


def home(content: trees.Content, block: str, quote: str) -> str:
    """The id of the block that a phrase stands in: the one that is named, or one of its section.

    Where none has the phrase, the one that is named.
    """
    for section in sections(content):
        if block in section.members:
            for node in _members(content, [block, *section.members]):
                if says(node, content, quote):
                    return str(node["id"])
    return block


def stands(content: trees.Content, block: str, quote: str) -> bool:
    """Say whether what a thread is about is in a text; the whole contract always is."""
    if not block:
        return True
    found = block_of(content, block)
    return found is not None and (not quote or says(found, content, quote))


def sections(content: trees.Content) -> list[Section]:
    """The clauses of level 1, each with what follows it; headings alone go with what is below."""
    runs: list[list[trees.Node]] = []
    for block in content["body"]:
        if not runs or (_begins(block) and not _is_title(runs[-1])):
            runs.append([])
        runs[-1].append(block)
    return [_section(run, content) for run in runs if run[0]["type"] != "signatures"]


def places(content: trees.Content) -> list[Place]:
    """All that a comment may be about, in order: clauses, headings, tables, whatever has a name."""
    found = trees.blocks(content["body"])
    made = (_place(block, content) for block in found if block["type"] != "signatures")
    return [place for place in made if place.words]


def mentioned(text: str, names: Iterable[str]) -> set[str]:
    """Those of `names` that stand after an @ in a text, the longest that fits at each place."""
    known = sorted({plain(name) for name in names}, key=len, reverse=True)
    made = set()
    for part in plain(text).casefold().split("@")[1:]:
        made |= set([name for name in known if _is_named(part, name.casefold())][:1])
    return made


def _is_named(part: str, name: str) -> bool:
    return bool(name) and part.startswith(name) and not part[len(name) : len(name) + 1].isalnum()


def _begins(block: trees.Node) -> bool:
    counted = bool(block.get("style"))  # an exhibit has a number, and is no clause
    return block.get("level", 1) == 1 and (counted or block["type"] in APART)


def _is_title(run: Sequence[trees.Node]) -> bool:
    return all(block["type"] == "heading" for block in run)


def _section(run: Sequence[trees.Node], content: trees.Content) -> Section:
    named = next((block for block in run if block.get("style")), run[0])
    members = tuple(str(block["id"]) for block in trees.blocks(run))
    return Section(_place(named, content), str(run[-1]["id"]), members)


def _members(content: trees.Content, ids: Iterable[str]) -> Iterator[trees.Node]:
    known = {block["id"]: block for block in trees.blocks(content["body"])}
    return (known[found] for found in ids if found in known)


def _place(block: trees.Node, content: trees.Content) -> Place:
    words = shown.name(block, content)
    short = words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1].rstrip()}…"
    return Place(str(block["id"]), str(block.get("number") or ""), short)
