"""What the worker sends."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.db import transaction

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message

HELP = "/c/help/"
ADDRESS = re.compile(r"https?://[^\s\"<]+")
STOPPED = re.compile(r"(?:https?://|\S+@|127\.0\.0\.1)\S*[.,;:!?](?=\s|$)")


def forget() -> None:
    """Begin with an empty outbox and an empty mailbox."""
    Message.objects.all().delete()
    mail.outbox.clear()


def sent() -> list[Any]:
    """Deliver all that waits; what was sent by now. Insists that no task failed."""
    while outbox.deliver():
        pass
    assert [message.last_error for message in Message.objects.stuck()] == []
    return list(mail.outbox)


def one(participant: Participant, kind: str, **keys: int | str) -> Any:
    """The one mail of this kind, posted and delivered now."""
    forget()
    with transaction.atomic():
        contracts.tell([participant], kind, **keys)
    (letter,) = sent()
    return letter


def html(letter: Any) -> str:
    """The part with markup."""
    ((content, kind),) = letter.alternatives
    assert kind == "text/html"
    return str(content)


def swallowed(letter: Any) -> list[str]:
    """Addresses of the text part that a full stop follows: a reader's program takes it along."""
    return [found[0] for found in STOPPED.finditer(letter.body)]


def links(letter: Any) -> list[str]:
    """Every address in the text part, but that of the help, which all mails to outsiders have."""
    return [link for link in ADDRESS.findall(letter.body) if HELP not in link]
