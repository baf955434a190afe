"""What the contract's page says, part by part, read from its HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.texts.source import Part

VOID = {"br", "input", "img", "hr", "meta", "link"}
CLAUSE = "wc-clause--"
NOT_WORDS = {"wc-hidden", "wc-number", "wc-marker", "wc-box"}


@dataclass
class Element:
    """An element and what it holds."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """Its classes."""
        return set(self.attributes.get("class", "").split())

    def elements(self) -> Iterator[Element]:
        """The elements directly in it."""
        return (child for child in self.children if isinstance(child, Element))

    def find(self, name: str) -> Element | None:
        """The first element with a class, however deep."""
        for child in self.elements():
            if name in child.classes:
                return child
            if found := child.find(name):
                return found
        return None

    def words(self) -> str:
        """What people read in it, without numbers and what is hidden."""
        return " ".join("".join(self._said()).split())

    def _said(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag == "br":
                yield " "
            elif not child.classes & NOT_WORDS and child.tag not in ("ol", "ul"):
                yield from child._said()


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str, title: str) -> list[Part]:
    """All parts of the article; the title stands outside of it."""
    tree = _Tree()
    tree.feed(html)
    [root] = tree.open
    document = root.find("wc-document")
    assert document
    *body, last = document.elements()
    assert "wc-signatures" in last.classes
    parts = [part for element in body for part in _parts(element)]
    return [Part("title", 0, "", title), *parts]


def _parts(element: Element, level: int = 0) -> Iterator[Part]:
    number = element.find("wc-number")
    level = next((int(name[-1]) for name in element.classes if name[:-1] == CLAUSE), level)
    if element.tag == "table":
        yield from _cells(element)
    elif element.tag == "dl":
        yield from _definition(element, level)
    elif element.tag in ("ol", "ul"):
        yield from _items(element, 1)
    elif element.tag in ("p", "h2", "h3", "h4", "h5", "h6") and number:
        yield Part("item", level, number.words(), element.words())
    elif element.tag == "p":
        label = "wc-place__label" in element.classes
        yield Part("label" if label else "text", 0, "", element.words())
    elif element.tag[:1] == "h" and element.tag[1:].isdecimal():
        yield Part("heading", int(element.tag[1:]) - 1, "", element.words())
    else:
        for child in element.elements():
            yield from _parts(child, level)


def _definition(element: Element, level: int) -> Iterator[Part]:
    """One term and what it means."""
    term, meaning = element.elements()
    assert (term.tag, meaning.tag) == ("dt", "dd")
    assert "dfn" in [child.tag for child in term.elements()]
    number = term.find("wc-number")
    yield Part("term", level, number.words() if number else "", term.words())
    for child in meaning.elements():
        yield from _parts(child, level)


def _items(element: Element, level: int) -> Iterator[Part]:
    for item in element.elements():
        marker = item.find("wc-marker")
        if "wc-option" in item.classes:
            yield _option(item)
        else:
            assert marker
            yield Part("item", level, marker.words(), item.words())
        for below in item.elements():
            if below.tag in ("ol", "ul"):
                yield from _items(below, level + 1)


def _option(item: Element) -> Part:
    chosen = "wc-option--chosen" in item.classes
    hidden = item.find("wc-hidden")
    assert hidden
    assert hidden.words() == ("Chosen:" if chosen else "Not chosen:")
    return Part("option", 0, "x" if chosen else "", item.words())


def _cells(table: Element) -> Iterator[Part]:
    rows = [row for part in table.elements() for row in part.elements()]
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row.elements(), 1):
            yield Part("cell", number, str(column), cell.words())
