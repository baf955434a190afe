"""Words for days, moments, versions and addresses, in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from wagtail_contracts.contracts.models import ContractVersion, Participant
from wagtail_contracts.signing.backends.methods import CodeMethod, Method


def days_left(deadline: date, now: datetime, zone: ZoneInfo) -> str:
    """How long there still is: plain text, no countdown."""
    left = (deadline - now.astimezone(zone).date()).days
    if left < 0:
        return ""
    if left == 0:
        return _("today is the last day")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}


def groups(digest: str) -> list[str]:
    """The fingerprint that people compare: twelve digits in three groups."""
    return [digest[at : at + 4].upper() for at in (0, 4, 8)]


def eights(digest: str) -> list[str]:
    """The whole fingerprint in groups of eight."""
    return [digest[at : at + 8] for at in range(0, len(digest), 8)]


def version(found: ContractVersion, participant: Participant | None) -> str:
    """How a version is called; whose answers made it, if that is what made it."""
    words = {"number": found.number}
    if found.kind != ContractVersion.Kind.ANSWERED:
        return _("version %(number)s") % words
    if participant and answered_by(found, participant):
        return _("version %(number)s (your answers)") % words
    return _("version %(number)s (with answers)") % words


def answered_by(found: ContractVersion, participant: Participant) -> bool:
    """Whether the answers of this participant made the version."""
    answered = found.kind == ContractVersion.Kind.ANSWERED
    return answered and found.answers.filter(participant=participant).exists()


def sent_to(means: Method, participant: Participant) -> str:
    """Where a code goes, so that its owner knows it; empty where none is sent."""
    return means.masked(participant) if isinstance(means, CodeMethod) else ""


def names(people: Sequence[str]) -> str:
    """Several names in one sentence: Ola, Kari and Per."""
    if len(people) < 2:
        return "".join(people)
    words = {"most": ", ".join(people[:-1]), "last": people[-1]}
    return pgettext("names", "%(most)s and %(last)s") % words


def wrong_code(left: int) -> str:
    """That a code is not the right one, and how many tries there are."""
    if not left:
        return _("That code is not right, and there are no tries left. Ask for a new code.")
    tries = ngettext("%(left)s try left.", "%(left)s tries left.", left) % {"left": left}
    return f"{_('That code is not right.')} {tries}"
