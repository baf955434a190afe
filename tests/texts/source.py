"""An independent reader of agreements in Markdown: lines and regular expressions, no parser.

It knows what people see: headings, numbered items, boxes, table cells and paragraphs, in order,
with their levels and printed numbers, and with the values where placeholders stood. It shares no
code with the importer, and reads the styles that the agreements in use have.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

HEADING = re.compile(r"(#{1,6})\s+(.*)")
NUMBERED = re.compile(r"(\d+)([.)])(\s+)(.*)")
BULLET = re.compile(r"([-*+])(\s+)(.*)")
BOX = re.compile(r"[-*+]\s+\[([ xX])\]\s+(.*)")
LINE = re.compile(r"([-*_])\s*(\1\s*){2,}")
UNDERLINE = re.compile(r"=+|-+")
DELIMITERS = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
DEFINITION = re.compile(r"\[([^\]]+)\]:\s*(https?://\S+).*")
LEAD = re.compile(r"(.{1,79}):")
PROMPT = re.compile(r"\[(?![ xX]?\])[^\[\]]+\]")
DEEPEST = 4
# Characters that mean something in Markdown, and where they are kept out of its sight.
ASIDE = {ord(letter): 0xE000 + ord(letter) for letter in "[]<>*_`&\\"}
BACK = {aside: letter for letter, aside in ASIDE.items()}


@dataclass(frozen=True)
class Part:
    """One thing that people see; `level` and `number` are 0 and "" where there is none.

    A cell has its row and column there, an option "x" if it is chosen.
    """

    kind: str  # title, heading, item, label, option, cell, text
    level: int
    number: str
    words: str


@dataclass
class Item:
    """An item that is open; what is indented as far as `offset` belongs to it."""

    offset: int
    clause: bool


@dataclass
class Run:
    """Lines that belong together; `kind` is table or text."""

    indent: int
    lines: list[str]
    kind: str = "text"


@dataclass
class Reader:
    """Reads texts that make one agreement. `values` and `chosen` are used up in their order."""

    values: Iterator[str]
    chosen: Iterator[int]
    parts: list[Part] = field(default_factory=list)
    open: list[Item] = field(default_factory=list)
    lists: dict[int, list[Any]] = field(default_factory=dict)  # depth: ordered, clause, count
    counters: list[int] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    heading: str = ""
    lead: str = ""
    shift: int = 1

    def read(self, text: str) -> None:
        """Read one of the texts."""
        self.open, self.lists = [], {}
        for run in runs(text):
            if not (found := BOX.fullmatch(" ".join(run.lines))):
                self._end_boxes()
            while self.open and run.indent < self.open[-1].offset:
                self.open.pop()
            if run.kind == "table":
                self._table(run.lines)
            elif found:
                self.boxes.append(self._words(found[2]))
            else:
                self._text(" ".join(run.lines), run.indent)
        self._end_boxes()

    # -- parts ----------------------------------------------------------------------------------

    def _add(self, kind: str, words: str, level: int = 0, number: str = "") -> None:
        self.lead = ""
        if words or kind == "cell":
            self.parts.append(Part(kind, level, number, words))

    def _text(self, text: str, indent: int) -> None:
        if found := NUMBERED.fullmatch(text):
            offset = indent + len(found[1]) + 1 + min(len(found[3]), 4)
            self._item(found[4], offset, int(found[1]))
        elif found := BULLET.fullmatch(text):
            self._item(found[3], indent + 1 + min(len(found[2]), 4), None)
        elif found := HEADING.fullmatch(text):
            self._close()
            self._heading(len(found[1]), self._words(found[2]))
        else:
            self._close()
            self._paragraph("text", text)

    def _paragraph(self, kind: str, text: str, level: int = 0, number: str = "") -> None:
        said = self._words(text)
        self._add(kind, said, level, number)
        found = LEAD.fullmatch(plain(text))
        self.lead = found[1] if found else ""

    def _heading(self, level: int, words: str) -> None:
        self.heading = words
        if level == 1 and not any(part.kind == "title" for part in self.parts):
            self._add("title", words)
            return
        self.shift = 0 if level == 1 else self.shift
        self._add("heading", words, min(level - self.shift, DEEPEST))

    def _item(self, text: str, offset: int, given: int | None) -> None:
        ordered, depth = given is not None, len(self.open)
        for deeper in [deep for deep in self.lists if deep > depth]:
            del self.lists[deeper]
        if depth not in self.lists or self.lists[depth][0] != ordered:
            goes_on = bool(self.open) or given == (self.counters[0] if self.counters else 0) + 1
            clause = ordered and goes_on and all(item.clause for item in self.open)
            self.lists[depth] = [ordered, clause, 0]
        here = self.lists[depth]
        here[2] += 1
        self.open.append(Item(offset, here[1]))
        level, number = self._clause(depth + 1) if here[1] else self._listed(ordered, here[2])
        if found := HEADING.fullmatch(text):
            self.heading = plain(found[2])
            text = found[2]
        self._paragraph("item", text, level, number)

    def _clause(self, depth: int) -> tuple[int, str]:
        level = min(depth, DEEPEST)
        self.counters = [*self.counters[:level], *[0] * (level - len(self.counters))]
        self.counters[level - 1] += 1
        return level, ".".join(map(str, self.counters))

    def _listed(self, ordered: bool, count: int) -> tuple[int, str]:
        level = min(sum(not item.clause for item in self.open), DEEPEST)
        letters = {2: "abcdefghijklmnopqrstuvwxyz", 3: ["i", "ii", "iii", "iv", "v", "vi", "vii"]}
        shown = letters[level][count - 1] if level in letters else count
        return level, f"{shown}." if ordered else "•"

    def _close(self) -> None:
        """A paragraph ends the lists that it stands beside or outside of."""
        self.lists = {deep: found for deep, found in self.lists.items() if deep < len(self.open)}

    def _table(self, lines: Sequence[str]) -> None:
        self._close()
        rows = [cells(line) for place, line in enumerate(lines) if place != 1]
        for number, row in enumerate(rows):
            for column in range(max(map(len, rows))):
                said = self._words(row[column]) if column < len(row) else ""
                self._add("cell", said, number + 1, str(column + 1))

    def _end_boxes(self) -> None:
        """A list of boxes is one choice, a single box a question of yes or no."""
        boxes, self.boxes = self.boxes, []
        label = self.lead or self.heading
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


def runs(text: str) -> Iterator[Run]:
    """The lines of a text, those together that belong together."""
    lines = re.sub("[\u00ad\u200b\u200e\u200f\ufeff]", "", text).splitlines()
    lines = [re.sub(r"^> ?", "", line) for line in lines]
    addresses = {found[1].lower() for line in lines if (found := DEFINITION.fullmatch(line))}
    lines = [linked(line, addresses) for line in lines if not DEFINITION.fullmatch(line)]
    run: Run | None = None
    fenced = False
    for place, line in enumerate(lines):
        bare = line.strip()
        if bare.startswith("```"):
            fenced, bare = not fenced, ""
        following = lines[place + 1].strip() if place + 1 < len(lines) else ""
        begins = begins_table(bare, following)
        if run and (not bare or begins or (run.kind == "text" and begins_run(run, bare))):
            yield run
            run = None
        if run and run.kind == "text" and UNDERLINE.fullmatch(bare):
            run.lines = [f"{'#' if bare[0] == '=' else '##'} {' '.join(run.lines)}"]
        elif run:
            run.lines.append(bare)
        elif bare and not LINE.fullmatch(bare):
            kind = "table" if begins else "text"
            run = Run(len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()), [bare], kind)
    if run:
        yield run


def begins_table(bare: str, following: str) -> bool:
    """A row with a row of dashes under it."""
    return "|" in bare and bool(DELIMITERS.fullmatch(following))


def begins_run(run: Run, bare: str) -> bool:
    """Headings and items are runs of their own."""
    return any(rule.fullmatch(bare) for rule in (HEADING, NUMBERED, BULLET)) or bool(
        HEADING.fullmatch(run.lines[0])
    )


def linked(line: str, addresses: set[str]) -> str:
    """The line with links by name as other links."""
    return re.sub(
        r"\[([^\[\]]+)\]\[([^\[\]]+)\]",
        lambda found: f"[{found[1]}](#)" if found[2].lower() in addresses else found[0],
        line,
    )


def cells(line: str) -> list[str]:
    """The cells of a row."""
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]


def shield(text: str) -> str:
    """The text with all such characters out of sight."""
    return text.translate(ASIDE)


def hidden(text: str) -> str:
    """A text whose only brackets are placeholders."""
    text = re.sub(r"<!--.*?-->", "", text)
    text = re.sub(r"\\([^\w\s])", lambda found: shield(found[1]), text)
    text = re.sub(r"`([^`]+)`", lambda found: shield(found[1]), text)
    text = re.sub(r"<(https?://[^\s>]+)>", lambda found: shield(found[1]), text)
    text = re.sub(r"\[([^\[\]]*)\]\([^)\s]*\)", r"\1", text)
    return re.sub(r"<[^<>]+>", "", text)


def plain(text: str) -> str:
    """The words that people see: without marks, tags and link targets, single spaces, NFC."""
    text = re.sub(r"\*\*|__", "", hidden(text))
    text = re.sub(r"(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", "", text)
    text = html.unescape(text).translate(BACK)
    return unicodedata.normalize("NFC", " ".join(text.split()))
