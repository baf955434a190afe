"""Stored rich text (HTML as the editor writes it) to a small tree.

Nothing is dropped in silence: what has no place in the tree is refused with a code and a detail.
Space is treated as a browser shows it: runs become one space, the ends of a paragraph are cut.
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from wagtail_contracts.contracts.core.numbering import Place, by_level, numbers
from wagtail_contracts.contracts.core.text import normal

ATTRIBUTE = "data-contract-field"
WORD = r"[a-z][a-z0-9_]{0,62}"
KEY = re.compile(WORD)
TARGET = re.compile(r"clause\.([0-9a-f-]{36})")  # a reference to a block, by its id
PARTS = ("name", "people", "organisation_number", "address")  # what a text may say of a party
CHIP = re.compile(rf"{WORD}(\.(?:{'|'.join(PARTS)}))?|contract\.title|{TARGET.pattern}")
LINK = re.compile(r"(https://[^\s/?#]+|mailto:[^\s@]+@|tel:\+?[0-9])[^\s<>\"]*")
MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
LISTS = {"ol": True, "ul": False}
DEEPEST = 4
SPACE = re.compile(r"[ \t\n\r\f]+")

Inline = dict[str, Any]
Rich = dict[str, Any]


class Unreadable(ValueError):
    """What has no place in a contract; `code`: tag, link, chip, depth, place, size or style."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


def rich(html: str) -> list[Rich]:
    """Paragraphs and lists. Raises Unreadable."""
    reader = _Reader()
    reader.feed(normal(html))
    reader.close()
    return reader.finished()


def inline(html: str) -> list[Inline]:
    """Text without paragraphs of its own: several become lines of one. Raises Unreadable."""
    lines: list[Inline] = []
    for paragraph in rich(html):
        if paragraph["type"] != "paragraph":
            raise Unreadable("tag", "list")
        lines += [{"type": "break"}] if lines else []
        lines += paragraph["content"]
    return lines


def reference(key: str, marks: list[str]) -> Inline:
    """What a chip stands for: a field, a party, the title or the number of a block."""
    if not CHIP.fullmatch(key):
        raise Unreadable("chip", key)
    if target := TARGET.fullmatch(key):
        return {"type": "reference", "block": target[1], "marks": marks}
    if key == "contract.title":
        return {"type": "title", "marks": marks}
    role, _dot, part = key.partition(".")
    if part:
        return {"type": "party", "role": role, "part": part, "marks": marks}
    return {"type": "field", "key": key, "marks": marks}


