"""A block's words as somebody types them into a plain box, and back to its content tree.

What is no text, a data field for example, is a token: its name in braces. Formatting has no sign of
its own: words that stay keep theirs, new ones take that of the words around them if these agree.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, groupby
from typing import Any, NamedTuple

from wagtail_contracts.contracts.core import boxes, shown, trees, typed_lines
from wagtail_contracts.contracts.core.answers import CONTROL
from wagtail_contracts.contracts.core.boxes import LINE, RICH, Box
from wagtail_contracts.contracts.core.matching import Matcher
from wagtail_contracts.contracts.core.numbering import BULLET
from wagtail_contracts.contracts.core.richtext import Unreadable, tidy
from wagtail_contracts.contracts.core.text import normal
from wagtail_contracts.contracts.core.typed_lines import APART, Unit

# What can't be left empty, by what the names of the boxes begin with.
NEEDED = {
    "heading": ("content",),
    "definition": ("term",),
    "text": ("content",),
    "columns": ("column",),
}
NEW = Box(LINE, ())
LONGEST = 20_000  # characters of one part
LONGEST_NAME = 60
TOKEN = re.compile(r"\{[^{}\n]*\}")
PIECE = re.compile(r"\{[^{}\n]*\}|\w+|\n|[^\S\n]|[^\w\s]")
PLAIN: trees.Node = {"type": "text", "marks": []}
Typed = Mapping[str, str]
Line = Sequence[trees.Node]


class Atom(NamedTuple):
    """Words or a token, with the node that they are of and the link around it."""

    text: str
    node: trees.Node
    href: str = ""


BETWEEN = Atom(APART, PLAIN)


class Written:
    """The words of one block in a content; `tokens` are the nodes behind its tokens, by token."""

    def __init__(self, block: trees.Node, content: trees.Content) -> None:
        self.block = block
        self.boxes = boxes.boxes(block)
        lines = [list(trees.inlines(line)) for line in trees.lines(block)]
        nodes = [node for line in lines for node in line]
        self.literal = "\n".join("".join(n.get("text", "\n") for n in line) for line in lines)
        self.tokens = _tokens(nodes, content, self.literal)
        self._called = {_plain(node): token for token, node in self.tokens.items()}

    def text(self) -> dict[str, str]:
        """What stands in the boxes, by name; `read` of it gives the block's parts again."""
        return {name: self.said(box) for name, box in self.boxes.items()}

    def read(self, typed: Typed) -> dict[str, Any]:
        """The parts of the block as typed.

        Raises Unreadable with the code token, characters, length, many or empty.
        """
        names = boxes.ordered(self.block, typed)
        made = {name: self.read_box(self.box(name), typed.get(name, "")) for name in names}
        needed = NEEDED.get(self.block["type"], ())
        lacking = [name for name in made if name.startswith(needed) and not made[name]]
        if lacking or not any(made.values()):
            raise Unreadable("empty", lacking[0] if lacking else "")
        parts = boxes.gathered(self.block, made)
        if len(parts.get("items", ())) > boxes.MOST_ITEMS:
            raise Unreadable("many", str(boxes.MOST_ITEMS))
        return parts

    def box(self, name: str) -> Box:
        """The box of that name; one that is new holds nothing yet."""
        return self.boxes.get(name, NEW)

    def read_box(self, box: Box, typed: str) -> Any:
        """What somebody typed into one box. Raises Unreadable as `read`."""
        text = normal(typed).expandtabs(2)
        if text == self.said(box):
            return box.now
        if len(text) > LONGEST:
            raise Unreadable("length", str(LONGEST))
        if CONTROL.search(text.replace("\n", "")):
            raise Unreadable("characters", "")
        self._insist_on_tokens(text)
        rich = box.how == RICH
        units = typed_lines.read(text) if rich else [Unit(typed_lines.line(text))]
        lines = self._dressed(box, [PIECE.findall(unit.words) for unit in units])
        return _rich(units, lines[: len(units)]) if rich else lines[0]

    # -- to the box -----------------------------------------------------------------------------

    def said(self, box: Box) -> str:
        """What stands in a box; `read_box` of it gives again what the box has."""
        if box.how == LINE:
            words = _words(self._atoms(box.now))
            return typed_lines.said_line(words) if words else ""
        units = self._units(box)
        return typed_lines.said([unit for unit, _atoms in units])

    def _units(self, box: Box) -> list[tuple[Unit, list[Atom]]]:
        """What the box has now."""
        if box.how == LINE:
            atoms = self._atoms(box.now)
            return [(Unit(_words(atoms)), atoms)]
        found = ((unit, self._atoms(line)) for unit, line in _lines_of(box.now))
        return [(unit._replace(words=_words(atoms)), atoms) for unit, atoms in found]

    def _atoms(self, nodes: Line, href: str = "") -> list[Atom]:
        made: list[Atom] = []
        for node in nodes:
            if node["type"] == "link":
                made += self._atoms(node["content"], node["href"])
            elif node["type"] == "text":
                made.append(Atom(node["text"], node, href))
            elif node["type"] == "break":
                made.append(Atom("\n", node, href))
            else:
                made.append(Atom(self._called[_plain(node)], node, href))
        return made

    # -- from the box ---------------------------------------------------------------------------

    def _insist_on_tokens(self, text: str) -> None:
        """A token is whole or not there: nobody breaks a data field by a slip of the hand."""
        for token in TOKEN.findall(text):
            if token not in self.tokens and token not in self.literal:
                raise Unreadable("token", token)
        torn = set(TOKEN.sub("", text)) - set(TOKEN.sub("", self.literal))
        if found := sorted(torn & set("{}")):
            raise Unreadable("token", found[0])

    def _dressed(self, box: Box, typed: Sequence[Sequence[str]]) -> list[list[dict[str, Any]]]:
        """Each unit as inline nodes, with the formatting of the words that they were."""
        units = (_pieces(atoms) for _unit, atoms in self._units(box))
        base = list(_between(units, [BETWEEN]))
        pieces = list(_between(typed, APART))
        matcher = Matcher([_words(atoms) for atoms in base], pieces)
        made: list[Atom] = []
        for kind, start, end, begin, stop in matcher.get_opcodes():
            if kind == "equal":
                made += chain(*base[start:end])
            else:
                around = _around(base, start, end)
                made += [self._new(piece, around) for piece in pieces[begin:stop]]
        return [_nodes(atoms) for atoms in _split(made)]

    def _new(self, piece: str, around: Atom) -> Atom:
        if piece == "\n":
            return Atom(piece, {"type": "break"})
        if piece in self.tokens:
            return Atom(piece, self.tokens[piece])
        return Atom(piece, PLAIN) if piece == APART else around._replace(text=piece)


