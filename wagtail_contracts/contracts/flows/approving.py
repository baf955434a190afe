"""Giving an approval, refusing it, and asking before one decides.

What is decided stands in our own side's trail.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import approving, states
from wagtail_contracts.contracts.core.approving import Yes
from wagtail_contracts.contracts.errors import MayNotDecide, StaleVersion
from wagtail_contracts.contracts.flows import announcing, needs, requested
from wagtail_contracts.contracts.flows.notifying import notify
from wagtail_contracts.contracts.flows.requested import ASKED, ASKED_BACK, DECIDED, Decision
from wagtail_contracts.contracts.flows.sending import today
from wagtail_contracts.contracts.models import ApprovalRequest, ApprovalStep, Contract, Deputy

CHUNK = 1000  # contracts that are looked at together
HEAVY = ("body", "values", "outline", "fields", "sent")  # of a contract, and not asked here


@transaction.atomic
def approve(contract: Contract, shown: str, *, by: Actor, note: str = "") -> None:
    """Say yes to what was shown, at each step that waits for this person.

    Raises WrongState, StaleVersion, MayNotDecide. With the last yes it is ready to send.
    """
    note = announcing.remark(note)
    contract, request = requested.asked(contract)
    _insist_on_same(contract, request, shown)
    yeses = _insist_on_turn(contract, request, by)
    before = needs.asked_now(contract, request, today(contract.workspace))

    for yes in yeses:
        requested.write_yes(request, yes, note)
    whole = approving.is_complete(request.plain_rules, needs.counted(contract, request))
    if whole and contract.state == states.IN_APPROVAL:
        requested.keep(contract, request, states.APPROVED)

    data = {"content_digest": request.content_digest, "steps": [_step(yes) for yes in yeses]}
    told = {"reason": note} if note else {}
    announcing.record(contract, events.APPROVAL_GIVEN, data, by=by, disclose=told)
    if whole:
        data = {"content_digest": request.content_digest}
        announcing.record(contract, events.CONTRACT_APPROVED, data, by=by)
        notify(DECIDED, requested.askers(contract, request), contract, by=by, detail="approved")
    else:
        requested.tell_approvers(contract, request, before, by=by)


@transaction.atomic
def reject(contract: Contract, shown: str, reason: str, *, by: Actor) -> None:
    """Send it back with a reason: a draft again. Raises as `approve`, and ReasonMissing."""
    contract, request = requested.asked(contract)
    _insist_on_same(contract, request, shown)
    _insist_on_part(contract, request, by)
    reason = requested.insist_on_words(reason)

    requested.write(request, Decision.REJECTED, reason, by=by)
    requested.keep(contract, None, requested.back(contract))

    data = {"content_digest": request.content_digest}
    announcing.record(contract, events.CONTRACT_REJECTED, data, by=by, disclose={"reason": reason})
    notify(DECIDED, requested.askers(contract, request), contract, by=by, detail="rejected")
    notify(ASKED, _agreed(request), contract, by=by, detail="rejected")


@transaction.atomic
def ask(contract: Contract, question: str, *, by: Actor) -> None:
    """Ask whoever wants the approval something; nothing else changes. Raises as `reject`."""
    contract, request = requested.asked(contract)
    _insist_on_part(contract, request, by)
    question = requested.insist_on_words(question)

    requested.write(request, Decision.ASKED, question, by=by)

    data = {"content_digest": request.content_digest}
    announcing.record(
        contract, events.APPROVAL_QUESTIONED, data, by=by, disclose={"reason": question}
    )
    notify(ASKED_BACK, requested.askers(contract, request), contract, by=by)


def insist_may_decide(contract: Contract, *, by: Actor) -> None:
    """Raise a refusal where this person can't say yes, no, or ask about it now."""
    _insist_on_part(contract, requested.insist_on_request(contract), by)


def decidable(contract: Contract, user: Any) -> list[Yes]:
    """The yeses that `user` could give now, whatever their rights."""
    if (request := contract.approval) is None or contract.state == states.APPROVED:
        return []
    hands = needs.hands(user, contract, today(contract.workspace))
    own = needs.barred(contract)
    return approving.decidable(request.plain_rules, request.given, hands, own)


def is_asked(contract: Contract, key: Any) -> bool:
    """Say whether the yes of the user with this key is awaited: others may have been quicker."""
    user = get_user_model()._default_manager.filter(pk=key).first()
    return user is not None and bool(decidable(contract, user))


