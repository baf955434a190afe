"""Placeholders in texts that people write for mails: {title}, and what is no placeholder."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

NAMES = ("title", "organisation", "sender", "name", "deadline", "version")
PLACE = re.compile(r"\{([^{}]*)\}")
BRACES = re.compile(r"[{}]")


def unknown(text: str, names: Collection[str] = NAMES) -> list[str]:
    """The placeholders that there are not, and braces that belong to none; each once."""
    found = [f"{{{name}}}" for name in PLACE.findall(text) if name not in names]
    return list(dict.fromkeys([*found, *BRACES.findall(PLACE.sub("", text))]))


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with what its placeholders stand for; in one pass, so that words are never read."""
    return PLACE.sub(lambda place: words.get(place[1], place[0]), text)


def paragraphs(text: str) -> list[str]:
    """Parts between empty lines, each in one line."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [" ".join(part.split()) for part in parts if part.strip()]
