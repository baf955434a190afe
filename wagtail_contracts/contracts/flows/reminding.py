"""Reminders that leave by themselves: to those who are waited for, and to the owner at the end."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.core import reminders, states
from wagtail_contracts.contracts.core.reminders import Facts, Rule
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.sending import remind
from wagtail_contracts.contracts.models import Contract, Participant, ReminderRule

WARNED = 3  # days before the deadline that its owner is told, where no rule says how many
# After any of these people have something new to look at, and the days are counted anew.
NEWS = (
    events.CONTRACT_SENT,
    events.VERSION_CREATED,
    events.SIGNING_OPENED,
    events.SIGNATURE_GIVEN,
    events.CONTRACT_EXTENDED,
)


@transaction.atomic
def set_reminders(contract: Contract, rule: Rule, *, paused: bool, by: Actor) -> None:
    """Remind by this rule in one contract, in place of its workspace's. Raises WrongState."""
    contract = Contract.objects.lock(contract.pk)
    insist("send", contract, by=by)
    if not states.allows(contract.state, "reminders"):
        raise WrongState(_("Nobody is reminded any more: this contract is not out."))

    days = {"unopened": rule.unopened, "every": rule.every, "before": rule.before}
    ReminderRule.objects.update_or_create(contract=contract, defaults={**days, "paused": paused})

    announcing.record(contract, events.REMINDERS_CHANGED, {**days, "paused": paused}, by=by)


def rule_of(contract: Contract) -> Rule:
    """When people are reminded in a contract: by its own rule, else by its workspace's."""
    own = ReminderRule.objects.filter(contract=contract).first()
    if own:
        return Rule() if own.paused else Rule(own.unopened, own.every, own.before)
    space = contract.workspace
    return Rule(space.remind_unopened_days, space.remind_every_days, space.remind_before_days)


def to_remind(now: datetime) -> Iterator[Contract]:
    """The contracts that are out, that have a rule, and where reminders may leave at this hour."""
    of_space = Q(reminderrule=None) & ~Q(
        workspace__remind_unopened_days=None,
        workspace__remind_every_days=None,
        workspace__remind_before_days=None,
    )
    return _awake(Contract.objects.filter(of_space | Q(reminderrule__paused=False)), now)


def to_warn(now: datetime) -> Iterator[Contract]:
    """The contracts that are out whose owner may be due to hear of the deadline at this hour."""
    near = Q(deadline__lte=now.date() + timedelta(days=WARNED + 1))
    ruled = ~Q(workspace__remind_before_days=None) | ~Q(reminderrule__before=None)
    return _awake(Contract.objects.filter(near | ruled), now)


@transaction.atomic
def remind_waiting(
    contract: Contract, waiting: Collection[Participant], *, by: Actor
) -> list[Participant]:
    """Remind those of `waiting` whose day has come, each once; who was reminded."""
    contract = Contract.objects.lock(contract.pk)
    if contract.state not in states.OPEN or contract.deadline is None:
        return []
    rule, today = rule_of(contract), _today(contract)
    people = _of(contract, waiting)
    told = _told(contract)
    due = [
        person
        for person in people.order_by("pk")
        if reminders.is_due(rule, _facts(contract, person, told), today)
    ]
    for person in due:
        remind(person, by=by)
    return due


@transaction.atomic
def warn_owner(contract: Contract, *, by: Actor) -> bool:
    """Tell the owner that the deadline is near, once for each deadline; say whether it was."""
    contract = Contract.objects.lock(contract.pk)
    if contract.state not in states.OPEN or contract.deadline is None:
        return False
    days = rule_of(contract).before or WARNED
    if not contract.deadline - timedelta(days=days) <= _today(contract) <= contract.deadline:
        return False
    data = {"deadline": str(contract.deadline)}
    before = Event.objects.of(contract.own_trail).named(events.DEADLINE_NEARED)
    if any(event.data == data for event in before):
        return False

    announcing.record(contract, events.DEADLINE_NEARED, data, by=by)
    announcing.tell_owner(contract, "expiring", by=by)
    return True


def next_reminders(
    contract: Contract, waiting: Collection[Participant]
) -> list[tuple[Participant, date]]:
    """On which day each of `waiting` is reminded next, if nothing else happens."""
    if contract.state not in states.OPEN or contract.deadline is None:
        return []
    rule, today, told = rule_of(contract), _today(contract), _told(contract)
    people = _of(contract, waiting)
    found = []
    for person in people.order_by("pk"):
        day = reminders.next_day(rule, _facts(contract, person, told), today)
        if day:
            found.append((person, day))
    return found


def _awake(found: Any, now: datetime) -> Iterator[Contract]:
    """Those of `found` that are out and in whose zone nobody is disturbed now."""
    out = found.out().exclude(deadline=None).order_by("pk")
    for contract in out.select_related("workspace", "current_version").iterator():
        if reminders.may_disturb(now.astimezone(ZoneInfo(contract.workspace.timezone))):
            yield contract


def _of(contract: Contract, people: Collection[Participant]) -> Any:
    ids = [person.pk for person in people]
    return Participant.objects.filter(party__contract=contract, pk__in=ids)


def _told(contract: Contract) -> list[Event]:
    names = (*NEWS, events.CONTRACT_VIEWED, events.PARTICIPANT_REMINDED)
    return list(Event.objects.of(contract.trail).named(*names))


def _facts(contract: Contract, person: Participant, told: list[Event]) -> Facts:
    """From the trail that the parties share; its moments in days of the workspace's zone."""
    zone = ZoneInfo(contract.workspace.timezone)
    news = [event.at for event in told if event.name in NEWS]
    reminded = [
        event.at.astimezone(zone).date()
        for event in told
        if event.name == events.PARTICIPANT_REMINDED
        and event.data.get("participant") == person.public_id
    ]
    opened = any(
        event.name == events.CONTRACT_VIEWED and event.actor_key == person.public_id
        for event in told
    )
    deadline: Any = contract.deadline
    since = max(news, default=contract.made_at).astimezone(zone).date()
    return Facts(since, opened, tuple(reminded), deadline)


def _today(contract: Contract) -> date:
    return timezone.now().astimezone(ZoneInfo(contract.workspace.timezone)).date()
