"""What the sealed PDF says: its words by pdftotext, its parts by the tags that pdfinfo prints."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf

from tests.texts.source import Part

# The part of a page between its head and its foot, in points: left, top, width, height.
INSIDE = {"-x": 0, "-y": 73, "-W": 596, "-H": 690}
PAPER = re.compile(
    r"(.* (?:Fingerprint(?: [0-9A-F]{4}){3}|Draft: nobody has signed this text\.)) (.*) "
    r"Signatures (?:\S+ ){,20}?(For .*?)(?: Signatures Signed electronically.*)?"
)
COUNT = r"\(?(?:\d+(?:\.\d+)*|[a-z]{1,6}|[A-Z]{1,6})[.)]?"
NUMBER = re.compile(rf"(?:§|Article)?{COUNT}")
PATH = re.compile(r"\d+(\.\d+)*")
MARKER = re.compile(rf"•|{COUNT}")
CORNER = Part("cell", 1, "1", "")
LINE = re.compile(r'( *)(?:"(.*)"|([A-Z]\w*).*|/.*)')


def text(pdf: Path, heads: Sequence[str] = ()) -> str:
    """What stands on the pages, in the order of the text, without heads and feet.

    `heads` are the first rows of tables; where a table goes on overleaf its first row is no text.
    """
    where = [str(part) for pair in INSIDE.items() for part in pair]
    printed = _run("pdftotext", "-raw", "-r", "72", *where, str(pdf), "-")
    said = ""
    for page in printed.split("\f"):
        page = re.sub(r"(?<=\S)-\n", "-", page)  # a real hyphen at the end of a line
        page = unicodedata.normalize("NFC", " ".join(page.split()))
        again = (head for head in heads if f"{head} " in said and page.startswith(f"{head} "))
        said += page.removeprefix(next(again, "")).lstrip() + " "
    return said.strip()


def apart(said: str) -> list[str]:
    """The cover, the text, and the place for signatures, without the page that proves them."""
    found = PAPER.fullmatch(said)
    assert found, said
    return list(found.groups())


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


@dataclass
class Tag:
    """A tag and what it holds."""

    name: str
    children: list[Tag | str] = field(default_factory=list)

    def tags(self) -> list[Tag]:
        """The tags directly in it."""
        return [child for child in self.children if isinstance(child, Tag)]

    def letters(self) -> str:
        """The letters in it without spaces, which tags don't keep; nested lists are left out."""
        parts = (
            child if isinstance(child, str) else "" if child.name == "L" else child.letters()
            for child in self.children
        )
        return unicodedata.normalize("NFC", "".join("".join(parts).split()))


def parts(pdf: Path) -> list[Part]:
    """What the tags say up to the signatures; `words` have no spaces, see `Tag.letters`."""
    [document] = tree(_run("pdfinfo", "-struct-text", str(pdf))).tags()
    cover, *pages = document.tags()
    made = [Part("title", 0, "", tag.letters()) for tag in cover.tags() if tag.name == "H1"]
    boxes = iter(alternatives(pdf))
    for page in pages:
        for place, tag in enumerate(page.tags()):
            if tag.name == "Sect" and tag.tags()[0].name[0] == "H" and not _numbered(tag.tags()[0]):
                assert not list(boxes)
                return list(_levelled(made))  # the signatures
            found = list(_parts(tag, boxes, within=tag.name))
            made += _overleaf(made, found) if not place else found
    raise AssertionError("There is no place for signatures.")


def _overleaf(made: Sequence[Part], found: list[Part]) -> list[Part]:
    """Of a table that goes on overleaf the rows that are new: the first one is printed again."""
    if not made or made[-1].kind != "cell" or found[0].kind != "cell":
        return found
    begin = max(k for k, part in enumerate(made) if part == replace(CORNER, words=part.words))
    head = [part for part in made[begin:] if part.level == 1]
    if found[: len(head)] != head:
        return found
    return [replace(part, level=part.level + made[-1].level - 1) for part in found[len(head) :]]


