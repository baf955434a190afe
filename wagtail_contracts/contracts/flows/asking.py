"""Asking for an approval, answering approvers, and taking the question back.

A yes is tied to the text, to the recipients and to the rules that asked for it: after any change it
lapses, and the contract is a draft again.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import ApprovalMissing, ApproverMissing, WrongState
from wagtail_contracts.contracts.flows import announcing, needs, requested
from wagtail_contracts.contracts.flows.composing import digest_of
from wagtail_contracts.contracts.flows.notifying import notify
from wagtail_contracts.contracts.flows.outgrown import need_since_sent
from wagtail_contracts.contracts.flows.requested import ASKED, DECIDED, Decision
from wagtail_contracts.contracts.flows.sending import as_shown, insist_on_ready
from wagtail_contracts.contracts.models import ApprovalRequest, ApprovalRule, Contract, Workspace


@transaction.atomic
def request_approval(contract: Contract, shown: str, *, by: Actor, note: str = "") -> None:
    """Ask whoever the rules name. Raises WrongState, StaleVersion, NotReady, ApproverMissing.

    `shown` is the content digest that the person saw. `note` is for the approvers.
    """
    contract = Contract.objects.lock(contract.pk)
    user = requested.insist_on_right(contract, "send", by)
    if not states.allows(contract.state, "ask_approval"):
        raise WrongState(_("An approval was asked for already, or none is needed any more."))
    _offer, content = as_shown(contract, shown)
    need = insist_may_ask(contract, content, user.pk)
    note = announcing.remark(note)

    about = {"contract": contract, "content_digest": digest_of(content), "digest": need.digest}
    rules = [rule.data() for rule in need.rules]
    own = sorted(needs.barred(contract) | {user.pk})
    request = ApprovalRequest.objects.create(
        **about, rules=rules, barred=own, asked_by=user, note=note
    )
    state = states.IN_APPROVAL if contract.state == states.DRAFT else contract.state
    requested.keep(contract, request, state)

    data = {"content_digest": request.content_digest, "rules": [rule.key for rule in need.rules]}
    told = {"reason": note} if note else {}
    announcing.record(contract, events.APPROVAL_REQUESTED, data, by=by, disclose=told)
    requested.tell_approvers(contract, request, (), by=by)


def insist_may_ask(contract: Contract, content: dict[str, Any], asker: int) -> needs.Need:
    """What has to be approved of a content, if the user `asker` can ask for it.

    Raises NotReady, WrongState, ApprovalMissing, ApproverMissing.
    """
    insist_on_ready(contract, content)
    need = needs.need_of(contract, content)
    _insist_on_new(contract, content, need)
    _insist_on_askable(contract, need, asker)
    return need


@transaction.atomic
def answer_approver(contract: Contract, words: str, *, by: Actor) -> None:
    """Answer what approvers asked. Raises WrongState, NotAllowed, ReasonMissing."""
    contract, request = requested.asked(contract)
    requested.insist_on_right(contract, "send", by)
    words = requested.insist_on_words(words)
    asked = [row.approver for row in requested.rows(request) if row.decision == Decision.ASKED]

    requested.write(request, Decision.ANSWERED, words, by=by)

    data = {"content_digest": request.content_digest}
    announcing.record(contract, events.APPROVAL_ANSWERED, data, by=by, disclose={"reason": words})
    notify(ASKED, asked, contract, by=by, detail="answered")


@transaction.atomic
def recall_approval(contract: Contract, *, by: Actor) -> None:
    """Take the question back, whatever was decided. Raises WrongState, NotAllowed."""
    contract, request = requested.asked(contract)
    requested.insist_on_right(contract, "send", by)
    told = requested.involved(contract, request)

    requested.keep(contract, None, requested.back(contract))

    data = {"content_digest": request.content_digest}
    announcing.record(contract, events.APPROVAL_RECALLED, data, by=by)
    notify(ASKED, told, contract, by=by, detail="recalled")


@transaction.atomic
def lapse(contract: Contract, *, by: Actor) -> bool:
    """Take an approval away that is for something else than what there is now; say whether it was.

    The contract is a draft again, if it was never sent, and those concerned are told.
    """
    contract = Contract.objects.lock(contract.pk)
    request = contract.approval
    if request is None or request.digest == needs.digest_now(contract):
        return False
    told = requested.involved(contract, request)

    requested.keep(contract, None, requested.back(contract))

    data = {"content_digest": request.content_digest}
    announcing.record(contract, events.APPROVAL_LAPSED, data, by=by)
    notify(DECIDED, requested.askers(contract, request), contract, by=SYSTEM, detail="lapsed")
    notify(ASKED, told, contract, by=SYSTEM, detail="lapsed")
    return True


def lapse_changed(*, by: Actor, workspace: Workspace | None = None) -> int:
    """Look at each approval whose contract or rules changed since; how many lapsed."""
    since = OuterRef("approval__asked_at")
    rules = ApprovalRule.objects.filter(workspace=OuterRef("workspace")).filter(
        Q(made_at__gte=since) | Q(ended_at__gte=since)
    )
    edited = Q(latest_revision__created_at__gte=F("approval__asked_at"))
    found = Contract.objects.filter(edited | Exists(rules), approval__isnull=False)
    if workspace:
        found = found.filter(workspace=workspace)
    return sum(lapse(contract, by=by) for contract in found.order_by("pk"))


def _insist_on_new(contract: Contract, content: dict[str, Any], need: needs.Need) -> None:
    """Refuse to ask twice, or about what was sent already."""
    version, request = contract.current_version, contract.approval
    sent = version is not None and version.content_digest == digest_of(content)
    if sent and not need_since_sent(contract):
        raise WrongState(_("There is nothing to approve: nothing has changed since it was sent."))
    if request and request.digest == need.digest:
        raise WrongState(_("An approval was asked for already, or none is needed any more."))


def _insist_on_askable(contract: Contract, need: needs.Need, asker: int) -> None:
    if need.obstacle:
        raise ApprovalMissing(need.obstacle)
    if not need:
        raise WrongState(_("No rule asks for an approval: it can be sent."))
    if missing := needs.unmanned(contract, need.rules, asker):
        raise ApproverMissing(" ".join(missing))
