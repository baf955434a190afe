"""What somebody would have otherwise: suggested, accepted into a version, or dismissed.

A suggestion was made on one version and is judged by the newest: it is put into today's text where
the words that it changes are still there, and refused where somebody has changed them since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts.core import states, taking_part
from wagtail_contracts.contracts.errors import (
    NotYourPart,
    StaleVersion,
    SuggestionRefused,
    WrongState,
)
from wagtail_contracts.contracts.flows import announcing, needs, proposing, working
from wagtail_contracts.contracts.flows.acting import insist, staff
from wagtail_contracts.contracts.flows.asking import lapse
from wagtail_contracts.contracts.flows.fitting import Fit, fit_of, insist_on_fit, newest
from wagtail_contracts.contracts.flows.partaking import insist_may
from wagtail_contracts.contracts.flows.proposing import Wish
from wagtail_contracts.contracts.flows.quotas import insist_on_few_suggestions
from wagtail_contracts.contracts.flows.saying import said
from wagtail_contracts.contracts.flows.sending import publish
from wagtail_contracts.contracts.flows.telling import tell_of, tell_owner_bundled
from wagtail_contracts.contracts.flows.versioning import insist_on_current
from wagtail_contracts.contracts.models import (
    ApprovalRequest,
    Contract,
    ContractVersion,
    Participant,
    Suggestion,
    Thread,
    staff_name,
)
from wagtail_contracts.contracts.models.guards import unguarded

MOST_OPEN = 50  # of one contract


@transaction.atomic
def suggest(
    participant: Participant, shown: str, wish: Wish, reason: str = "", *, by: Actor
) -> Suggestion:
    """Suggest a change in the version with the digest `shown`.

    Raises NotYourPart, WrongState, StaleVersion, SuggestionRefused, Unprintable.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    insist_may(participant, taking_part.SUGGEST, contract)
    _insist_on_other_side(participant, contract)
    version = insist_on_current(contract, shown)
    made = proposing.proposal(version, wish)
    insist_on_fit(proposing.applied(version.whole, made))
    _insist_on_room(contract)
    insist_on_few_suggestions(participant, by=by)
    reason = said(reason, "reason", SuggestionRefused)

    thread = {"contract": contract, "version": version, "block": wish.block}
    suggestion = _keep(thread, participant, made, reason)

    _record(suggestion, events.SUGGESTION_MADE, {"version": version.number}, by=by)
    tell_owner_bundled(contract, "suggested", by=by, participant=participant, block=wish.block)
    return suggestion


@transaction.atomic
def accept(suggestion: Suggestion, shown: str, *, by: Actor) -> ContractVersion:
    """Make a version of the newest text and a suggestion; the working copy gets it, too.

    Raises NotAllowed, WrongState, StaleVersion, NotReady, ApprovalMissing. `shown` is the content
    digest of what the page said it would become. Where the text says it already, the suggestion is
    accepted all the same, and the current version is returned.
    """
    contract, suggestion = _locked(suggestion, by=by)
    fit = fit_of(suggestion)
    if fit.digest != shown or fit.code not in ("", "same"):
        raise StaleVersion(_("The text has changed since it was shown. Look at it again."))
    if fit.code:
        _decide(contract, suggestion, Suggestion.State.ACCEPTED, by=by)
        return newest(contract)

    version = _publish(contract, suggestion, fit, by=by)

    _decide(contract, suggestion, Suggestion.State.ACCEPTED, made=version, by=by)
    others = [one for one in announcing.everybody(contract) if one != suggestion.participant]
    announcing.tell(others, "new_version", version=version.pk)
    return version


@transaction.atomic
def dismiss(suggestion: Suggestion, answer: str = "", *, by: Actor) -> None:
    """Leave the text as it is, and say why if one likes.

    Raises NotAllowed, WrongState, SuggestionRefused.
    """
    contract, suggestion = _locked(suggestion, by=by)
    answer = said(answer, "answer", SuggestionRefused)

    _decide(contract, suggestion, Suggestion.State.DISMISSED, answer=answer, by=by)


@transaction.atomic
def take_in(suggestion: Suggestion, *, by: Actor) -> None:
    """Put a suggestion into the working copy alone, so that it can be approved before it is sent.

    Raises NotAllowed, WrongState, StaleVersion. It stays open until it is accepted.
    """
    contract, suggestion = _locked(suggestion, by=by)
    fit = fit_of(suggestion)
    if fit.code:
        raise StaleVersion(fit.words)

    merged = working.both(contract, fit.proposal)
    working.take_over(contract, merged, by=by)
    lapse(contract, by=SYSTEM)

    told = {"merged": [], "mine": [], "theirs": [suggestion.thread.public_id]}
    announcing.record(contract, events.DRAFT_MERGED, told, by=by)