def tree(printed: str) -> Tag:
    """The tags as pdfinfo prints them: what is indented belongs to what stands above it."""
    open_tags = [Tag("")]
    for line in printed.splitlines():
        found = LINE.fullmatch(line)
        assert found, line
        depth = len(found[1]) // 2
        del open_tags[depth + 1 :]
        if found[2] is not None:
            open_tags[-1].children.append(found[2])
        elif found[3]:
            made = Tag(found[3])
            open_tags[-1].children.append(made)
            open_tags.append(made)
    return open_tags[0]


def alternatives(pdf: Path) -> list[str]:
    """What is said instead of each picture, in order: whether a box is ticked."""
    with pikepdf.open(pdf) as opened:
        return list(_alternatives(opened.Root.StructTreeRoot))


def _alternatives(node: pikepdf.Object) -> Iterator[str]:
    if not isinstance(node, pikepdf.Dictionary):
        return
    if node.get("/S") == pikepdf.Name.Figure:
        yield str(node.Alt)
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from _alternatives(child)


def _parts(tag: Tag, boxes: Iterator[str], within: str, steps: int = 0) -> Iterator[Part]:
    number = _numbered(tag) if within == "Sect" else ""
    if number:
        said = tag.letters().removeprefix(number)
        yield Part("item", -steps, number, said)
    elif re.fullmatch("H[2-6]", tag.name):
        yield Part("heading", int(tag.name[1]) - 1, "", tag.letters())
    elif tag.name == "P":
        yield Part("text", 0, "", tag.letters())
    elif tag.name == "L" and within == "Sect" and (defined := list(_definition(tag, steps))):
        yield from defined
    elif tag.name == "L":
        yield from _items(tag, boxes, 1)
    elif tag.name == "Table":
        yield from _cells(tag)
    else:
        deeper = steps + (tag.name == "Div" and within == "Sect")
        for child in tag.tags():
            yield from _parts(child, boxes, within, deeper)


def _definition(tag: Tag, steps: int) -> Iterator[Part]:
    """A term and what it means: a list of two, the first with a tag of its own and no marker.

    What goes on overleaf has lost its term and is text.
    """
    bodies = [item.tags()[0] for item in tag.tags()]
    number = _boxed(bodies[0], NUMBER)
    first = bodies[0].tags()[bool(number) :][:1]
    if [found.name for found in first] != ["NonStruct"]:
        return
    yield Part("term", -steps, number, bodies[0].letters().removeprefix(number))
    for body in bodies[1:]:
        for child in body.tags():
            yield from _parts(child, iter(()), "LI")


def _levelled(parts: Sequence[Part]) -> Iterator[Part]:
    """A number says its level by its path, or by the steps that it stands within the last path."""
    path = 1
    for part in parts:
        if part.kind == "term" and not part.number:
            part = replace(part, level=1)
        elif part.kind in ("term", "item") and part.level <= 0:
            bare = part.number.strip("(.)")
            if not part.level:
                path = bare.count(".") + 1 if PATH.fullmatch(bare) else 1
            part = replace(part, level=path - part.level)
        yield part


def _numbered(tag: Tag) -> str:
    """The number that a paragraph or heading begins with, in a box of its own."""
    return _boxed(tag, NUMBER) if tag.name == "P" or tag.name[0] == "H" else ""


def _boxed(tag: Tag, rule: re.Pattern[str]) -> str:
    first = tag.tags()[:1]
    inner = first[0].tags()[:1] if first else []
    said = inner[0].letters() if inner else ""
    return said if rule.fullmatch(said) else ""


def _items(tag: Tag, boxes: Iterator[str], level: int) -> Iterator[Part]:
    for item in tag.tags():
        [body] = item.tags()
        marker = _boxed(body, MARKER)
        if any(child.name == "Figure" for child in body.tags()):
            chosen = {"Chosen:": "x", "Not chosen:": ""}[next(boxes)]
            yield Part("option", 0, chosen, body.letters())
        elif marker:
            yield Part("item", level, marker, body.letters().removeprefix(marker))
        else:  # the rest of an item of the page before
            yield Part("text", 0, "", body.letters())
        for below in body.tags():
            if below.name == "L":
                yield from _items(below, boxes, level + 1)


def _cells(table: Tag) -> Iterator[Part]:
    rows = [row for part in table.tags() for row in part.tags()]
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row.tags(), 1):
            yield Part("cell", number, str(column), cell.letters())
