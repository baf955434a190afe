"""An independent reader of agreements in Markdown: lines and regular expressions, no parser.

It knows what people see: headings, numbered items, terms and their meanings, boxes, table cells and
paragraphs, in order, with their levels and printed numbers, and with the values where placeholders
stood. It shares no code with the importer, and reads the styles that the agreements in use have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.texts.ladders import (
    ANNEX,
    DEEPEST,
    WORDED,
    Item,
    Ladder,
    Numbers,
    Rung,
    first,
    is_small,
    listed,
    meanings,
)
from tests.texts.runs import (
    BULLET,
    HEADING,
    MARKED,
    MEANING,
    NUMBERED,
    TERM,
    Run,
    cells,
    hidden,
    marked,
    plain,
    runs,
    shield,
)

INSIDE = 3  # what is indented so far belongs to an item that Markdown doesn't know
BOX = re.compile(r"[-*+]\s+\[([ xX])\]\s+(.*)")
LEAD = re.compile(r"(.{1,79}):")
PROMPT = re.compile(r"\[(?![ xX]?\])[^\[\]]+\]")


@dataclass(frozen=True)
class Part:
    """One thing that people see; `level` and `number` are 0 and "" where there is none.

    A cell has its row and column there, an option "x" if it is chosen.
    """

    kind: str  # title, heading, item, term, label, option, cell, text
    level: int
    number: str
    words: str


@dataclass
class Reader:
    """Reads texts that make one agreement. `values` and `chosen` are used up in their order."""

    values: Iterator[str]
    chosen: Iterator[int]
    parts: list[Part] = field(default_factory=list)
    open: list[Item] = field(default_factory=list)
    ladder: Ladder = field(default_factory=Ladder)
    listing: Ladder | None = None
    running: dict[int, Rung] = field(default_factory=dict)  # Markdown's own lists by their depth
    begun: set[str] = field(default_factory=set)
    numbers: Numbers = field(default_factory=Numbers)
    counted: bool = False  # whether a clause comes right before
    boxes: list[str] = field(default_factory=list)
    heading: str = ""
    lead: str = ""
    shift: int = 1

    def read(self, text: str) -> None:
        """Read one of the texts."""
        self.open, self.running, self.listing = [], {}, None
        found = list(runs(text))
        for place, run in enumerate(found):
            self._run(run, marked(found[place + 1 :], run.indent))
        self._end_boxes()

    def _run(self, run: Run, following: str) -> None:
        box = BOX.fullmatch(run.text)
        if not box:
            self._end_boxes()
        while self.open and run.indent < self.open[-1].offset:
            self.open.pop()
        if run.kind == "table":
            self._table(run.lines)
        elif run.kind == "terms":
            self._terms(run.lines)
        elif box:
            self.boxes.append(self._words(box[2]))
        else:
            self._text(run, following)

    # -- parts ----------------------------------------------------------------------------------

    def _add(self, kind: str, words: str, level: int = 0, number: str = "") -> None:
        self.lead = ""
        if words or kind == "cell":
            self.parts.append(Part(kind, level, number, words))

    def _text(self, run: Run, following: str) -> None:
        text, indent = run.text, run.indent
        if found := NUMBERED.fullmatch(text):
            offset = indent + len(found[1]) + min(len(found[2]), 4)
            self._numbered(found[1], found[3], offset, following)
        elif found := BULLET.fullmatch(text):
            self._bullet(found[3], indent + 1 + min(len(found[2]), 4))
        elif (found := MARKED.fullmatch(text)) and self._is_number(found[1], following):
            offset = indent + min(len(found[1]) + len(found[2]), INSIDE)
            self._numbered(found[1], found[3], offset, following)
        elif found := HEADING.fullmatch(text):
            self._close()
            self._heading(len(found[1]), found[2])
        else:
            self._close()
            self.counted = self.counted and bool(self.open or self._titled())
            self._said("text", text)

    def _titled(self) -> bool:
        return any(rung.heads and rung is self.ladder.rungs[-1] for rung in self.ladder.rungs)

    def _said(self, kind: str, text: str, level: int = 0, number: str = "") -> None:
        """A paragraph or an item, which may define a term."""
        if found := TERM.fullmatch(text):
            self._add("term", self._words(found[1]), level or 1, number)
            kind, text, level, number = "text", found[2], 0, ""
        self._add(kind, self._words(text), level, number)
        found = LEAD.fullmatch(plain(text))
        self.lead = found[1] if found else ""

    def _terms(self, lines: Sequence[str]) -> None:
        """A line with a colon says what the line before it means."""
        self._close()
        said: list[list[str]] = []
        for line, below in zip(lines, [*lines[1:], ""], strict=True):
            if found := MEANING.fullmatch(line):
                said.append(["text", found[1]])
            elif MEANING.fullmatch(below):
                said.append(["term", line])
            else:
                said[-1][1] += f" {line}"
        for kind, text in said:
            self._add(kind, self._words(text), int(kind == "term"))
        self.counted = False

    def _heading(self, level: int, text: str) -> None:
        words = self._words(text)
        self.heading, self.counted = words, False
        if level == 1 and not any(part.kind == "title" for part in self.parts):
            self._add("title", words)
            return
        self.shift = 0 if level == 1 else self.shift
        level = min(level - self.shift, DEEPEST)
        if ANNEX.match(words):
            self.ladder, self.begun, self.numbers = Ladder(), set(), Numbers()
        found = WORDED.fullmatch(words)
        rung = self._headed(f"{found[1] or ''}{found[2].rstrip(':')}", level) if found else None
        if found and rung:
            self.heading, self.counted, self.begun = found[3], True, set()
            self._add(
                "item",
                found[3],
                rung.level,
                self.numbers.printed(rung, f"{found[1] or ''}{found[2]}"),
            )
        else:
            self._add("heading", words, level)

    def _headed(self, mark: str, level: int) -> Rung | None:
        if "." in mark.strip("."):
            return self.numbers.by_path(self.ladder, mark, heads=True)
        if rung := self.ladder.follow(mark, ""):
            rung.heads = True
            return rung
        ones = [kind for kind, number in meanings(mark) if number == 1]
        return self.ladder.add(Rung(ones[0], 1, level, clause=True, heads=True)) if ones else None

    # -- items ----------------------------------------------------------------------------------

    def _bullet(self, text: str, offset: int) -> None:
        outer = [item for item in self.open if not item.clause]
        level = min(len(outer) + 1, DEEPEST)
        self.running = {
            depth: rung for depth, rung in self.running.items() if depth < len(self.open)
        }
        self.open.append(Item(offset, clause=False, ladder=Ladder(level + 1)))
        self.counted = self.counted and len(self.open) > 1
        self._said("item", text, level, "•")

    def _is_number(self, mark: str, following: str) -> bool:
        """At the margin some lines only look like items: A. Hansen, 1.5 million."""
        if self.open or self.listing:
            return True
        if "." in mark.strip("."):
            return self.numbers.path_of(mark) is not None
        known = any(
            (kind, number) == (rung.kind, rung.last + 1)
            for rung in self.ladder.rungs
            for kind, number in meanings(mark)
        )
        return known or first(mark, following) is not None

    def _numbered(self, mark: str, text: str, offset: int, following: str) -> None:
        depth = len(self.open)
        self.running = {deep: rung for deep, rung in self.running.items() if deep <= depth}
        rung = self._rung(mark, following, depth)
        if NUMBERED.fullmatch(f"{mark} x"):
            self.running[depth] = rung
        level = min(rung.level, DEEPEST)
        number = self.numbers.printed(rung, mark) if rung.clause else listed(rung, mark)
        self.open.append(Item(offset, rung.clause, Ladder(rung.level + 1)))
        self.counted = rung.clause
        if found := HEADING.fullmatch(text):
            self.heading = plain(found[2])
            text = found[2]
        self._said("item", text, level, number)

    def _rung(self, mark: str, following: str, depth: int) -> Rung:
        kind, _number = meanings(mark)[0] if "." not in mark.strip(".") else ("1.1", 0)
        if (rung := self.running.get(depth)) and rung.kind == kind:
            rung.last += 1
            return rung
        if kind == "1.1" and (found := self.numbers.by_path(self.ladder, mark, heads=False)):
            return found
        if self.open:
            return self._within(self.open[-1].ladder, mark, following, clause=self.open[-1].clause)
        if self.listing:
            return self._within(self.listing, mark, following, clause=False)
        return self.ladder.follow(mark, following) or self._new(mark, following)

    def _within(self, ladder: Ladder, mark: str, following: str, *, clause: bool) -> Rung:
        if rung := ladder.follow(mark, following):
            return rung
        kind, number = first(mark, following) or meanings(mark)[0]
        return ladder.add(Rung(kind, number, ladder.below(is_small(kind)), clause))

    def _new(self, mark: str, following: str) -> Rung:
        """At the margin: small numbers belong to a clause, great ones count once for a heading."""
        kind, number = first(mark, following) or meanings(mark)[0]
        clause = self.counted if is_small(kind) else number == 1 and kind not in self.begun
        if not clause:
            self.listing = Ladder()
            return self.listing.add(Rung(kind, number, 1, clause=False))
        self.begun.add(kind)
        return self.ladder.add(Rung(kind, number, self.ladder.below(is_small(kind)), clause=True))

    def _close(self) -> None:
        """A paragraph ends the lists that it stands beside or outside of."""
        self.running = {deep: rung for deep, rung in self.running.items() if deep < len(self.open)}
        if not self.open:
            self.listing = None

    # -- tables and boxes -----------------------------------------------------------------------

    def _table(self, lines: Sequence[str]) -> None:
        self._close()
        self.counted = False
        rows = [cells(line) for place, line in enumerate(lines) if place != 1]
        for number, row in enumerate(rows):
            for column in range(max(map(len, rows))):
                said = self._words(row[column]) if column < len(row) else ""
                self._add("cell", said, number + 1, str(column + 1))

    def _end_boxes(self) -> None:
        """A list of boxes is one choice, a single box a question of yes or no."""
        boxes, self.boxes = self.boxes, []
        label = self.lead or self.heading
        self.counted = self.counted and not boxes
        if len(boxes) == 1:
            for kind, said in (("text", boxes[0]), ("label", label), ("text", "Yes")):
                self._add(kind, said)
        elif boxes:
            chosen = next(self.chosen)
            self._add("label", label)
            for place, said in enumerate(boxes):
                self._add("option", said, 0, "x" if place == chosen else "")

    def _words(self, text: str) -> str:
        return plain(re.sub(PROMPT, lambda _found: shield(next(self.values)), hidden(text)))


def read(texts: Sequence[str], values: Sequence[str], chosen: Sequence[int]) -> list[Part]:
    """All parts of an agreement. Every value has to have its place."""
    reader = Reader(iter(values), iter(chosen))
    for text in texts:
        reader.read(text)
    left = [*reader.values, *reader.chosen]
    assert not left, f"There is no place for {left}."
    return reader.parts
