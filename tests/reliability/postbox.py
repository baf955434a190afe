"""A mail server that remembers in a file, which outlives the worker."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

BACKEND = "tests.reliability.postbox.EmailBackend"


class EmailBackend(BaseEmailBackend):
    """Takes each mail for good as soon as it is handed over."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Remember them."""
        with Path(settings.POSTBOX).open("a") as log:
            for letter in email_messages:
                made = letter.message()
                log.write(json.dumps([made["Message-ID"], letter.to, letter.subject]) + "\n")
        return len(email_messages)


def letters() -> list[tuple[str, str, str]]:
    """Message-ID, address and subject of every mail that was taken, in order."""
    path = Path(settings.POSTBOX)
    lines = path.read_text().splitlines() if path.exists() else []
    return [(id_, to[0], subject) for id_, to, subject in map(json.loads, lines)]


def counted() -> Counter[str]:
    """How often each Message-ID came."""
    return Counter(id_ for id_, _to, _subject in letters())


def empty() -> None:
    """Forget all."""
    Path(settings.POSTBOX).unlink(missing_ok=True)
