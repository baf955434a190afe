"""What a colleague holds when they leave, and how another one takes it over: a row at a time.

Each kind of thing is found in the workspaces that the one who asks administers, and moved by the
verb that moves one of its kind; what can't be moved stays, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import OwnerRefused
from wagtail_contracts.contracts.flows import needs
from wagtail_contracts.contracts.flows.acting import insist, staff
from wagtail_contracts.contracts.flows.handing import change_owner
from wagtail_contracts.contracts.flows.planned import fate
from wagtail_contracts.contracts.flows.ruling import end_rule, make_rule, replace_deputy
from wagtail_contracts.contracts.flows.scheduling import take_over
from wagtail_contracts.contracts.flows.self_service import replace_in
from wagtail_contracts.contracts.models import (
    ApprovalRule,
    Deputy,
    Participant,
    PlannedSending,
    SavedView,
    SelfService,
    person_name,
)
from wagtail_contracts.errors import Refusal


class Holding(NamedTuple):
    """A kind of thing: what is found, how a row of it moves, what that is called and is about."""

    found: Callable[[Any, Any], Iterable[Any]]
    give: Callable[..., None]  # (row, leaver, to, by=)
    words: Callable[[Any], str]
    contract: Callable[[Any], Any] = lambda row: None


@dataclass(frozen=True)
class Held:
    """One thing that somebody holds. `key` names it in a post, `contract` is what it is about."""

    key: str
    words: str
    row: Any
    contract: Any = None


@dataclass(frozen=True)
class Handed:
    """What became of it; `why` it stays."""

    held: Held
    why: str = ""


def held_by(leaver: Any, *, by: Actor) -> list[Held]:
    """What `leaver` holds where `by` administers: contracts first, then what hangs on people."""
    if (user := staff(by)) is None:
        return []
    return [
        Held(f"{kind}-{row.pk}", holding.words(row), row, holding.contract(row))
        for kind, holding in HOLDINGS.items()
        for row in holding.found(leaver, user)
    ]


def hand_over(leaver: Any, to: Any, keys: Collection[str], *, by: Actor) -> list[Handed]:
    """Give what has one of these keys to `to`, each row for itself; what became of each.

    Only what `held_by` finds now. A plan is moved before its contract, whose owner it may be.
    """
    found = [held for held in held_by(leaver, by=by) if held.key in keys]
    return [Handed(held, _moved(held, leaver, to, by)) for held in found]


def _moved(held: Held, leaver: Any, to: Any, by: Actor) -> str:
    """Why it stays; nothing where it moved."""
    try:
        HOLDINGS[held.key.partition("-")[0]].give(held.row, leaver, to, by=by)
    except Refusal as refusal:
        return str(refusal)
    return ""


# -- contracts, and what is confirmed to leave -----------------------------------------------------


def _contracts(leaver: Any, user: Any) -> Iterable[Any]:
    return permissions.having(user, ["administer"]).filter(owner=leaver).order_by("pk")


def _give_contract(row: Any, leaver: Any, to: Any, *, by: Actor) -> None:
    change_owner(row, to, by=by)


def _plans(leaver: Any, user: Any) -> Iterable[Any]:
    mine = permissions.having(user, ["administer"])
    found = PlannedSending.objects.filter(by=leaver, contract__in=mine)
    return found.select_related("contract").order_by("at")


def _plan_words(row: Any) -> str:
    found = fate(row.contract)
    if found and not found.holds:
        return _("Sending that is confirmed, but will not leave as it is: %s") % row.contract.title
    return _("Sending that is confirmed: %s") % row.contract.title


def _give_plan(row: Any, leaver: Any, to: Any, *, by: Actor) -> None:
    take_over(row.contract, to, by=by)


# -- approvals -------------------------------------------------------------------------------------


def _rules(leaver: Any, user: Any) -> Iterable[Any]:
    places = permissions.whole(user, ["administer"])
    found = ApprovalRule.objects.standing().filter(workspace__in=places, steps__user=leaver)
    return found.distinct().order_by("pk")


@transaction.atomic
def _replace_in_rule(row: Any, leaver: Any, to: Any, *, by: Actor) -> None:
    """Another rule in its place, as rules are never changed; what it asked is asked anew."""
    if not permissions.workspaces(to, ["approve"]).filter(pk=row.workspace_id).exists():
        raise OwnerRefused(_("The new one may not approve in this workspace."))
    steps = [
        (step.kind, to if step.user_id == leaver.pk else step.user or step.group)
        for step in row.steps.all()
    ]
    names = ("template", "over", "currency", "party", "on_deviation", "in_order")
    when = {name: getattr(row, name) for name in names}
    end_rule(row, by=by)
    make_rule(row.workspace, row.name, steps, by=by, **when)


def _deputies(leaver: Any, user: Any) -> Iterable[Any]:
    """Where the leaver stands in, now or later, for somebody who approves where `user` is asked."""
    places = permissions.whole(user, ["administer"])
    today = timezone.localdate()
    rows = Deputy.objects.filter(deputy=leaver, last__gte=today).select_related("user")
    return [
        row
        for row in rows
        if permissions.workspaces(row.user, ["approve"]).filter(pk__in=places).exists()
    ]


def _give_deputy(row: Any, leaver: Any, to: Any, *, by: Actor) -> None:
    replace_deputy(row, to, by=by)


def _managed(leaver: Any, user: Any) -> Iterable[Any]:
    """Colleagues for whom the site would still ask the leaver, as their manager."""
    if not needs.knows_managers():
        return []
    places = permissions.whole(user, ["administer"])
    there = {one.pk: one for place in places for one in permissions.colleagues(place)}
    return [one for one in there.values() if needs.named_manager(one) == leaver]


def _keep_manager(row: Any, leaver: Any, to: Any, *, by: Actor) -> None:
    raise OwnerRefused(
        _("Who somebody's manager is, the site says: have it changed where it keeps that.")
    )


# -- views, and what nobody can hand over ----------------------------------------------------------


def _views(leaver: Any, user: Any) -> Iterable[Any]:
    places = permissions.whole(user, ["administer"])
    return SavedView.objects.filter(user=leaver, workspace__in=places).order_by("pk")


@transaction.atomic
def _give_view(row: Any, leaver: Any, to: Any, *, by: Actor) -> None:
    if to not in permissions.colleagues(row.workspace):
        raise OwnerRefused(_("The new one does not see the contracts of this workspace."))
    SavedView.objects.filter(pk=row.pk).update(user=to)


def _signatures(leaver: Any, user: Any) -> Iterable[Any]:
    mine = permissions.having(user, ["administer"])
    going_on = mine.filter(state__in=states.INSIDE | states.OPEN)
    people: Any = Participant.objects.present().filter(user=leaver, party__contract__in=going_on)
    return people.select_related("party__contract").order_by("pk")


def _keep_signatory(row: Any, leaver: Any, to: Any, *, by: Actor) -> None:
    insist("administer", row.party.contract, by=by)
    raise OwnerRefused(
        _("Who signs is part of the text: change the draft, or replace the person in the contract.")
    )


def _services(leaver: Any, user: Any) -> Iterable[Any]:
    found = SelfService.objects.in_places(permissions.whole(user, ["administer"]))
    return found.filter(Q(owner=leaver) | Q(signatory=leaver)).select_related("workspace")


def _give_service(row: Any, leaver: Any, to: Any, *, by: Actor) -> None:
    replace_in(row, leaver, to, by=by)


# By the beginning of their keys.
HOLDINGS = {
    "plan": Holding(
        _plans,
        _give_plan,
        _plan_words,
        lambda row: row.contract,
    ),
    "contract": Holding(
        _contracts, _give_contract, lambda row: _("Contract: %s") % row.title, lambda row: row
    ),
    "rule": Holding(_rules, _replace_in_rule, lambda row: _("Approval rule: %s") % row.name),
    "deputy": Holding(
        _deputies, _give_deputy, lambda row: _("Deputy of %s") % person_name(row.user)
    ),
    "manager": Holding(_managed, _keep_manager, lambda row: _("Manager of %s") % person_name(row)),
    "view": Holding(_views, _give_view, lambda row: _("View of the list: %s") % row.name),
    "service": Holding(_services, _give_service, lambda row: _("Self-service: %s") % row.slug),
    "signatory": Holding(
        _signatures,
        _keep_signatory,
        lambda row: _("Signatory of %s") % row.party.contract.title,
        lambda row: row.party.contract,
    ),
}
