"""What was mailed to each address: every letter is read once, however often people look."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Sequence
from email.message import EmailMessage

LINK = re.compile(r"/c/([A-Za-z0-9_-]{43})/")
CODE = re.compile(r"\d{6}\b")


class Mailboxes:
    """The links and codes for each address, sorted from letters that keep coming."""

    def __init__(self, letters: Sequence[EmailMessage]) -> None:
        self._letters, self._sorted, self._lock = letters, 0, threading.Lock()
        self._links: dict[str, list[str]] = defaultdict(list)
        self._codes: dict[str, list[str]] = defaultdict(list)

    def links(self, address: str) -> list[str]:
        """The secrets of the links that were mailed there."""
        self._sort()
        return self._links[address]

    def codes(self, address: str) -> list[str]:
        """The codes that were mailed there, in order."""
        self._sort()
        return self._codes[address]

    def _sort(self) -> None:
        with self._lock:
            for letter in self._letters[self._sorted :]:
                self._sorted += 1
                address, text = str(letter["To"]), letter.get_body(("plain",))
                self._links[address] += LINK.findall(text.get_content() if text else "")[:1]
                if code := CODE.match(str(letter["Subject"])):
                    self._codes[address].append(code[0])
