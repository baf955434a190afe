"""Rules of approval and deputies: who must say yes, in the trails of the workspaces concerned.

A rule is never changed: another one is made, and the old one ended. Whatever was approved by rules
that ask something else now lapses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import approving, worth
from wagtail_contracts.contracts.errors import DeputyRefused, NotAllowed, NotReady, RuleRefused
from wagtail_contracts.contracts.flows import needs
from wagtail_contracts.contracts.flows.acting import insist_in, staff
from wagtail_contracts.contracts.flows.asking import lapse_changed
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.composing import compose
from wagtail_contracts.contracts.models import (
    ApprovalRule,
    ApprovalStep,
    Contract,
    Deputy,
    Workspace,
    person_name,
)
from wagtail_contracts.contracts.rendering import rules as words
from wagtail_contracts.contracts.rendering.worth import in_words

MOST_STEPS = 10
Steps = Sequence[tuple[str, Any]]  # (kind, the user or group, None for the manager)


@transaction.atomic
def make_rule(
    workspace: Workspace, name: str, steps: Steps, *, by: Actor, **when: Any
) -> ApprovalRule:
    """Ask for approvals from now on. Raises RuleRefused, NotAllowed.

    `when` has template, over and currency, party, on_deviation, and in_order.
    """
    insist_in(workspace, "administer", by=by)
    rule = ApprovalRule(workspace=workspace, name=name, **when)
    _insist_on_sense(rule, steps)

    rule.save()
    ApprovalStep.objects.bulk_create(
        ApprovalStep(rule=rule, place=place, kind=kind, **{_column(kind): who} if who else {})
        for place, (kind, who) in enumerate(steps)
    )

    data = {**rule.plain(None).data(), "party": bool(rule.party)}
    told = {"name": name, **({"party": rule.party} if rule.party else {})}
    chronicle(workspace, events.RULE_MADE, data, by=by, disclose=told)
    lapse_changed(by=by, workspace=workspace)
    return rule


@dataclass(frozen=True)
class Trial:
    """What a rule would have asked of a contract: whose yes, and what would have stood in the way.

    `asks` is whether it would have asked at all, `amounts` what everybody may know of its value.
    """

    contract: Contract
    asks: bool
    who: list[str]
    obstacles: list[str]
    amounts: list[str] = field(default_factory=list)


def try_rule(
    workspace: Workspace, steps: Steps, found: Iterable[Contract], *, by: Actor, **when: Any
) -> tuple[list[Trial], int]:
    """What a rule that is not made yet would have asked of these. Raises RuleRefused.

    And how many were left out: by trying one bound after another, somebody could find an amount
    that they may not see. So none of these is judged by a bound, whatever it is.
    """
    rule = ApprovalRule(workspace=workspace, name="-", **when)
    _insist_on_sense(rule, steps)
    rows = list(found)
    trials = list(_trials(rule, steps, rows, staff(by)))
    return trials, len(rows) - len(trials)


def _trials(
    rule: ApprovalRule, steps: Steps, found: Iterable[Contract], user: Any
) -> Iterator[Trial]:
    for contract in found:
        try:
            content = compose(contract)
        except NotReady as unready:
            yield Trial(contract, asks=False, who=[], obstacles=unready.missing)
            continue
        if rule.over is None or _reads_amounts(user, contract, content):
            yield _tried(rule, steps, contract, content)


def _reads_amounts(user: Any, contract: Contract, content: dict[str, Any]) -> bool:
    if not worth.is_secret(content):
        return True
    return bool(user and permissions.may(user, "sensitive", contract))


def _tried(rule: ApprovalRule, steps: Steps, contract: Contract, content: dict[str, Any]) -> Trial:
    manager = needs.manager_of(contract.owner)
    named = [approving.Step(kind, who.pk if who else manager) for kind, who in steps]
    plain = replace(rule.plain_without_steps(), steps=tuple(named))
    asking, currencies = needs.judged(contract, content, [plain])
    missing = needs.unmanned(contract, asking)
    names = words.names_for(asking)
    who = [words.approver(one, step, names) for one in asking for step in range(len(one.steps))]
    obstacles = [*needs.uncounted(currencies), *missing]
    amounts = in_words(worth.told(content), get_language() or "en")
    return Trial(contract, bool(asking), who, obstacles, amounts)


@transaction.atomic
def end_rule(rule: ApprovalRule, *, by: Actor) -> None:
    """Ask no more. What waits for an approval by it is a draft again; nothing is sent by that.

    Raises NotAllowed, and RuleRefused for one that has ended.
    """
    insist_in(rule.workspace, "administer", by=by)
    rows = ApprovalRule.objects.standing().filter(pk=rule.pk)
    if not rows.update(ended_at=timezone.now()):
        raise RuleRefused(_("This rule has ended already."))

    told = {"name": rule.name}
    chronicle(rule.workspace, events.RULE_ENDED, {"rule": rule.pk}, by=by, disclose=told)
    lapse_changed(by=by, workspace=rule.workspace)


@transaction.atomic
def appoint_deputy(deputy: Any, first: date, last: date, *, by: Actor) -> Deputy:
    """Let a colleague approve for oneself from a day to a day. Raises DeputyRefused."""
    user = staff(by)
    if user is None or deputy.pk == user.pk or not deputy.is_active:
        raise DeputyRefused(_("Choose a colleague who can stand in for you."))
    if last < first:
        raise DeputyRefused(_("The last day comes before the first."))
    found = Deputy.objects.create(user=user, deputy=deputy, first=first, last=last)

    data = {"deputy": deputy.pk, "first": str(first), "last": str(last)}
    _chronicle_of(user, deputy, events.DEPUTY_APPOINTED, data, by=by)
    return found


@transaction.atomic
def dismiss_deputy(deputy: Deputy, *, by: Actor) -> None:
    """Approve oneself again. Raises NotAllowed for a deputy of somebody else."""
    user = staff(by)
    if user is None or deputy.user_id != user.pk:
        raise NotAllowed(_("This is a deputy of somebody else."))
    other, data = deputy.deputy, {"deputy": deputy.deputy_id}
    deputy.delete()

    _chronicle_of(user, other, events.DEPUTY_DISMISSED, data, by=by)


@transaction.atomic
def replace_deputy(row: Deputy, to: Any, *, by: Actor) -> None:
    """Let `to` stand in for a colleague in place of a deputy who leaves, on the same days.

    A deputy stands in wherever the colleague approves, so whoever replaces one administers all of
    that. Raises NotAllowed, DeputyRefused.
    """
    user, was = row.user, row.deputy
    _insist_on_replacing(user, to, by=by)

    row.deputy = to
    row.save(update_fields=["deputy"])

    days = {"first": str(row.first), "last": str(row.last)}
    _chronicle_of(user, was, events.DEPUTY_DISMISSED, {"deputy": was.pk}, by=by)
    _chronicle_of(user, to, events.DEPUTY_APPOINTED, {"deputy": to.pk, **days}, by=by)


def _insist_on_replacing(user: Any, to: Any, *, by: Actor) -> None:
    places, actor = permissions.workspaces(user, ["approve"]), staff(by)
    mine = permissions.whole(actor, ["administer"]) if actor else Workspace.objects.none()
    if not places.exists() or places.exclude(pk__in=mine.values("pk")).exists():
        raise NotAllowed(
            _("%(name)s approves where you do not administer. Let them choose another deputy.")
            % {"name": person_name(user)}
        )
    if not permissions.stand_ins(user).filter(pk=to.pk).exists():
        raise DeputyRefused(
            _("%(deputy)s can't stand in for %(name)s. Let them choose another deputy.")
            % {"deputy": person_name(to), "name": person_name(user)}
        )


def _chronicle_of(user: Any, deputy: Any, name: str, data: Mapping[str, Any], *, by: Actor) -> None:
    """In every workspace where this changes who approves."""
    told = {"member": person_name(deputy)}
    for workspace in permissions.workspaces(user, ["approve"]).order_by("pk"):
        chronicle(workspace, name, data, by=by, disclose=told)


def _insist_on_sense(rule: ApprovalRule, steps: Steps) -> None:
    try:
        rule.clean_fields(exclude=["workspace"])
        rule.clean()
    except ValidationError as error:
        raise RuleRefused(" ".join(error.messages)) from error
    if not 0 < len(steps) <= MOST_STEPS:
        raise RuleRefused(_("Say who approves: one to ten steps."))
    if any(kind not in _kinds() or (kind != approving.MANAGER) != bool(who) for kind, who in steps):
        raise RuleRefused(_("Say for each step who approves."))


def _kinds() -> set[str]:
    """A manager is known only where the site says who that is."""
    known = {approving.PERSON, approving.GROUP}
    return known | {approving.MANAGER} if needs.knows_managers() else known


def _column(kind: str) -> str:
    return {approving.PERSON: "user", approving.GROUP: "group"}[kind]