def _publish(contract: Contract, suggestion: Suggestion, fit: Fit, *, by: Actor) -> ContractVersion:
    """The next version of a locked contract, and the working copy with the same in it."""
    whole, asked = dict(fit.whole), contract.approval
    with translation.override(contract.language):
        reason = _("Suggested by %(name)s.") % {"name": suggestion.participant.name}
    merged, sent = working.both(contract, fit.proposal), working.sent_with(contract, fit.proposal)
    used = needs.is_granted(contract, needs.need_of(contract, dict(fit.content), whole))
    version = publish(contract, whole, reason, sent=sent, by=by)
    working.take_over(contract, merged, by=by)
    if asked and not used:
        _lapse(contract, asked)
    return version


def _lapse(contract: Contract, asked: ApprovalRequest) -> None:
    """Whoever was asked to approve something else is told that it is none any more."""
    with unguarded():
        contract.approval = asked
        contract.save(update_fields=["approval"])
    lapse(contract, by=SYSTEM)


# -- guards -------------------------------------------------------------------------------------


def _locked(suggestion: Suggestion, *, by: Actor) -> tuple[Contract, Suggestion]:
    """Both as they are now. Raises NotAllowed, WrongState."""
    contract = Contract.objects.lock(suggestion.thread.contract_id)
    insist("send", contract, by=by)
    if not states.allows(contract.state, "revise"):
        raise WrongState(_("Only a contract that is out can get a new version."))
    found = Suggestion.objects.with_all().get(pk=suggestion.pk)
    if not found.is_open:
        raise WrongState(_("This suggestion has been decided already."))
    found.thread.contract = contract
    return contract, found


def _insist_on_other_side(participant: Participant, contract: Contract) -> None:
    if contract.is_own(participant.party):
        raise NotYourPart(_("Our own side edits the contract and suggests nothing."))


def _insist_on_room(contract: Contract) -> None:
    known = Suggestion.objects.undecided().filter(thread__contract=contract)
    if known.count() >= MOST_OPEN:
        words = _("%(most)s suggestions wait for an answer already. Wait until they have one.")
        raise SuggestionRefused({"": words % {"most": MOST_OPEN}})


# -- changes ------------------------------------------------------------------------------------


def _decide(
    contract: Contract,
    suggestion: Suggestion,
    state: str,
    *,
    by: Actor,
    made: ContractVersion | None = None,
    answer: str = "",
) -> None:
    """Keep what was decided, close its thread, and tell whoever suggested it."""
    at, name = timezone.now(), staff_name(staff(by), contract)[:120]
    suggestion.state, suggestion.decided_at, suggestion.decided_by = state, at, name
    suggestion.made, suggestion.answer = made, answer
    thread = suggestion.thread
    thread.resolved_at, thread.resolved_by = at, name
    with unguarded():
        suggestion.save()
        thread.save(update_fields=["resolved_at", "resolved_by"])

    if state == Suggestion.State.ACCEPTED:
        told: dict[str, Any] = {"version": (made or newest(contract)).number}
        _record(suggestion, events.SUGGESTION_ACCEPTED, told, by=by)
    else:
        _record(suggestion, events.SUGGESTION_DISMISSED, _digested(thread, answer), by=by)
    tell_of([suggestion.participant], f"suggestion_{state!s}", by=by, block=thread.block)


def _keep(
    about: Mapping[str, Any], participant: Participant, made: Mapping[str, Any], reason: str
) -> Suggestion:
    with unguarded():
        thread = Thread.objects.create(kind=Thread.Kind.SUGGESTION, **about)
        return Suggestion.objects.create(
            thread=thread, participant=participant, kind=made["kind"], proposed=made, reason=reason
        )


def _digested(thread: Thread, answer: str) -> dict[str, str]:
    words = {"suggestion": thread.public_id, "text": answer}
    return {"answer": canonical.digest(canonical.COMMENT, words)} if answer else {}


def _record(suggestion: Suggestion, name: str, more: Mapping[str, Any], *, by: Actor) -> None:
    thread = suggestion.thread
    data = {
        "suggestion": thread.public_id,
        "block": thread.block,
        "kind": str(suggestion.kind),
        "proposal": canonical.digest(canonical.SUGGESTION, suggestion.proposed),
    }
    announcing.record(thread.contract, name, {**data, **more}, by=by)
