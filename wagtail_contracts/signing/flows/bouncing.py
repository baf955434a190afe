"""Mails that come back: whose address does not work, by the reports of other mail servers.

A report comes from anybody. It counts only if it names a mail that we sent to somebody who takes
part; all else changes nothing. The other side never learns of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.redaction import redacted
from wagtail_contracts.signing.core import reports
from wagtail_contracts.signing.core.reports import Report
from wagtail_contracts.signing.models import Bounce, SigningSession

log = logging.getLogger("wagtail_contracts.signing.bounces")
HARD, SOFT = Bounce.Kind.HARD.value, Bounce.Kind.SOFT.value
ACTIONS = {HARD: reports.FAILED, SOFT: reports.DELAYED}
USUAL = {HARD: "5.0.0", SOFT: "4.0.0"}  # where nobody says what it was


def take_report(content: bytes, *, by: Actor) -> Bounce | None:
    """Note what a mail says of one that we sent; None where it is no report, or of no such mail."""
    report = reports.parse(content)
    if report is None:
        log.info("a mail that is no delivery report was left alone")
        return None
    return _noted(report, by=by)


def mail_bounced(
    message_id: str, kind: str, *, by: Actor, status: str = "", said: str = ""
) -> Bounce | None:
    """Note that a mail came back: for a site whose mail provider tells it so.

    `message_id` is that of the mail, with or without its angle brackets, `kind` "hard" or "soft",
    `status` that of RFC 3463, if it is known. None where we sent no such mail.
    """
    known = Bounce.Kind(kind).value
    identity = message_id.strip("<> ").partition("@")[0]
    return _noted(Report(identity, ACTIONS[known], status or USUAL[known], said=said), by=by)


def unreachable(contract: Contract) -> QuerySet[Participant]:
    """Who takes part and has an address that does not work, as far as is known.

    Whoever came in since has another way, or an address that works again.
    """
    came = SigningSession.objects.filter(
        participant=OuterRef("participant"), begun_at__gt=OuterRef("at")
    )
    lasting = Bounce.objects.filter(~Exists(came), participant=OuterRef("pk"), kind=HARD)
    people = Participant.objects.filter(party__contract=contract, left_at=None)
    return people.filter(Exists(lasting)).order_by("pk")


def reachable(contract: Contract, people: Iterable[Participant]) -> list[Participant]:
    """Those of `people` whose address works, as far as is known."""
    lost = set(unreachable(contract))
    return [person for person in people if person not in lost]


def bounces(contract: Contract) -> dict[int, Bounce]:
    """The newest lasting bounce of each whose address does not work, by the person's key."""
    lost = Bounce.objects.filter(participant__in=unreachable(contract), kind=HARD)
    return {bounce.participant_id: bounce for bounce in lost.order_by("pk")}


@transaction.atomic
def _noted(report: Report, *, by: Actor) -> Bounce | None:
    message, person = _sent(report.identity)
    if message is None or person is None:
        log.warning("a report of a mail that we did not send to anybody was left alone")
        return None
    contract = Contract.objects.lock(person.party.contract_id)
    kind = HARD if report.hard else SOFT

    bounce, new = Bounce.objects.get_or_create(
        message=message.public_id,
        kind=kind,
        defaults={
            "participant": person,
            "status": report.status[:12],
            "said": redacted(report.said[: reports.LONGEST]),
            "at": timezone.now(),
        },
    )
    if new:
        _tell(contract, bounce, by=by)
    return bounce


def _tell(contract: Contract, bounce: Bounce, *, by: Actor) -> None:
    person = bounce.participant
    data = {"participant": person.public_id, "message": bounce.message}
    told = {**data, "kind": bounce.kind, "status": bounce.status}
    contracts.record(contract, events.DELIVERY_BOUNCED, told, by=by)
    if bounce.kind == HARD and person.left_at is None:
        detail = f"bounced:{bounce.status}"
        contracts.tell_owner(contract, "undelivered", by=by, participant=person, detail=detail)


def _sent(identity: str) -> tuple[Message | None, Participant | None]:
    """The message of that mail, and to whom it went; a code's has a number at its end."""
    mails = contracts.without_asides(Message.objects.filter(topic=events.MAIL_DUE, attempts__gt=0))
    message = mails.filter(public_id=identity.partition(".")[0]).first()
    if message is None or "user" in message.keys:
        return None, None
    people = Participant.objects.select_related("party")
    return message, people.filter(pk=message.keys.get("participant", 0)).first()
