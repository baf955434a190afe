"""How paragraphs and lists stand in a plain box, and what stands in it.

Paragraphs are apart by an empty line; items of lists begin with their marker, two spaces for each
level. A line that would be read otherwise than it is meant has a backslash before it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wagtail_contracts.contracts.core.numbering import BULLET, DEEPEST, Place, by_level, numbers

MARKED = re.compile(r"(?P<indent> *)(?P<mark>[-•]|\d{1,3}[.)]|(?<=  )[a-z]{1,6}[.)])(?: +|$)")
ESCAPE = "\\"
APART = "\n\n"


class Unit(NamedTuple):
    """A paragraph (level 0) or an item of a list: its words, with newlines for breaks.

    `begins` tells the first item of a list from those that go on with it.
    """

    words: str
    level: int = 0
    ordered: bool = False
    begins: bool = True


def said(units: Sequence[Unit]) -> str:
    """What stands in the box; `read` of it gives the units again."""
    made = ""
    for unit, mark in zip(units, markers(units), strict=True):
        made += ("" if not made else APART if unit.begins else "\n") + _said(unit, mark)
    return made


def markers(units: Sequence[Unit]) -> list[str]:
    """The marker of each item as it is printed, "" for paragraphs."""
    made: list[str] = []
    for unit, run in _runs(units):
        made += numbers([place(item) for item in run]) if unit.level else [""]
    return made


def place(unit: Unit) -> Place:
    """Where the number of an item stands."""
    return Place(unit.level, by_level(unit.level, ordered=unit.ordered))


def line(text: str) -> str:
    """What was typed into a box for one line: its lines, without those that say nothing."""
    lines = (line.strip(" ") for line in text.split("\n"))
    return "\n".join(line.removeprefix(ESCAPE) for line in lines if line)


def read(text: str) -> list[Unit]:
    """Paragraphs and items as they were typed."""
    made: list[Unit] = []
    for chunk in re.split(r"\n(?: *\n)+", text):
        lines = [line.rstrip(" ") for line in chunk.split("\n") if line.strip(" ")]
        if lines and MARKED.match(lines[0]):
            made += _items(lines)
        elif lines:
            made.append(Unit("\n".join(map(_meant, lines))))
    return made


def said_line(words: str) -> str:
    """What stands in a box for one line; `line` of it gives the words again."""
    lines = words.split("\n")
    return "\n".join(ESCAPE + line if not line or line[0] == ESCAPE else line for line in lines)


def _said(unit: Unit, mark: str) -> str:
    if not unit.level:
        return "\n".join(map(_escaped, unit.words.split("\n")))
    first, *more = unit.words.split("\n")
    begun = f"{'  ' * (unit.level - 1)}{'-' if mark == BULLET else mark} {first}".rstrip(" ")
    return "\n".join([begun, *map(_escaped, more)])


def _escaped(line: str) -> str:
    return ESCAPE + line if not line or line[0] == ESCAPE or MARKED.match(line) else line


def _meant(line: str) -> str:
    return line.strip(" ").removeprefix(ESCAPE)


def _runs(units: Sequence[Unit]) -> Iterator[tuple[Unit, list[Unit]]]:
    """Each paragraph, and each list with its items."""
    run: list[Unit] = []
    for unit in units:
        if run and unit.begins:
            yield run[0], run
            run = []
        run.append(unit)
    if run:
        yield run[0], run


def _items(lines: Sequence[str]) -> Iterator[Unit]:
    """A list ends where one of another kind begins on its first level."""
    made: list[Unit] = []
    for line in lines:
        if not (found := MARKED.match(line)):
            made[-1] = made[-1]._replace(words=f"{made[-1].words}\n{_meant(line)}")
            continue
        level = min(len(found["indent"]) // 2, made[-1].level if made else 0, DEEPEST - 1) + 1
        ordered = found["mark"] not in "-•"
        begins = not made or (level == 1 and ordered != _first(made).ordered)
        made.append(Unit(line[found.end() :], level, ordered, begins))
    yield from made


def _first(made: Sequence[Unit]) -> Unit:
    """The first item of the list that is being read."""
    return next(unit for unit in reversed(made) if unit.begins)
