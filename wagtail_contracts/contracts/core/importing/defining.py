"""Definitions: “Term” means …, **Term** means …, and lists of terms with `:` before the meaning."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from wagtail_contracts.contracts.core.importing.inline import Atom, atoms_of

QUOTED = r"[\"“”„«»][^\"“”„«»]{1,80}[\"“”„«»]"
AND = r"\s*(?:,|/|\bor\b|\band\b|\beller\b|\bog\b|\boder\b|\bund\b|\bou\b|\bet\b)\s*"
MEANS = (
    r"\s+(?:(?:shall |will )?means?\b|(?:has|have|(?:shall|will) have) the meaning|refers to\b"
    r"|betyr\b|menes\b|forstås\b|bedeutet\b|bezeichnet\b|désigne\b|signifie\b|s[’']entend\b)"
)
QUOTES = re.compile(rf"({QUOTED}(?:{AND}{QUOTED})*){MEANS}")
FIRST, VERB = re.compile(r"[^\W\d_].{0,79}"), re.compile(MEANS)
BREAKS = ("softbreak", "hardbreak")
Node = SyntaxTreeNode
Found = tuple[list[Atom], list[list[Atom]]]


def defined(node: Node) -> list[Found]:
    """The terms of a paragraph and what they mean; none if it defines nothing."""
    if node.type != "paragraph":
        return []
    atoms = atoms_of(node)
    return _listed(atoms) or _said(atoms)


def _said(atoms: Sequence[Atom]) -> list[Found]:
    whole = "".join(atom.text for atom in atoms)
    found = QUOTES.match(whole)
    end = len(found[1]) if found else _bold_end(atoms, whole)
    parted = _parted(atoms, end) if end else None
    return [(parted[0], [parted[1]])] if parted else []


def _bold_end(atoms: Sequence[Atom], whole: str) -> int:
    """Where a bold term ends that a verb follows."""
    first = atoms[0] if atoms else None
    if first is None or first.node.type != "strong" or not FIRST.fullmatch(first.text):
        return 0
    return len(first.text) if VERB.match(whole, len(first.text)) else 0


def _parted(atoms: Sequence[Atom], end: int) -> tuple[list[Atom], list[Atom]] | None:
    """What stands before and after a place, which must not lie within bold words."""
    before: list[Atom] = []
    for at, atom in enumerate(atoms):
        if end >= len(atom.text):
            before.append(atom)
            end -= len(atom.text)
            continue
        if end == 0:
            return before, list(atoms[at:])
        if atom.kind != "text":
            return None
        rest = [atom._replace(text=atom.text[end:]), *atoms[at + 1 :]]
        return [*before, atom._replace(text=atom.text[:end])], rest
    return None


def _listed(atoms: Sequence[Atom]) -> list[Found]:
    """Each line that a line with a colon at its beginning follows is a term."""
    rows = list(_rows(atoms))
    meanings = [_meaning(row) for row in rows]
    if len(rows) < 2 or meanings[0] or not meanings[1]:
        return []
    found: list[Found] = []
    for at, (row, meaning) in enumerate(zip(rows, meanings, strict=True)):
        if meaning:
            found[-1][1].append(meaning)
        elif at + 1 < len(rows) and meanings[at + 1]:
            found.append((row, []))
        else:
            found[-1][1][-1].extend([Atom("text", " ", row[0].node), *row])
    return found


def _rows(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    row: list[Atom] = []
    for atom in atoms:
        if atom.node.type in BREAKS:
            yield row
            row = []
        else:
            row.append(atom)
    yield row


def _meaning(row: Sequence[Atom]) -> list[Atom]:
    """A row without the colon that it begins with; empty if it has none."""
    if not row or row[0].kind != "text" or not re.match(r":[ \t]+\S", row[0].text):
        return []
    return [row[0]._replace(text=row[0].text[1:].lstrip()), *row[1:]]