class _Reader(HTMLParser):
    """Keeps the open marks, the open link, the open lists and the line that is being written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Rich] = []
        self.line: list[Inline] = []
        self.open: list[str] = []
        self.link: Inline | None = None
        self.chip: str | None = None
        self.items: list[tuple[int, bool, list[Inline]]] = []

    # -- events ---------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.chip is not None:
            raise Unreadable("chip", self.chip)
        if tag == "br":
            self._add({"type": "break"})
            return
        if tag == "a":
            self._open_link(given)
        elif tag == "span":
            self.chip = given.get(ATTRIBUTE) or ""
            self._add(reference(self.chip, self._marks()))
        elif tag in {"p", "li", *LISTS}:
            self._open_block(tag)
        elif tag not in MARKS:
            raise Unreadable("tag", tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "br":
            return
        if not self.open or self.open.pop() != tag:
            raise Unreadable("tag", tag)
        if tag == "span":
            self.chip = None
        elif tag == "a":
            self.link = None
        elif tag == "p" and not self._depth():
            self._end_line()
        elif tag in LISTS and not self._depth():
            self._end_list()

    def handle_data(self, data: str) -> None:
        if self.chip is not None:
            return  # the words in a chip are its key again
        if data.strip(" \t\n\r\f") and self.open and self.open[-1] in LISTS:
            raise Unreadable("place", data.strip()[:40])
        self._add({"type": "text", "text": SPACE.sub(" ", data), "marks": self._marks()})

    def handle_comment(self, data: str) -> None:
        raise Unreadable("tag", "comment")

    def handle_decl(self, decl: str) -> None:
        raise Unreadable("tag", "declaration")

    def unknown_decl(self, data: str) -> None:
        raise Unreadable("tag", "declaration")

    def handle_pi(self, data: str) -> None:
        raise Unreadable("tag", "instruction")

    # -- parts ----------------------------------------------------------------------------------

    def _marks(self) -> list[str]:
        return sorted({MARKS[tag] for tag in self.open if tag in MARKS})

    def _depth(self) -> int:
        return sum(tag in LISTS for tag in self.open)

    def _open_link(self, given: dict[str, str | None]) -> None:
        href = given.get("href") or ""
        if self.link is not None or not LINK.fullmatch(href):
            raise Unreadable("link", href or str(given.get("linktype") or ""))
        link = {"type": "link", "href": href, "content": []}
        self._add(link)
        self.link = link

    def _open_block(self, tag: str) -> None:
        inside = self.open[-1] if self.open else ""
        if inside not in ({"ol", "ul"} if tag == "li" else {"", "li"}):
            raise Unreadable("place", tag)
        if tag == "li":
            self.items.append((self._depth(), LISTS[inside], []))
        elif tag in LISTS and self._depth() >= DEEPEST:
            raise Unreadable("depth", tag)
        elif tag == "p" and self._depth() and self._target():
            self._add({"type": "break"})
        elif not inside:
            self._end_line()

    def _target(self) -> list[Inline]:
        if self.link is not None:
            content: list[Inline] = self.link["content"]
            return content
        return self.items[-1][2] if self._depth() and self.items else self.line

    def _add(self, node: Inline) -> None:
        blank = node["type"] == "text" and not node["text"].strip(" ")
        if self._depth():
            if blank and "li" not in self.open:
                return
            if self.open[-1] in LISTS:
                if blank:
                    return
                raise Unreadable("place", node["type"])
            if self._after_a_nested_list():
                if blank:
                    return
                raise Unreadable("place", "text after a nested list")
        self._target().append(node)

    def _after_a_nested_list(self) -> bool:
        return bool(self.items) and self.items[-1][0] > self._depth()

    def _end_line(self) -> None:
        content, self.line = tidy(self.line), []
        if content:
            self.blocks.append({"type": "paragraph", "content": content})

    def _end_list(self) -> None:
        found, self.items = self.items, []
        places = [Place(level, by_level(level, ordered=ordered)) for level, ordered, _ in found]
        items = [
            {**place._asdict(), "number": number, "content": tidy(content)}
            for (_, _, content), place, number in zip(found, places, numbers(places), strict=True)
        ]
        if items:
            self.blocks.append({"type": "list", "ordered": found[0][1], "items": items})

    def finished(self) -> list[Rich]:
        """The blocks, once all that was opened is closed."""
        if self.open:
            raise Unreadable("tag", self.open[-1])
        self._end_line()
        return self.blocks


def tidy(nodes: Sequence[Inline]) -> list[Inline]:
    """Join neighbours with the same marks; one space between words, none at the ends of a line."""
    made: list[Inline] = []
    _join(nodes, made)
    return _trimmed(made)


def _join(nodes: Sequence[Inline], made: list[Inline]) -> None:
    for node in nodes:
        last = made[-1] if made else None
        if node["type"] == "link":
            made.append({**node, "content": _joined(node["content"])})
        elif last and last["type"] == node["type"] == "text" and last["marks"] == node["marks"]:
            # Normal again: an accent after the end of a mark, or an entity, meets its letter here.
            made[-1] = {**last, "text": SPACE.sub(" ", normal(last["text"] + node["text"]))}
        elif node["type"] == "text":
            made.append({**node, "text": normal(node["text"])})
        else:
            made.append(dict(node))


def _joined(nodes: Sequence[Inline]) -> list[Inline]:
    made: list[Inline] = []
    _join(nodes, made)
    return [node for node in made if node["type"] != "text" or node["text"]]


def _trimmed(nodes: list[Inline]) -> list[Inline]:
    kept: list[Inline] = []
    for place, node in enumerate(nodes):
        if node["type"] == "text":
            text = node["text"]
            if not kept or kept[-1]["type"] == "break" or _ends_in_space(kept[-1]):
                text = text.lstrip(" ")
            if place + 1 == len(nodes) or nodes[place + 1]["type"] == "break":
                text = text.rstrip(" ")
            node = {**node, "text": text}
        if node.get("text") != "" and node.get("content") != []:
            kept.append(node)
    return kept


def _ends_in_space(node: Inline) -> bool:
    return bool(node["type"] == "text" and node["text"].endswith(" "))
