"""What holds of an approval that was asked for, and how it is kept: shared by the verbs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.core.approving import Yes
from wagtail_contracts.contracts.errors import NotAllowed, ReasonMissing, WrongState
from wagtail_contracts.contracts.flows import needs
from wagtail_contracts.contracts.flows.acting import insist, staff
from wagtail_contracts.contracts.flows.announcing import remark
from wagtail_contracts.contracts.flows.notifying import notify
from wagtail_contracts.contracts.flows.sending import today
from wagtail_contracts.contracts.models import Approval, ApprovalRequest, Contract
from wagtail_contracts.contracts.models.guards import unguarded

Decision = Approval.Decision
ASKED, DECIDED, ASKED_BACK = "approval_asked", "approval_decided", "approval_asked_back"


def asked(contract: Contract) -> tuple[Contract, ApprovalRequest]:
    """The locked contract and what was asked for. Raises WrongState."""
    contract = Contract.objects.lock(contract.pk)
    return contract, insist_on_request(contract)


def insist_on_request(contract: Contract) -> ApprovalRequest:
    """What was asked for. Raises WrongState where nobody waits for an approval."""
    if contract.approval is None or contract.state not in states.INSIDE | states.OPEN:
        raise WrongState(_("Nobody waits for an approval of this contract any more."))
    return contract.approval


def insist_on_right(contract: Contract, action: str, by: Actor) -> Any:
    """The member of staff. Raises NotAllowed for anybody without the right, and for the system."""
    insist(action, contract, by=by)
    if (user := staff(by)) is None:
        raise NotAllowed(_("Only a colleague can do this."))
    return user


def insist_on_words(words: str) -> str:
    """The words in one piece. Raises ReasonMissing where there are none, ReasonTooLong."""
    if not (words := remark(words)):
        raise ReasonMissing(_("Write something: whoever is concerned reads it."))
    return words


def rows(request: ApprovalRequest) -> list[Approval]:
    """All that was decided, asked and answered, in order."""
    return list(request.decisions.select_related("approver"))


def askers(contract: Contract, request: ApprovalRequest) -> list[Any]:
    """Who wants the approval."""
    return [request.asked_by, contract.owner]


def involved(contract: Contract, request: ApprovalRequest) -> list[Any]:
    """Whoever is asked now, or has decided."""
    decided = [row.approver for row in rows(request) if row.decision != Decision.ANSWERED]
    return [*needs.asked_now(contract, request, today(contract.workspace)), *decided]


# -- what is written ------------------------------------------------------------------------------


def keep(contract: Contract, request: ApprovalRequest | None, state: str) -> None:
    """Let a locked contract stand so."""
    with unguarded():
        contract.approval, contract.state = request, state
        contract.save(update_fields=["approval", "state"])


def back(contract: Contract) -> str:
    """The state without an approval: a draft again, unless the others have it already."""
    return states.DRAFT if contract.state in states.INSIDE else contract.state


def write_yes(request: ApprovalRequest, yes: Yes, note: str) -> None:
    """Keep a yes."""
    _write(
        request,
        Decision.APPROVED,
        rule=yes.rule,
        step=yes.step,
        approver_id=yes.by,
        for_whom_id=yes.instead_of,
        reason=note,
    )


def write(request: ApprovalRequest, decision: str, words: str, *, by: Actor) -> None:
    """Keep what somebody said instead of yes."""
    _write(request, decision, approver_id=int(by.key), reason=words)


def _write(request: ApprovalRequest, decision: str, **more: Any) -> None:
    digest = request.content_digest
    Approval.objects.create(request=request, content_digest=digest, decision=decision, **more)


def tell_approvers(
    contract: Contract, request: ApprovalRequest, before: Collection[Any], *, by: Actor
) -> None:
    """Tell whoever is asked now and was not before."""
    told = {user.pk for user in before}
    now = needs.asked_now(contract, request, today(contract.workspace))
    notify(ASKED, [user for user in now if user.pk not in told], contract, by=by)
