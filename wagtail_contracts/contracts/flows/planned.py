"""What is confirmed to leave, and whether it would: questions only.

The worker asks at its moment what every page asks before it, so that none promises what it stops.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import PackageRefused, WrongState
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.sending import future, insist_on_sendable
from wagtail_contracts.contracts.models import Contract, PlannedSending
from wagtail_contracts.errors import Refusal


class Fate(NamedTuple):
    """A sending that is confirmed; `code` is that of the refusal that stops it, "" for none.

    Of a package each contract is stopped by what stops one of them.
    """

    plan: PlannedSending
    code: str

    @property
    def holds(self) -> bool:
        """Whether it leaves, if nothing changes before its moment."""
        return not self.code


def planned(contract: Contract) -> PlannedSending | None:
    """The sending that is confirmed for a contract."""
    return PlannedSending.objects.filter(contract=contract).select_related("by").first()


def leaving_with(plan: PlannedSending) -> list[PlannedSending]:
    """What leaves together: this alone, or what is confirmed still of its package."""
    if not plan.together:
        return [plan]
    return [one for one in _rows(contract__in=plan.together) if one.together == plan.together]


def insist_on_holding(contract: Contract, plan: PlannedSending) -> None:
    """Raise what stops it: another text, recipient, approval or right, or a day that is over."""
    insist("send", contract, by=permissions.actor(plan.by))
    insist_on_sendable(contract, plan.digest, into=plan.into, recipients=plan.recipients)
    future(plan.deadline, contract.workspace)


def fate(contract: Contract) -> Fate | None:
    """What becomes of the sending that is confirmed for a contract, as things stand now."""
    if (plan := planned(contract)) is None:
        return None
    plan.contract = contract
    return fates_of([plan])[0]


def fates(contracts: Collection[int]) -> dict[int, Fate]:
    """The same of many, by their keys; one query where nothing is confirmed."""
    return {one.plan.contract_id: one for one in _all(contract__in=contracts)}


def unheld(owner: Any) -> list[int]:
    """The keys of the contracts of `owner` that will not leave as they were confirmed."""
    return [one.plan.contract_id for one in _all(contract__owner=owner) if not one.holds]


def insist_on_plan(contract: Contract) -> PlannedSending:
    """The same, to be called off. Raises WrongState where there is none."""
    if (plan := planned(contract)) is None:
        raise WrongState(_("There is nothing to call off: it has left, or was called off."))
    return plan


def insist_on_no_plan(contract: Contract) -> None:
    """Raise WrongState where a sending is confirmed already, and would leave."""
    found = fate(contract)
    if found and found.holds:
        raise WrongState(_("It is confirmed already. Call that off first."))


def fates_of(plans: Collection[PlannedSending]) -> list[Fate]:
    """What becomes of each of these, and with it of the others of its package."""
    keys = {plan.contract_id for plan in plans}
    beside = {key for plan in plans for key in plan.together} - keys
    known = {plan.contract_id: _fate(plan) for plan in (*plans, *_rows(contract__in=beside))}
    return [_with_others(known[plan.contract_id], known) for plan in plans]


def _all(**which: Any) -> list[Fate]:
    return fates_of(_rows(**which))


def _rows(**which: Any) -> QuerySet[PlannedSending]:
    rows: QuerySet[PlannedSending] = PlannedSending.objects.filter(**which).order_by("pk")
    return rows.select_related("by", "contract__workspace", "contract__owner", "contract__approval")


def _fate(plan: PlannedSending) -> Fate:
    try:
        insist_on_holding(plan.contract, plan)
    except Refusal as refusal:
        return Fate(plan, refusal.code)
    return Fate(plan, "")


def _with_others(own: Fate, known: Mapping[int, Fate]) -> Fate:
    if own.holds and not all(_leaves_beside(own, known.get(key)) for key in own.plan.together):
        return own._replace(code=PackageRefused.code)
    return own


def _leaves_beside(own: Fate, other: Fate | None) -> bool:
    return other is not None and other.holds and other.plan.together == own.plan.together
