"""Running text of Markdown as stored rich text, with data fields where placeholders stood."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.drafts import LONGEST_LABEL, Draft, shortened
from wagtail_contracts.contracts.core.richtext import LINK

MARKS = {"strong": "b", "em": "i"}
SILENT = re.compile(r"</?(span|label)\b[^>]*>")  # marks of where a text came from, no words
BREAK = re.compile(r"<br\s*/?>")
LEAVES = {"text", "text_special", "code_inline", "fence", "html_block"}
PLAIN = {"text", "text_special", "code_inline", "softbreak", "hardbreak"}
BRACKETS = {"[": "open", "]": "close"}
BOXES = (" ", "x", "X")
NO_PROMPT = re.compile(r"[xX]?|\^.*")  # a box, a footnote
Node = SyntaxTreeNode


class Atom(NamedTuple):
    """A bracket, text between brackets, or a node of another kind."""

    kind: str  # open, close, text, node
    text: str
    node: Node


def rich(node: Node, draft: Draft, label: str = "", *, boxed: bool = False) -> str:
    """The children of `node` as stored rich text without a paragraph around it.

    `label` names the fields that placeholders become; otherwise the words before them do. `boxed`
    is for an option: the box at its beginning is left out, its fields say what they ask for too.
    """
    atoms = _atoms(_inline(node))[3 if boxed else 0 :]
    return _Line(draft, label, boxed=boxed).html(atoms).strip()


def run(atoms: Sequence[Atom], draft: Draft) -> str:
    """Atoms of one text as stored rich text."""
    return _Line(draft, "", boxed=False).html(atoms).strip()


def atoms_of(node: Node) -> list[Atom]:
    """What the text of a node is made of."""
    return _atoms(_inline(node))


def cut_off(node: Node, rule: re.Pattern[str]) -> bool:
    """Take out of a text what the rule finds at its beginning, be it bold or not."""
    leaf = node
    while leaf.children:
        leaf = next((child for child in leaf.children if _text(child)), leaf.children[0])
    if leaf.type != "text" or not leaf.token or not (found := rule.match(leaf.content)):
        return False
    leaf.token.content = leaf.content[found.end() :]
    return True


def box(node: Node) -> str | None:
    """What stands in the box that the text of `node` begins with, None if it has none."""
    first = _atoms(_inline(node))[:4]
    if [atom.kind for atom in first[:3]] != ["open", "text", "close"]:
        return None
    apart = len(first) < 4 or first[3].text[:1] in ("", " ", "\t", "\u00a0")
    return first[1].text if apart and first[1].text in BOXES else None


def words(node: Node) -> str:
    """The plain text below `node`, with single spaces."""
    return " ".join(_text(node).split())


def line(node: Node) -> int:
    """The line, from 1, that the node begins on; inline nodes have that of their paragraph."""
    place: Node | None = node
    while place is not None and not place.is_root:
        if place.map:
            return place.map[0] + 1
        place = place.parent
    return 1


def _inline(node: Node) -> list[Node]:
    return [
        part
        for child in node.children
        for part in (child.children if child.type == "inline" else [child])
    ]


def _text(node: Node) -> str:
    if node.type in LEAVES:
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    apart = node.is_root or (node.block and node.type != "inline")
    return (" " if apart else "").join(_text(child) for child in node.children)


def _atoms(nodes: Iterable[Node]) -> list[Atom]:
    """The nodes, with text cut at its brackets; an escaped bracket is no bracket."""
    return [atom for node in nodes for atom in _cut(node)]


def _cut(node: Node) -> Iterator[Atom]:
    if node.type != "text":
        yield Atom("node", _text(node), node)
        return
    for part in filter(None, re.split(r"([\[\]])", node.content)):
        yield Atom(BRACKETS.get(part, "text"), part, node)


def _pairs(atoms: Sequence[Atom]) -> dict[int, int]:
    """Where the innermost brackets open, and where they close."""
    pairs, begun = {}, None
    for place, atom in enumerate(atoms):
        if atom.kind == "open":
            begun = place
        elif atom.kind == "close" and begun is not None:
            pairs[begun], begun = place, None
    return pairs


def _is_plain(node: Node) -> bool:
    """Whether it is words and nothing else: no link, no picture, no tag that means something."""
    if node.type in MARKS:
        return all(_is_plain(child) for child in node.children)
    return node.type in PLAIN or bool(SILENT.fullmatch(node.content))


class _Line:
    """One run of text; `lead` is what was read since its beginning or its last field."""

    def __init__(self, draft: Draft, label: str, *, boxed: bool) -> None:
        self.draft, self.label, self.boxed, self.lead = draft, label, boxed, ""

    def html(self, atoms: Sequence[Atom]) -> str:
        """The atoms as stored rich text."""
        made, pairs, place = [], _pairs(atoms), 0
        paired = {*pairs, *pairs.values()}
        while place < len(atoms):
            end = pairs.get(place)
            if end is not None and (chip := self._field(atoms, place, end)):
                made.append(chip)
                place = end
            else:
                made.append(self._piece(atoms[place], paired=place in paired))
            place += 1
        return "".join(made)

    def _field(self, atoms: Sequence[Atom], begin: int, end: int) -> str:
        """The chip of the field that the brackets ask for; "" if they are none of ours."""
        node = atoms[begin].node
        prompt = " ".join("".join(atom.text for atom in atoms[begin + 1 : end]).split())
        after = atoms[end + 1].text if end + 1 < len(atoms) else ""
        asks = all(_is_plain(atom.node) for atom in atoms[begin + 1 : end])
        if not asks or NO_PROMPT.fullmatch(prompt) or after.startswith("("):
            self.draft.note(line(node), "bracket", words=f"[{prompt}]")
            return ""
        key = self.draft.ask(line(node), prompt, self._label(prompt))
        self.lead = ""
        return f'<span data-contract-field="{key}">{key}</span>'

    def _label(self, prompt: str) -> str:
        """What people call the field: the words before a colon, the heading, or the prompt."""
        if self.label:
            return shortened(f"{self.label}: {prompt}" if self.boxed else self.label, LONGEST_LABEL)
        lead = " ".join(self.lead.split())
        if lead.endswith(":") and len(lead) <= LONGEST_LABEL:
            return lead.rstrip(": ") or prompt
        label = self.draft.heading if self.draft.heading and not lead else prompt
        return shortened(label, LONGEST_LABEL)

    def _piece(self, atom: Atom, *, paired: bool) -> str:
        node = atom.node
        if node.type in MARKS:
            return f"<{MARKS[node.type]}>{self._inside(node)}</{MARKS[node.type]}>"
        if node.type == "link":
            return self._link(node)
        self.lead += atom.text
        if atom.kind != "node" or node.type == "text_special":
            if atom.kind in ("open", "close") and not paired:
                self.draft.note(line(node), "bracket", words=atom.text)
            return escape(atom.text, quote=False)
        return self._other(node)

    def _inside(self, node: Node) -> str:
        return self.html(_atoms(node.children))

    def _link(self, node: Node) -> str:
        inside, at = self._inside(node), line(node)
        given = str(node.attrs.get("href", ""))
        href = re.sub("^http://", "https://", given, flags=re.IGNORECASE)
        if title := node.attrs.get("title"):
            self.draft.note(at, "link_title", words=words(node), title=title)
        if LINK.fullmatch(href) and inside.strip():
            if href != given:
                self.draft.note(at, "link_https", given=given, href=href)
            return f'<a href="{escape(href)}">{inside}</a>'
        self.draft.note(at, "link_target", words=words(node), href=given)
        return inside

    def _other(self, node: Node) -> str:
        """Tags give way to their content; everything else is kept as words and reported."""
        if node.type == "softbreak":
            return " "
        if node.type == "hardbreak" or BREAK.fullmatch(node.content):
            return "<br/>"
        if node.type == "code_inline":
            self.draft.note(line(node), "code", words=node.content)
            return escape(node.content, quote=False)
        if node.type == "image":
            given = {name: node.attrs.get(name, "") for name in ("src", "title")}
            self.draft.note(line(node), "image", words=words(node), **given)
        elif not SILENT.fullmatch(node.content):
            self.draft.note(line(node), "tag", words=node.content)
        return ""