def awaiting(user: Any, most: int | None = None, *, real: bool = False) -> list[Contract]:
    """The contracts that wait for the yes of `user`, the longest wait first: all, or `most`.

    `real` leaves those for training out. With a fixed number of queries for each chunk that is
    looked at; whose own work a contract is is asked of those alone where it is their turn.
    """
    places = permissions.places(user, "approve")
    if not (places.all or places.own):
        return []
    stand_in = Stands(user)
    found = permissions.having(user, ["approve"]).filter(
        approval__isnull=False,
        state__in=[states.IN_APPROVAL, *states.OPEN],
        workspace__in=stand_in.asked_in(),
    )
    return list(islice(_turns(found.real() if real else found, stand_in, most or CHUNK), most))


def _turns(found: Any, stand_in: Stands, size: int) -> Iterator[Contract]:
    """Those where it is their turn, so many looked at at a time."""
    asked = found.select_related("workspace", "owner", "approval__asked_by").defer(*HEAVY)
    asked = asked.prefetch_related("approval__decisions").order_by("approval__asked_at", "pk")
    for begin in count(0, size):
        rows = list(asked[begin : begin + size])
        turns = [row for row in rows if stand_in.may_decide(row, ())]
        own = needs.own_work(turns)
        yield from (row for row in turns if stand_in.may_decide(row, own[row.pk]))
        if len(rows) < size:
            return


class Stands:
    """Somebody and those for whom they stand in, fetched once for many contracts."""

    def __init__(self, user: Any) -> None:
        rows = Deputy.objects.filter(deputy=user, user__is_active=True).select_related("user")
        self.me = needs.person(user)
        self.others = [
            (row, needs.person(row.user), permissions.places(row.user, "approve"))
            for row in rows.order_by("pk")
        ]

    def asked_in(self) -> QuerySet[Any, Any]:
        """The workspaces with a rule that names one of them: nobody waits for them elsewhere."""
        hands = [self.me, *(person for _row, person, _places in self.others)]
        groups = {group for person in hands for group in person.groups}
        named = Q(user__in=[person.key for person in hands]) | Q(group__in=groups)
        steps = ApprovalStep.objects.filter(named | Q(kind=approving.MANAGER))
        return steps.order_by().values("rule__workspace")

    def may_decide(self, contract: Contract, barred: Collection[int]) -> bool:
        """Whether a yes could be given now, if it is the own work of those who are barred."""
        if (request := contract.approval) is None:
            return False
        day = today(contract.workspace)
        others = [
            person
            for row, person, places in self.others
            if row.first <= day <= row.last and places.cover(contract)
        ]
        hands, rules = [self.me, *others], request.plain_rules
        return bool(approving.decidable(rules, request.given, hands, barred))


def _insist_on_same(contract: Contract, request: ApprovalRequest, shown: str) -> None:
    if shown != request.content_digest or request.digest != needs.digest_now(contract):
        raise StaleVersion(
            _("It is no longer what you were asked about. Nothing was decided. Look at it again.")
        )


def _insist_on_turn(contract: Contract, request: ApprovalRequest, by: Actor) -> list[Yes]:
    """The yeses that this person can give. Raises MayNotDecide with the reason."""
    user = requested.insist_on_right(contract, "approve", by)
    if yeses := decidable(contract, user):
        return yeses
    if user.pk in needs.barred(contract):
        raise MayNotDecide(
            _("It is your own work: you own it, wrote in it, or asked for the approval.")
        )
    raise MayNotDecide(_("It does not wait for you: you have decided, or others are asked now."))


def _insist_on_part(contract: Contract, request: ApprovalRequest, by: Actor) -> None:
    """Whoever could say yes, or has: they may also say no, and ask. Raises MayNotDecide."""
    user = requested.insist_on_right(contract, "approve", by)
    if user.pk not in {yes.by for yes in needs.counted(contract, request)}:
        _insist_on_turn(contract, request, by)


def _step(yes: Yes) -> dict[str, int]:
    told = {"rule": yes.rule, "step": yes.step}
    return {**told, "instead_of": yes.instead_of} if yes.instead_of else told


def _agreed(request: ApprovalRequest) -> list[Any]:
    """Whoever said yes in vain."""
    return [row.approver for row in requested.rows(request) if row.decision == Decision.APPROVED]
