"""Rules for consumers: who is one, how long they may withdraw, and how a sealed copy travels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

ATTACHED, BEHIND = "attached", "behind"
WAYS = ("", ATTACHED, BEHIND)
LONGEST = 365  # days
SATURDAY = 5


def is_private(content: Mapping[str, Any], participant: str) -> bool:
    """Say whether somebody signs for themselves: as a private person who is not of our side."""
    return any(
        party["kind"] == "person" and not party["own"]
        for party in content["parties"]
        if any(person["id"] == participant for person in party["people"])
    )


def last_day(concluded: date, days: int) -> date:
    """The last day to withdraw; the first is the day after the contract came to be.

    One that ends on a Saturday or Sunday goes on to the Monday. Source: Directive 2011/83/EU
    art. 9, Regulation (EEC, Euratom) 1182/71 art. 3. Public holidays are not known here.
    """
    day = concluded + timedelta(days=days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def is_behind(way: str, fields: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether the sealed copy is fetched on the page and never mailed.

    `fields` are stored definitions. Where the template doesn't say, what is sensitive decides.
    """
    if way:
        return way == BEHIND
    return any(field.get("sensitive") or field["kind"] == "national_id" for field in fields)
