"""What an import gathers: blocks, data fields with keys of their own, and notes for the editor."""

import re
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from wagtail_contracts.contracts.core.importing.counting import Counting, Found
from wagtail_contracts.contracts.core.importing.referring import referred
from wagtail_contracts.contracts.core.numbering import PATH, Numbering, Place

LONGEST_KEY, DEEPEST = 40, 4
LONG_PROMPT = 60  # a prompt of more characters asks for more than a line
LONGEST_LABEL, LONGEST_HELP = 80, 200
ROLES = OURS, THEIRS = "party_1", "party_2"
DATE = re.compile(r"\bdate\b|\bdato\b", re.IGNORECASE)


class Unplaceable(ValueError):
    """A text that can't become a template; `code` says why, `words` fill the sentence."""

    def __init__(self, source: str, line: int, code: str, **words: Any) -> None:
        super().__init__(f"{source}:{line}: {code}")
        self.source, self.line, self.code, self.words = source, line, code, words


@dataclass(frozen=True)
class Note:
    """Something that was not placed as it stood; `line` counts from 1 within `source`."""

    source: str
    line: int
    code: str
    words: dict[str, Any]


@dataclass(frozen=True)
class Imported:
    """The streams of a template in their stored form, and what an editor should look at."""

    title: str
    roles: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    body: list[dict[str, Any]]
    notes: list[Note]


@dataclass(frozen=True)
class Words:
    """What an import adds to the text, in the language of the text."""

    party: str = "Party"
    signatures: str = "Signatures"


@dataclass
class Draft:
    """An import under way.

    `heading` and `lead` are what the text read at the moment stands under: the last heading, and
    the paragraph just before it if that ends with a colon. Headings count as `shift` levels higher.
    """

    words: Words
    source: str = ""
    title: str = ""
    heading: str = ""
    lead: str = ""
    shift: int = 1
    counting: Counting = field(default_factory=Counting)
    numbering: Numbering = field(default_factory=Numbering)
    begun: set[str] = field(default_factory=set)  # styles that count throughout
    titled: dict[str, Any] | None = None  # the clause of the heading just above
    taken: dict[str, int] = field(default_factory=dict)  # keys, and the last number after each
    fields: list[dict[str, Any]] = field(default_factory=list)
    body: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @contextmanager
    def reading(self, source: str) -> Iterator[None]:
        """Read one source; its notes are put in the order of its lines."""
        self.source, begun = source, len(self.notes)
        yield
        self.notes[begun:] = sorted(self.notes[begun:], key=lambda note: note.line)

    def note(self, line: int, code: str, **words: Any) -> None:
        """Remember something for the editor."""
        self.notes.append(Note(self.source, line, code, words))

    def refuse(self, line: int, code: str, **words: Any) -> Unplaceable:
        """The error for what no template can hold."""
        return Unplaceable(self.source, line, code, **words)

    def place(self, kind: str, **value: Any) -> None:
        """Append a block to the body; what came from a finished text is locked."""
        self.lead, self.titled = "", None
        self.body.append(entry(kind, {"policy": "locked", **value}))

    def place_counted(self, kind: str, found: Found, **value: Any) -> None:
        """Append a block with a number of its own, which is the one that was typed."""
        level = min(found.level, DEEPEST)
        style = self._style(found, level)
        follows = self.numbering.following(level, style) == found.number or level < found.level
        start = None if follows else found.number
        self.numbering.next(Place(level, style, start))
        told = {"level": str(level), "style": "" if style == PATH else style, "start": start}
        self.place(kind, **told, **value)

    def _style(self, found: Found, level: int) -> str:
        """Digits with points print their path, unless something else counts above them."""
        above = self.numbering.styles[level - 2 : level - 1] if level > 1 else [PATH]
        return PATH if found.style in ("1", "1.") and above in ([PATH], []) else found.style

    def begin_annex(self) -> None:
        """Count anew: annexes have numbers of their own."""
        self.counting = Counting()
        self.begun = set()

    def define(self, kind: str, label: str, **value: Any) -> str:
        """Define a data field that our own side fills in; returns its key."""
        key = self._free_key(label)
        definition = {
            "key": key,
            "label": label,
            "role": OURS,
            "required": True,
            "default": "",
            "help": "",
            **value,
        }
        self.fields.append(entry(kind, definition))
        return key

    def ask(self, line: int, prompt: str, label: str) -> str:
        """Define the field behind a placeholder; returns its key."""
        if len(prompt) > LONGEST_HELP:
            self.note(line, "prompt", label=label, prompt=prompt)
        told = {"help": shortened(prompt, LONGEST_HELP)}
        if len(prompt) <= LONG_PROMPT and DATE.search(f"{label} {prompt}"):
            return self.define("date", label, **told)
        kind = "long_text" if len(prompt) > LONG_PROMPT else "text"
        return self.define(kind, label, **told)

    def _free_key(self, label: str) -> str:
        plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_KEY].strip("_")
        if not stem[:1].isalpha() or stem.startswith("system_"):  # such keys are the product's own
            stem = f"field_{stem}".rstrip("_")
        key = stem
        while key in self.taken:
            self.taken[stem] += 1
            key = f"{stem}_{self.taken[stem]}"
        self.taken[key] = 1
        return key

    def finish(self) -> Imported:
        """The import as far as it was read, with a place for signatures at its end."""
        self.place("signatures", title=self.words.signatures)
        roles = [self._role(number) for number in (1, 2)]
        return Imported(self.title, roles, self.fields, referred(self.body), self.notes)

    def _role(self, number: int) -> dict[str, Any]:
        role = {
            "key": ROLES[number - 1],
            "label": f"{self.words.party} {number}",
            "own": number == 1,
            "kind": "organisation",
            "rule": "all",
            "count": None,
        }
        return entry("role", role)


def shortened(text: str, most: int) -> str:
    """The beginning of a text that is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def entry(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """One stored stream entry with an id of its own."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def item(value: Any) -> dict[str, Any]:
    """One stored entry of a list block."""
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}
