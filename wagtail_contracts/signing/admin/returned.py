"""What does not arrive, atop a contract's overview: mails that come back, or do not leave."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.days import short_moment
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.deliveries import Delivery, rows
from wagtail_contracts.signing.rendering.bounces import reason


@dataclass(frozen=True)
class Returned:
    """Somebody whom no mail reaches: why, since when, and what their server wrote."""

    person: Participant
    why: str
    when: str
    said: str


def returned(contract: Contract) -> list[Returned]:
    """Each whose address does not work, as far as is known."""
    found = signing.bounces(contract)
    people = signing.unreachable(contract) if found else ()
    lost = [(person, found[person.pk]) for person in people if person.pk in found]
    return [
        Returned(person, reason(bounce.status), short_moment(bounce.at), bounce.said)
        for person, bounce in lost
    ]


def undelivered(contract: Contract) -> list[tuple[Participant, Delivery]]:
    """Mails and SMS to participants that did not leave, and that nobody gave up."""
    people = Participant.objects.filter(party__contract=contract).in_bulk()
    failed = contracts.without_asides(Message.objects.failed())
    failed = failed.filter(topic__in=(events.MAIL_DUE, events.SMS_DUE))
    theirs = failed.filter(keys__participant__in=people).exclude(keys__has_key="user")
    found = rows(list(theirs.order_by("pk")))
    return [(people[row.message.keys["participant"]], row) for row in found]
