"""What changed between the version that somebody knows and the newest one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.contracts.rendering.answers import flat
from wagtail_contracts.contracts.rendering.changes import Comparison, comparison
from wagtail_contracts.signing.public import facts, looks, phrases
from wagtail_contracts.signing.public.looks import Looks
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation


class Changes(ParticipantPage):
    """The comparison."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Compare with the version that was asked for, if this person was shown it."""
        if self.contract.state == "withdrawn":
            return see_other(self.address_of("contract"))
        return changes_page(self, asked=request.GET.get("from", ""))


def stale_page(page: ParticipantPage, typed: Mapping[str, Any] | None = None) -> HttpResponse:
    """The comparison, for a form that was made from an older version: nothing was stored.

    What was typed travels on in the page, so that nothing is lost either.
    """
    page.contract.refresh_from_db()
    if page.contract.state == "withdrawn":  # of which nothing is shown any more
        return see_other(page.address_of("contract"))
    page.version = page.contract.current_version or page.version
    return changes_page(page, stale=True, kept=flat(typed or {}), status=409)


def changes_page(
    page: ParticipantPage, *, asked: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """The page with the comparison."""
    situation = Situation(page.contract, page.version, page.participant)
    looked = looks.of(page.contract, page.participant, page.version.number)
    old = _old(page, _base(looked, asked, page.version.number))
    view = "two" if page.request.GET.get("view") == "two" else "one"
    context = {
        **facts.common(page, situation),
        "stale": False,
        "kept": [],
        "old": old,
        "view": view,
        "comparison": _compared(page, old, view),
        "old_called": phrases.version(old, page.participant) if old else "",
        "old_looked": situation.day(looked.known[old.number]) if old else "",
        "lapsed": bool(old and old.number in looked.signed),
        "reasons": _reasons(page, old, situation),
        "choices": _choices(page, looked, situation),
    }
    return page.show("changes", status=status, **{**context, **more})


def _base(looked: Looks, asked: str, current: int) -> int | None:
    """Only versions that this person knows can be asked for."""
    known = asked.isdecimal() and len(asked) < 9
    if known and int(asked) in looked.known and int(asked) < current:
        return int(asked)
    return looked.base(current)


def _old(page: ParticipantPage, number: int | None) -> ContractVersion | None:
    return page.contract.versions.filter(number=number).first() if number else None


def _compared(page: ParticipantPage, old: ContractVersion | None, view: str) -> Comparison | None:
    if old is None:
        return None
    return comparison(old.content, page.version.content, language=page.language, view=view)


def _reasons(
    page: ParticipantPage, old: ContractVersion | None, situation: Situation
) -> list[dict[str, str]]:
    """Why each version since then was made."""
    since = page.contract.versions.filter(number__gt=old.number if old else 0).exclude(reason="")
    return [
        {
            "number": str(found.number),
            "reason": found.reason,
            "at": situation.moment(found.frozen_at),
        }
        for found in since
    ]


def _choices(page: ParticipantPage, looked: Looks, situation: Situation) -> list[dict[str, Any]]:
    """The older versions that this person knows, newest first."""
    numbers = sorted((n for n in looked.known if n < page.version.number), reverse=True)
    return [{"number": n, "at": situation.day(looked.known[n])} for n in numbers]
