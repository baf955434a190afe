"""Telling staff: a message for each person, which the worker makes a notification of.

Whether somebody may see the contract is asked when the message is delivered, and once more when a
digest is written: people lose rights in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, TypedDict, Unpack
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.conf import contracts
from wagtail_contracts.contracts.core import digests
from wagtail_contracts.contracts.models import (
    Circular,
    Contract,
    Notification,
    NotificationChoice,
    Participant,
)
from wagtail_contracts.contracts.models.notifications import IN_NUMBERS, How, Kind, choices_of
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message, new_id

Keys = dict[str, str | int]
BUNDLE = timedelta(minutes=10)  # of what is said, one mail tells


class About(TypedDict, total=False):
    """Whom a message is about, and a code that its sentence is chosen by."""

    participant: Participant | None
    detail: str


def notify(
    kind: str, people: Iterable[Any], contract: Contract, *, by: Actor, **about: Unpack[About]
) -> None:
    """Tell each of these users once, through the worker; nobody is told what they did themselves.

    In the caller's transaction. `kind` is one of Kind. It goes by the choices of each person, and
    only to those who may see the contract when it is sent.
    """
    more = _about(by, **about)
    for same in _told(kind, people, contract, by):
        outbox.post(events.MAIL_DUE, after=None, **same, **more)


def notify_bundled(
    kind: str, people: Iterable[Any], contract: Contract, *, by: Actor, **about: Unpack[About]
) -> None:
    """Tell as `notify` does, after BUNDLE: once of all of a kind that happens until then."""
    more, after = _about(by, **about), timezone.now() + BUNDLE
    for same in _told(kind, people, contract, by):
        outbox.gather(events.MAIL_DUE, same, more, after=after)


def _told(kind: str, people: Iterable[Any], contract: Contract, by: Actor) -> Iterator[Keys]:
    """What each is told; whoever acts is told nothing."""
    acting = _user_behind(by)
    told = {user.pk for user in people if user is not None}
    for pk in sorted(pk for pk in told if str(pk) != acting):
        yield {"kind": Kind(kind).value, "contract": contract.pk, "user": pk}


def _about(by: Actor, participant: Participant | None = None, detail: str = "") -> Keys:
    about: Keys = {"actor": by.key} if by.kind == "user" else {}
    if participant:
        about["participant"] = participant.pk
    if detail:
        about["detail"] = detail
    return about


@transaction.atomic
def keep(message: Message, *, by: Actor) -> Notification | None:
    """Put what a message tells into its person's list, once however often it is repeated.

    None for somebody who may not see the contract, or is no more.
    """
    keys = message.keys
    user = get_user_model()._default_manager.filter(pk=keys["user"], is_active=True).first()
    if user is None or not Contract.objects.visible_to(user).filter(pk=keys["contract"]).exists():
        return None

    how = _how(user, keys["kind"], keys["contract"])
    note, _new = Notification.objects.get_or_create(
        message=message.public_id,
        defaults={
            "user": user,
            "kind": keys["kind"],
            "contract_id": keys["contract"],
            "participant": Participant.objects.filter(pk=keys.get("participant", 0)).first(),
            "actor": get_user_model()._default_manager.filter(pk=keys.get("actor", 0)).first(),
            "detail": keys.get("detail", ""),
            "how": how,
            "due_at": digest_at(user, timezone.now()) if how == How.DAILY else None,
        },
    )
    return note


@transaction.atomic
def mailed(notes: Iterable[Notification], *, by: Actor) -> None:
    """Note that the mail with these has left."""
    rows = Notification.objects.filter(pk__in=[note.pk for note in notes], mailed_at=None)
    rows.update(mailed_at=timezone.now())


def post_digests(*, by: Actor) -> int:
    """Ask for the daily mail of everybody whose hour has come; how many were asked for."""
    due = Notification.objects.due(timezone.now())
    people = list(due.order_by("user").values_list("user", flat=True).distinct())
    return sum(_take_up(person, by=by) for person in people)


def digest_lines(user: Any, digest: str) -> list[Notification]:
    """What a digest tells: what it took up and its reader may still see, oldest first."""
    return list(Notification.objects.visible_to(user).filter(digest=digest).order_by("pk"))


@transaction.atomic
def choose(user: Any, chosen: Mapping[str, str], *, by: Actor) -> None:
    """Keep when somebody wants mails, by kind. What waits for a digest stays in it."""
    for kind, how in chosen.items():
        NotificationChoice.objects.update_or_create(
            user=user, kind=Kind(kind), defaults={"how": How(how)}
        )


@transaction.atomic
def read(notes: Iterable[Notification], *, by: Actor) -> int:
    """Mark as read; how many were not."""
    unread = Notification.objects.filter(pk__in=[note.pk for note in notes]).unread()
    return unread.update(read_at=timezone.now())


def digest_at(user: Any, now: datetime) -> datetime:
    """When the next daily mail to `user` leaves, by the clock that their profile names."""
    profile = getattr(user, "wagtail_userprofile", None)
    zone = profile.get_current_time_zone() if profile else timezone.get_default_timezone_name()
    return digests.next_hour(now, contracts().digest_hour, ZoneInfo(zone))


def _how(user: Any, kind: str, contract: int) -> str:
    """As they chose; of five hundred contracts with the same text nobody wants as many mails."""
    chosen = choices_of(user)[kind]
    if chosen != How.AT_ONCE or kind not in IN_NUMBERS:
        return chosen
    return How.DAILY if Circular.objects.of_contracts([contract]) else chosen


def _user_behind(by: Actor) -> str:
    """The key of the user who acts, be it as somebody who takes part in the contract."""
    if by.kind == "participant":
        people = Participant.objects.filter(public_id=by.key, user__isnull=False)
        return "".join(str(pk) for pk in people.values_list("user", flat=True))
    return by.key if by.kind == "user" else ""


@transaction.atomic
def _take_up(person: int, *, by: Actor) -> int:
    """What another worker took up meanwhile is none of this one's."""
    rows = Notification.objects.select_for_update().due(timezone.now()).filter(user=person)
    taken = list(rows.order_by("pk"))
    if not taken:
        return 0
    digest = new_id()
    Notification.objects.filter(pk__in=[note.pk for note in taken]).update(digest=digest)
    outbox.post(events.DIGEST_DUE, user=person, digest=digest)
    return 1
