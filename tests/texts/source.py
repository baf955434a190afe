"""An independent reader of agreements in Markdown: lines and regular expressions, no parser.

It knows what people see: headings, numbered items, boxes, table cells and paragraphs, in order,
with
placeholders replaced by the values that the test fills in. It shares no code with the importer.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

HEADING = re.compile(r"(#{1,6})\s+(.*)")
NUMBERED = re.compile(r"(\s*)(\d+)\.\s+(.*)")
BOX = re.compile(r"-\s+\[([ xX])\]\s+(.*)")
BULLET = re.compile(r"(\s*)[-*+]\s+(.*)")
RULE = re.compile(r"\|?[\s:|-]+\|?")
PLACEHOLDER = re.compile(r"\[([^\[\]]+)\](?!\()")
Fill = Callable[[str], str]


@dataclass(frozen=True)
class Part:
    """One thing that people see; `level` and `number` are 0 and "" where there is none."""

    kind: str  # title, heading, item, option, cell, text
    level: int
    number: str
    words: str


def read(texts: list[str], fill: Fill) -> list[Part]:
    """All parts of an agreement made of several texts; `fill` gives the value of a placeholder."""
    parts = [part for text in texts for part in _parts(text, fill)]
    if parts and parts[0].kind == "heading":
        parts[0] = Part("title", 0, "", parts[0].words)
    return [part for part in parts if part.words or part.kind == "cell"]


def words(text: str, fill: Fill = lambda prompt: prompt) -> str:
    """The words that people see: without marks, tags and link targets, single spaces, NFC."""
    text = re.sub("[\u200e\u200f\ufeff]", "", text)
    text = re.sub(r"\[([^\[\]]+)\]\([^)]*\)", lambda link: f"\u0001{link[1]}\u0002", text)
    text = PLACEHOLDER.sub(lambda found: fill(found[1].strip()), text)
    text = re.sub(r"<[^>]+>", "", text)
    text = re.sub(r"\*\*|\u0001|\u0002", "", text)
    text = re.sub(r"(?<!\w)\*|\*(?!\w)", "", text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _parts(text: str, fill: Fill) -> Iterator[Part]:
    for block in _blocks(text):
        yield from _read(block, fill)


def _blocks(text: str) -> list[list[str]]:
    """Runs of lines; a heading, an item and a row are runs of their own."""
    blocks: list[list[str]] = [[]]
    for line in text.splitlines():
        alone = any(rule.match(line) for rule in (HEADING, NUMBERED, BULLET)) or line[:1] == "|"
        if not line.strip() or alone or (blocks[-1] and HEADING.match(blocks[-1][0])):
            blocks.append([])
        if line.strip():
            blocks[-1].append(line)
        if line[:1] == "|":
            blocks.append([])
    return [block for block in blocks if block]


def _read(block: list[str], fill: Fill) -> Iterator[Part]:
    joined = " ".join(block)
    if joined[:1] == "|":
        if not RULE.fullmatch(joined.strip()):
            yield from _row(joined, fill)
    elif found := HEADING.match(joined):
        yield Part("heading", max(1, len(found[1]) - 1), "", words(found[2], fill))
    elif found := BOX.match(joined.strip()):
        yield Part("option", 0, "x" if found[1] != " " else "", words(found[2], fill))
    elif found := NUMBERED.match(joined):
        yield Part("item", 1 + len(found[1]) // 3, found[2], words(found[3], fill))
    elif found := BULLET.match(joined):
        yield Part("item", 1 + len(found[1]) // 2, "•", words(found[2], fill))
    else:
        yield Part("text", 0, "", words(joined, fill))


def _row(line: str, fill: Fill) -> Iterator[Part]:
    cells = line.strip().removeprefix("|").removesuffix("|").split("|")
    for cell in cells:
        yield Part("cell", 0, "", words(cell, fill))
