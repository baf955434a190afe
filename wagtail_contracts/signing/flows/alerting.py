"""What the site's administrators are told: reports of abuse, bursts, quotas; in a trail of its own.

No workspace reads that trail: whoever is reported may be a member of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing.conf import signing
from wagtail_contracts.signing.core.networks import network
from wagtail_contracts.signing.errors import TooMany
from wagtail_contracts.signing.flows.limiting import limit, limited
from wagtail_contracts.signing.models import RateWindow

TRAIL = "abuse"
REPORTS_AN_HOUR, MAILS_AN_HOUR = 5, 20
HOUR = timedelta(hours=1)
ASKED = ("lost", "report")  # what anybody may ask for, counted by network address


@dataclass(frozen=True)
class Report:
    """What somebody reports: one of our kinds, in their words; `about` and `email` if they like."""

    kind: str
    words: str = ""
    about: str = ""
    email: str = ""


@dataclass(frozen=True)
class Burst:
    """More of something than is usual; `key` is the user or empty."""

    cause: str
    key: str
    count: int


def report_abuse(
    said: Report, address: str, *, participant: Participant | None = None, by: Actor
) -> None:
    """Keep a report for good, and mail it to the administrators.

    `address` is the network address of whoever reports, `participant` whose link they had. Beyond
    MAILS_AN_HOUR of all together it is kept and not mailed. Raises TooMany for its network alone.
    """
    limit("report", network(address), most=REPORTS_AN_HOUR, by=by)
    mailed = True
    try:
        limit("report mail", TRAIL, most=MAILS_AN_HOUR, by=by)
    except TooMany:
        mailed = False
    _reported(said, address, participant, mailed=mailed, by=by)


def tell_bursts(*, by: Actor) -> int:
    """Tell the administrators of each burst of the last hour, once an hour; of how many."""
    return sum(_once(burst, by=by) for burst in bursts(timezone.now()))


def tell_of_quota(who: str, most: int, *, by: Actor) -> int:
    """Tell them that a sending of a user was refused, beyond the `most` of a day; once an hour."""
    return _once(Burst("quota", who, most), by=by)


def bursts(now: datetime) -> Iterator[Burst]:
    """What is going on in the hour before `now` more often than the settings call usual."""
    most, recent = signing(), Event.objects.filter(at__gte=now - HOUR)
    sent = recent.filter(name=events.CONTRACT_SENT, actor_kind="user").values("actor_key")
    many = sent.annotate(count=Count("pk")).filter(count__gte=most.burst_sendings)
    for key, count in many.order_by("actor_key").values_list("actor_key", "count"):
        yield Burst("sendings", key, count)
    wrong = recent.filter(name=events.IDENTIFICATION_FAILED).count()
    if wrong >= most.burst_attempts:
        yield Burst("wrong_codes", "", wrong)
    windows = RateWindow.objects.filter(scope__in=ASKED, window__gt=now - HOUR)
    asked = windows.aggregate(count=Sum("count"))["count"] or 0
    if asked >= most.burst_attempts:
        yield Burst("requests", "", asked)


def administrators() -> list[str]:
    """Where alerts go: what the settings name, else the active superusers."""
    if named := signing().administrators:
        return list(named)
    people = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    return sorted({user.email for user in people if user.email})


def alarmed() -> list[str]:
    """Where alarms of the examination go: what the settings name for them, else the same."""
    return list(signing().alarms) or administrators()


@transaction.atomic
def _reported(
    said: Report, address: str, participant: Participant | None, *, mailed: bool, by: Actor
) -> None:
    words = {"words": said.words, "about": said.about, "email": said.email, "network": address}
    disclose = {kind: value for kind, value in words.items() if value}
    data = {"kind": said.kind, "participant": participant.public_id if participant else ""}
    event = audit.record(TRAIL, events.ABUSE_REPORTED, data, by=by, disclose=disclose)
    if mailed:
        outbox.post(events.ALERT_DUE, after=None, event=event.pk)


def _once(burst: Burst, *, by: Actor) -> int:
    with suppress(TooMany), limited("alert", f"{burst.cause} {burst.key}", most=1, by=by):
        return _told(burst, by=by)
    return 0


@transaction.atomic
def _told(burst: Burst, *, by: Actor) -> int:
    """Another hour of the clock may have begun since the last time: the trail knows."""
    since = timezone.now() - HOUR
    earlier = Event.objects.of(TRAIL).named(events.BURST_NOTICED).filter(at__gte=since)
    same = (burst.cause, burst.key)
    if any((event.data["cause"], event.data["key"]) == same for event in earlier):
        return 0
    data = {"cause": burst.cause, "key": burst.key, "count": burst.count}
    event = audit.record(TRAIL, events.BURST_NOTICED, data, by=by)
    outbox.post(events.ALERT_DUE, after=None, event=event.pk)
    return 1
