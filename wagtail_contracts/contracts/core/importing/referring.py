"""References that were typed as words, “Section 4.2” or “Annex I”, as references to the block.

Only where the block is in the same agreement, and the words can't mean another document: they go on
with `of this`, or every reference with the same word that goes on with nothing finds its block.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wagtail_contracts.contracts.core import content, references, richtext, trees
from wagtail_contracts.contracts.core.importing.marks import ANNEX

CLAUSES = (
    *("section", "clause", "article", "paragraph", "punkt", "pkt.", "klausul", "artikkel"),
    *("paragraf", "ziffer", "abschnitt", "artikel", "klausel", "art.", "§"),
)
ANNEXES = (
    *("annex", "annexe", "appendix", "schedule", "exhibit", "attachment", "vedlegg", "bilag"),
    *("tillegg", "anlage", "anhang"),
)
SAID = re.compile(
    rf"(?<!\w)({'|'.join(map(re.escape, (*CLAUSES, *ANNEXES)))})([ \u00a0])"
    r"((?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,7}|[A-Z])(?:\([0-9a-zA-Z]{1,5}\))*)(?![\w(-]|\.\d)",
    re.IGNORECASE,
)
OWN = re.compile(
    r"[ \u00a0](?:of (?:this|these)|in this|above|below|hereof|(?:i|av) (?:denne|avtalen)|ovenfor"
    r"|nedenfor|dieses|dieser|oben|unten|du présent|de la présente|ci-dessus|ci-dessous)\b",
    re.IGNORECASE,
)
# What goes on so belongs to another document: Article 28 of the Act, Art. 28 GDPR.
OTHERS = re.compile(
    r"(?i:,?[ \u00a0](?:of|to the|av|i \w+loven|til|des|der|du|de la|de l[’'])\b)|[ \u00a0][A-Z]{2}"
)
TAG, NEAR = re.compile(r"(<[^>]+>)"), 80
TEXTS = ("text", "heading", "term", "items", "rows", "cells", "value")
Change = Callable[[re.Match[str], str], str]


@dataclass
class Targets:
    """The blocks of an agreement by the word and number that name them.

    `known` has the first that is so named in each part, as parts have numbers of their own.
    """

    known: dict[tuple[str, str], dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    parts: dict[str, int] = field(default_factory=dict)

    def find(self, word: str, number: str, source: str) -> str:
        """The id of the block that is meant in the block `source`: the nearest; "" for none."""
        general = "annex" if word in ANNEXES else "clause"
        found = [self.known[word, number], self.known[general, number]]
        near = [ids[self.parts[source]] for ids in found if self.parts[source] in ids]
        return next((id for id in (*near, *(id for ids in found for id in ids.values()))), "")


def referred(body: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The stored blocks with references where their words name a block among them."""
    targets = _targets(body)
    trusted = set(CLAUSES + ANNEXES) - set(_untrusted(body, targets))

    def changed(entry: dict[str, Any]) -> dict[str, Any]:
        def change(found: re.Match[str], after: str) -> str:
            word, id = found[1].lower(), targets.find(found[1].lower(), found[3], entry["id"])
            sure = OWN.match(after) or (word in trusted and not OTHERS.match(after))
            if not id or not sure:
                return found[0]
            chip = f"clause.{id}"
            return f'{found[1]}{found[2]}<span {richtext.ATTRIBUTE}="{chip}">{chip}</span>'

        return {**entry, "value": _walked(entry["value"], change)}

    return [changed(entry) if entry["type"] != "heading" else entry for entry in body]


def _targets(body: Sequence[Mapping[str, Any]]) -> Targets:
    tree = {"body": content.body(body)}
    cites, made, part = references.cites(tree), Targets(), 0
    for block in trees.blocks(tree["body"]):
        heading = block["content"] if block["type"] == "heading" else []
        words = "".join(node.get("text", "") for node in heading).lower()
        part += bool(ANNEX.match(words))
        made.parts[block["id"]] = part
        if cited := cites.get(block["id"]):
            before, _space, _number = str(block["number"] or "").rpartition(" ")
            word = words.split()[0] if words else before.lower()
            made.known[word or "clause", cited].setdefault(part, block["id"])
    return made


def _untrusted(body: Sequence[dict[str, Any]], targets: Targets) -> Iterator[str]:
    """The words that somewhere name nothing here, although nothing goes on after the number."""
    lost: list[str] = []

    def look(source: str) -> Change:
        def change(found: re.Match[str], after: str) -> str:
            word = found[1].lower()
            bare = not OWN.match(after) and not OTHERS.match(after)
            if bare and not targets.find(word, found[3], source):
                lost.append(word)
            return found[0]

        return change

    for entry in (entry for entry in body if entry["type"] != "heading"):
        _walked(entry["value"], look(entry["id"]))
    yield from lost


def _walked(value: Any, change: Change, name: str = "") -> Any:
    """The value with each stored text changed."""
    if isinstance(value, Mapping):
        return {
            name: _walked(part, change, name) if name in TEXTS else part
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [_walked(part, change, name) for part in value]
    return _read(value, change) if isinstance(value, str) and name in TEXTS else value


def _read(html: str, change: Change) -> str:
    """The text with changes where no chip and no link is."""
    pieces, inside = TAG.split(html), 0
    for at, piece in enumerate(pieces):
        if at % 2:
            inside += (piece.startswith(("<span", "<a "))) - (piece in ("</span>", "</a>"))
        elif not inside:
            later = "".join(pieces[at + 2 : at + 2 + NEAR : 2])
            pieces[at] = SAID.sub(
                lambda found, later=later: change(found, _after(found, later)), piece
            )
    return "".join(pieces)


def _after(found: re.Match[str], later: str) -> str:
    """What goes on after a reference, as far as it can matter."""
    return (found.string[found.end() : found.end() + NEAR] + later)[:NEAR]
