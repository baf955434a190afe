"""A mail server on this machine that speaks SMTP: what it says it has taken, it has."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

from aiosmtpd.controller import Controller

from tests import ports


class Taken:
    """Takes each mail for good before it says so; `pause` is how many seconds it needs.

    One that `refuses` takes none.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.pause, self.port, self.refuses = 0.0, 0, False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Called by aiosmtpd once the whole mail is here."""
        if self.refuses:
            return "554 No"
        time.sleep(self.pause)  # one mail after the other
        made = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(cast(EmailMessage, made))
        return "250 OK"

    def counted(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(str(letter["Message-ID"]) for letter in self.letters)


@contextmanager
def running(settings: Any) -> Iterator[Taken]:
    """Run it, and have Django send there."""
    taken = Taken()
    host, port = "127.0.0.1", ports.free()
    controller = Controller(taken, hostname=host, port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = host, port
    taken.port = port
    try:
        yield taken
    finally:
        controller.stop()
