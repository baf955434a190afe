"""SMS that go nowhere: for development."""

from __future__ import annotations

import sys
from typing import TextIO


class ConsoleSms:
    """Prints each where the worker runs."""

    stays_here = True

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout

    def send(self, number: str, text: str, *, identity: str) -> None:
        """Print number and text."""
        self.stream.write(f"SMS {identity} to {number}: {text}\n")
        self.stream.flush()
