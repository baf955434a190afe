"""Rules, approvers and contracts that wait for them, made by the flows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests import builders
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import ApprovalRule, Contract, Workspace

BOSS = ("view", "administer")
APPROVER = ("view", "approve")


def boss(space: Workspace, name: str = "bodil") -> Any:
    """Somebody who administers the workspace."""
    return builders.staff(name, space, BOSS)


def approver(space: Workspace, name: str = "finn", verbs: tuple[str, ...] = APPROVER) -> Any:
    """Somebody who may approve there."""
    return builders.staff(name, space, verbs)


def rule(space: Workspace, by: Any, *who: Any, name: str = "Finance", **when: Any) -> ApprovalRule:
    """A rule that asks each of `who`: people, or the groups of their own."""
    steps = [("group" if hasattr(one, "permissions") else "person", one) for one in who]
    return contracts.make_rule(space, name, steps, by=builders.actor(by), **when)


def over(amount: str, currency: str = "NOK") -> dict[str, Any]:
    """When a contract is worth more than this."""
    return {"over": Decimal(amount), "currency": currency}


def ask(contract: Contract, by: Any) -> str:
    """Ask for the approvals that the rules want; the digest that was shown."""
    shown = builders.shown(contract)
    contracts.request_approval(contract, shown, by=builders.actor(by))
    return shown


def say_yes(contract: Contract, by: Any) -> None:
    """Approve what is there now."""
    contracts.approve(contract, builders.shown(contract), by=builders.actor(by))


def state(contract: Contract) -> str:
    """Where it stands in the database."""
    return Contract.objects.get(pk=contract.pk).state


def send(contract: Contract, by: Any) -> None:
    """Send what is there now."""
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(by))
