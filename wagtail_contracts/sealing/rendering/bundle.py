"""A bundle: HTML, the files that it names, and the files that travel inside the PDF."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wagtail_contracts.sealing.core.names import ATTACHMENT
from wagtail_contracts.sealing.errors import RenderingRefused

# Names are written in full, bundle:/style.css: relative ones do not resolve and are refused.
BASE = "bundle:/"
RELATIONSHIPS = ("Source", "Data", "Supplement")
LARGEST = 5 << 20  # characters of HTML
ROWS = 2_000


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF.

    `relationship` is Source for contract.json, Data for evidence.json, Supplement for exhibits.
    `at` is its time; without it the clock would enter the file.
    """

    name: str
    content: bytes
    relationship: str
    at: datetime
    description: str = ""


@dataclass(frozen=True)
class Bundle:
    """All that a PDF is made of. Raises RenderingRefused for what no PDF should hold.

    `identifier` has 32 hexadecimal characters, the first half of the evidence digest; it becomes
    the PDF's /ID. `resources` are files by name, which the HTML calls bundle:/name.
    """

    html: str
    identifier: str
    resources: Mapping[str, bytes] = field(default_factory=dict)
    attachments: tuple[Attached, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9a-f]{32}", self.identifier):
            raise RenderingRefused("The identifier is 32 hexadecimal characters.")
        if len(self.html) > LARGEST or self.html.count("<tr") > ROWS:
            raise RenderingRefused(f"The document is too large: {ROWS} table rows at most.")
        names = {item.name for item in self.attachments}
        contents = {hashlib.sha256(item.content).digest() for item in self.attachments}
        if min(len(names), len(contents)) < len(self.attachments):
            # WeasyPrint finds the relationship by the content: equal bytes would share one.
            raise RenderingRefused("Two attachments have the same name or the same content.")
        if not all(ATTACHMENT.fullmatch(name) for name in names):
            raise RenderingRefused("An attachment's name is too long, or no plain file name.")
        if any(item.relationship not in RELATIONSHIPS for item in self.attachments):
            raise RenderingRefused("An attachment has an unknown relationship.")


def to_json(bundle: Bundle) -> bytes:
    """The bundle for the pipe to the child process."""
    attachments = [
        {
            "name": item.name,
            "content": _text(item.content),
            "relationship": item.relationship,
            "at": item.at.isoformat(),
            "description": item.description,
        }
        for item in bundle.attachments
    ]
    value = {
        "html": bundle.html,
        "identifier": bundle.identifier,
        "resources": {name: _text(data) for name, data in bundle.resources.items()},
        "attachments": attachments,
    }
    return json.dumps(value).encode()


def from_json(data: bytes) -> Bundle:
    """The bundle on the other side of the pipe."""
    value = json.loads(data)
    attachments = tuple(
        Attached(
            item["name"],
            base64.b64decode(item["content"]),
            item["relationship"],
            datetime.fromisoformat(item["at"]),
            item["description"],
        )
        for item in value["attachments"]
    )
    resources = {name: base64.b64decode(text) for name, text in value["resources"].items()}
    return Bundle(value["html"], value["identifier"], resources, attachments)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