def _tokens(
    nodes: Iterable[trees.Node], content: trees.Content, literal: str
) -> dict[str, trees.Node]:
    """A name in braces for each field, party, title or number in a block, no two the same."""
    made: dict[str, trees.Node] = {}
    known: set[str] = set()
    for node in nodes:
        if node["type"] in ("text", "break", "link") or _plain(node) in known:
            continue
        known.add(_plain(node))
        name, count = _name(node, content), 1
        token = f"{{{name}}}"
        while token in made or token in literal:
            count += 1
            token = f"{{{name} ({count})}}"
        made[token] = node
    return made


def _name(node: trees.Node, content: trees.Content) -> str:
    field = trees.fields_by_key(content).get(node.get("key", ""))
    said = field["label"] if field else shown.reference(node, content)
    return " ".join(re.sub(r"[{}]", " ", said).split())[:LONGEST_NAME].strip() or shown.BLANK


def _plain(node: trees.Node) -> str:
    return repr(sorted((name, part) for name, part in node.items() if name != "marks"))


def _words(atoms: Iterable[Atom]) -> str:
    return "".join(atom.text for atom in atoms)


def _lines_of(rich: Sequence[trees.Node]) -> Iterator[tuple[Unit, Line]]:
    for part in rich:
        if part["type"] == "paragraph":
            yield Unit(""), part["content"]
        for place, item in enumerate(part.get("items", ())):
            ordered = item["number"] != BULLET
            yield Unit("", item["level"], ordered, begins=not place), item["content"]


def _pieces(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """What makes each word, space, sign and token: formatting may change within a word."""
    made: list[list[Atom]] = []
    starts = [0, *accumulate(len(atom.text) for atom in atoms)]
    for found in PIECE.finditer(_words(atoms)):
        inside = zip(starts, atoms, strict=False)
        cut = (
            atom._replace(text=atom.text[max(found.start() - at, 0) : found.end() - at])
            for at, atom in inside
            if at < found.end() and at + len(atom.text) > found.start()
        )
        made.append(list(cut))
    return made


def _around(base: Sequence[Sequence[Atom]], start: int, end: int) -> Atom:
    """The formatting of new words: that of all they stand for, or of both their neighbours."""
    ends = base[start:end] or [*base[max(start - 1, 0) : start], *base[end : end + 1]]
    known = [atom for atom in chain(*ends) if atom.text != APART]
    styles = {(tuple(atom.node.get("marks", ())), atom.href) for atom in known}
    marks, href = styles.pop() if len(styles) == 1 else ((), "")
    return Atom("", {**PLAIN, "marks": list(marks)}, href)


def _between(runs: Iterable[Sequence[Any]], item: Any) -> Iterator[Any]:
    for place, run in enumerate(runs):
        if place:
            yield item
        yield from run


def _split(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    run: list[Atom] = []
    for atom in atoms:
        if atom.text == APART:
            yield run
            run = []
        else:
            run.append(atom)
    yield run


def _nodes(atoms: Sequence[Atom]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for href, run in groupby(atoms, key=lambda atom: atom.href):
        nodes = [
            {"type": "text", "text": atom.text, "marks": list(atom.node["marks"])}
            if atom.node["type"] == "text"
            else dict(atom.node)
            for atom in run
        ]
        made += [{"type": "link", "href": href, "content": nodes}] if href else nodes
    return tidy(made)


def _rich(units: Sequence[Unit], lines: Sequence[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for unit, line in zip(units, lines, strict=True):
        if not unit.level:
            made += [{"type": "paragraph", "content": line}] if line else []
            continue
        if unit.begins:
            made.append({"type": "list", "ordered": unit.ordered, "items": []})
        made[-1]["items"].append({**typed_lines.place(unit)._asdict(), "content": line})
    for part in made:
        if part["type"] == "list":
            part["items"] = boxes.renumbered(part["items"])
    return made
