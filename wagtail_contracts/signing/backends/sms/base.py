"""What a backend for SMS has to do."""

from typing import Protocol


class SmsBackend(Protocol):
    """Sends one SMS. Whatever it raises, the worker tries again later."""

    def send(self, number: str, text: str, *, identity: str) -> None:
        """Send `text` to `number`, which is as E.164 has it: +4790012345.

        `identity` is the same at each attempt: a gateway that is told it sends nothing twice.
        """


class NotSent(Exception):
    """The gateway did not take it."""
