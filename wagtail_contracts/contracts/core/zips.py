"""A ZIP file made while it is sent: no more of it is held than the file that is just added."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any


class _Sink:
    """What is written to it is taken from it once; it can't go back."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def take(self) -> bytes:
        """What came since the last time."""
        taken, self.parts = b"".join(self.parts), []
        return taken


def stream(files: Iterable[tuple[str, datetime, bytes]]) -> Iterator[bytes]:
    """The parts of a ZIP file with these files by name, stored as they are.

    `files` is asked for the next one when the one before was taken.
    """
    into: Any = _Sink()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as made:
        for name, at, content in files:
            made.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content)
            yield into.take()
    yield into.take()
