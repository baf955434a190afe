"""What is in a page, as a browser would read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "path"}


@dataclass
class Found(HTMLParser):
    """Every element with its attributes, in order, and all text outside scripts."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.text += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each element of this name."""
        return [attributes for name, attributes in self.elements if name == tag]


def read(content: str | bytes) -> Found:
    """A page."""
    found = Found()
    found.feed(content.decode() if isinstance(content, bytes) else content)
    return found


def faults(content: str | bytes) -> list[str]:
    """What no page of ours may hold: foreign scripts, handlers, styles, addresses, requests."""
    found, wrong = read(content), []
    for tag, attributes in found.elements:
        if tag in ("iframe", "object", "embed", "base", "style", "img", "audio", "video"):
            wrong.append(f"<{tag}>")
        if tag == "script" and not attributes.get("src", "").startswith("/static/"):
            wrong.append(f"<script {attributes}>")
        for name, value in attributes.items():
            if name.startswith("on") or name == "style":
                wrong.append(f"<{tag} {name}={value!r}>")
            if name in ("href", "src", "action") and not _harmless(value):
                wrong.append(f"<{tag} {name}={value!r}>")
    return wrong


def _harmless(address: str) -> bool:
    return address == "data:," or address.startswith(("/", "#", "mailto:", "?", "https://"))
