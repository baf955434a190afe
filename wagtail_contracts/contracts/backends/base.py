"""What a backend of each kind has to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Scan(StrEnum):
    """What a scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNAVAILABLE = "unavailable"


class Scanner(Protocol):
    """Looks for viruses. Whatever it raises counts as unavailable; it keeps its own time."""

    def scan(self, content: bytes) -> Scan:
        """The verdict on a file."""


@dataclass(frozen=True)
class Found:
    """A video elsewhere. `player` is the address of its provider's frame, `poster` a picture."""

    title: str
    provider: str
    player: str
    poster: bytes


class NotFound(Exception):
    """There is no such video, or its provider did not answer."""


class Videos(Protocol):
    """Knows videos elsewhere."""

    def find(self, address: str) -> Found:
        """The video at an address. Raises NotFound."""
