"""What waits for somebody that only signing knows of: somebody else, a mail, a seal."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import OUT, Contract, Participant
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Mismatch


def waits() -> dict[str, Any]:
    """The questions by kind."""
    return {"sign": signing.to_sign, "differ": others, "deliver": undelivered, "seal": late}


def others(found: QuerySet[Contract], user: Any) -> QuerySet[Contract]:
    """Contracts of `user` for which somebody else than invited showed who they are.

    Until whoever was invited does, the sender accepts a name or ends the links, or another person
    takes part.
    """
    since = Mismatch.objects.waiting().filter(participant__party__contract=OuterRef("pk"))
    first = Subquery(since.order_by("at").values("at")[:1])
    mine = found.filter(owner=user, state__in=OUT)
    return mine.annotate(since=first).filter(since__isnull=False)


def undelivered(found: QuerySet[Contract], user: Any) -> QuerySet[Contract]:
    """Contracts of `user` with a mail to somebody that has failed and that nobody gave up."""
    failed: Any = contracts.without_asides(Message.objects.failed())
    failed = failed.filter(topic__in=(events.MAIL_DUE, events.SMS_DUE))
    # As a number: then the database begins with the few messages, not with all people.
    person = Cast(KeyTextTransform("participant", "keys"), BigIntegerField())
    mails = failed.exclude(keys__has_key="user").annotate(person=person)
    people = Participant.objects.filter(pk__in=mails.values("person"))
    theirs = Participant.objects.filter(party__contract=OuterRef(OuterRef("pk")))
    first = mails.filter(person__in=theirs.values("pk")).order_by().values("topic")
    since = Subquery(first.annotate(at=Min("posted_at")).values("at"))
    mine = found.filter(owner=user, pk__in=people.values("party__contract"))
    return mine.annotate(since=since)


def late(found: QuerySet[Contract], user: Any) -> QuerySet[Contract]:
    """Contracts of `user` that have waited for their seal too long."""
    waiting: Any = signing.late_for_seal(found.filter(owner=user))
    kept: QuerySet[Contract] = waiting.annotate(since=F("signed_at"))
    return kept
