"""What an import gathers: blocks, data fields with keys of their own, and notes for the editor."""

import re
import unicodedata
import uuid
from dataclasses import dataclass, field
from typing import Any

LONGEST_KEY = 40
LONG_PROMPT = 60  # a prompt of more characters asks for more than a line


@dataclass(frozen=True)
class Note:
    """Something that was not placed as it stood; `line` counts from 1 within `source`."""

    source: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Imported:
    """The streams of a template in their stored form, and what an editor should look at."""

    title: str
    roles: list[dict[str, Any]]
    fields: list[dict[str, Any]]
    body: list[dict[str, Any]]
    notes: list[Note]


@dataclass
class Draft:
    """An import under way. `heading` is the one that the text read at the moment stands under."""

    source: str = ""
    title: str = ""
    heading: str = ""
    clauses: int = 0
    fields: list[dict[str, Any]] = field(default_factory=list)
    body: list[dict[str, Any]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def note(self, line: int, text: str) -> None:
        """Remember something for the editor."""
        self.notes.append(Note(self.source, line, text))

    def place(self, kind: str, **value: Any) -> None:
        """Append a block to the body; what came from a finished text is locked."""
        self.body.append(entry(kind, {"policy": "locked", **value}))

    def define(self, kind: str, label: str, **value: Any) -> str:
        """Define a data field that our own side fills in; returns its key."""
        key = self._free_key(label)
        definition = {
            "key": key,
            "label": label,
            "role": ROLES[0]["key"],
            "required": True,
            "default": "",
            "help": "",
            **value,
        }
        self.fields.append(entry(kind, definition))
        return key

    def ask(self, prompt: str, label: str) -> str:
        """Define the field behind a placeholder; returns its key."""
        words = f"{label} {prompt}".lower()
        if re.search(r"\bdate\b|\bdato\b", words):
            return self.define("date", label, help=prompt)
        kind = "long_text" if len(prompt) > LONG_PROMPT else "text"
        return self.define(kind, label, help=prompt)

    def _free_key(self, label: str) -> str:
        plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_KEY].strip("_")
        stem = stem if stem[:1].isalpha() else f"field_{stem}".rstrip("_")
        taken = {item["value"]["key"] for item in self.fields}
        numbered = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
        return next(key for key in (stem, *numbered) if key not in taken)

    def finish(self) -> Imported:
        """The import as far as it was read, with a place for signatures at its end."""
        self.place("signatures", title="")
        roles = [entry("role", dict(role)) for role in ROLES]
        return Imported(self.title, roles, self.fields, self.body, self.notes)


ROLES: list[dict[str, Any]] = [
    {
        "key": f"party_{number}",
        "label": f"Party {number}",
        "own": number == 1,
        "kind": "organisation",
        "rule": "all",
        "count": None,
    }
    for number in (1, 2)
]


def entry(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """One stored stream entry with an id of its own."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def item(value: Any) -> dict[str, Any]:
    """One stored entry of a list block."""
    return {"type": "item", "value": value, "id": str(uuid.uuid4())}
