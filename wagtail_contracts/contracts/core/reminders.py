"""Who is reminded on which day, and when they may be disturbed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

MOST = 3  # of what leaves by itself; after that a person has to ask
APART = 2  # days between any two reminders to the same person
MORNING, EVENING = 7, 20


@dataclass(frozen=True)
class Rule:
    """Days until who has not opened it is reminded, between reminders, and before the deadline.

    None sends no such reminder.
    """

    unopened: int | None = None
    every: int | None = None
    before: int | None = None

    def __bool__(self) -> bool:
        return any((self.unopened, self.every, self.before))


@dataclass(frozen=True)
class Facts:
    """One person who is waited for: since when, whether they opened it, and earlier reminders.

    `since` is the day of the last news that they got of the contract. Days are those of the
    workspace's zone.
    """

    since: date
    opened: bool
    reminded: tuple[date, ...]
    deadline: date


def is_due(rule: Rule, facts: Facts, today: date) -> bool:
    """Say whether somebody is to be reminded on this day, also one that should have come before."""
    last = max(facts.reminded, default=None)
    if len(facts.reminded) >= MOST or today > facts.deadline or today <= facts.since:
        return False
    if last and (today - last).days < APART:
        return False
    return (
        _unopened(rule, facts, today)
        or _again(rule, facts, max(last or facts.since, facts.since), today)
        or _near(rule, facts, last, today)
    )


def next_day(rule: Rule, facts: Facts, today: date) -> date | None:
    """The first day from today on which somebody is reminded, if nothing else happens."""
    days = range((facts.deadline - today).days + 1)
    return next((day for n in days if is_due(rule, facts, day := today + timedelta(n))), None)


def may_disturb(local: datetime) -> bool:
    """Say whether reminders leave at this hour; `local` is in the zone of the workspace."""
    return MORNING <= local.hour < EVENING


def _unopened(rule: Rule, facts: Facts, today: date) -> bool:
    if not rule.unopened or facts.opened or facts.reminded:
        return False
    return (today - facts.since).days >= rule.unopened


def _again(rule: Rule, facts: Facts, since: date, today: date) -> bool:
    return bool(rule.every) and (today - since).days >= (rule.every or 0)


def _near(rule: Rule, facts: Facts, last: date | None, today: date) -> bool:
    if not rule.before:
        return False
    near = facts.deadline - timedelta(days=rule.before)
    return today >= near and (last is None or last < near)
