"""What is other in mails about a contract that went out in a package."""

from __future__ import annotations

from datetime import timedelta

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.outbox.models import Message

TOGETHER = timedelta(hours=12)  # reminders of so long are one


def letter_kind(kind: str, person: Participant) -> str:
    """The letter that tells of a reminder: of all that wait in the package, if that is more."""
    package = contracts.package_of(person) if kind == "reminder" else None
    several = package is not None and len(contracts.open_items(package)) > 1
    return "package_reminder" if several else kind


def is_told(message: Message, person: Participant) -> bool:
    """Whether a reminder of another contract of the same package tells of this one, too."""
    if (package := contracts.package_of(person)) is None:
        return False
    others = [item.participant_id for item in package.items.all()]
    earlier = Message.objects.filter(
        topic=message.topic,
        pk__lt=message.pk,
        posted_at__gte=message.posted_at - TOGETHER,
        dead_at=None,
        keys__kind="reminder",
        keys__participant__in=others,
    )
    return earlier.exists()
