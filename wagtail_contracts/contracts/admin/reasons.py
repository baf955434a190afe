"""Why a flow would refuse an act now, in its own words: beyond the right, and beyond the state."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import NotLocked, NotReady, WrongState
from wagtail_contracts.contracts.models import Approval, Contract, Participant, Verb
from wagtail_contracts.errors import Refusal

MOST = 3  # reasons that are told; the page of the act tells all


class Reasons:
    """The guards of the verbs, tried for one person and one contract."""

    def __init__(self, user: Any, contract: Contract) -> None:
        self.user, self.contract = user, contract

    def why_not(self, act: str) -> str:
        """What stands in the way; "" where nothing does."""
        guard: Callable[[], None] | None = getattr(self, f"_{act}", None)
        try:
            if guard:
                guard()
        except NotReady as lacking:
            return " ".join(lacking.missing[:MOST])
        except Refusal as refusal:
            return str(refusal)
        return ""

    @cached_property
    def content(self) -> dict[str, Any]:
        """What is stored now. Raises NotReady."""
        return contracts.compose(self.contract)

    def _send(self) -> None:
        contracts.insist_on_no_plan(self.contract)
        if found := contracts.missing(self.contract, self.content):
            raise NotReady(found)
        contracts.insist_on_approved(self.contract, self.content)

    def _revise(self) -> None:
        version = self.contract.current_version
        if version and version.content_digest == contracts.digest_of(self.content):
            raise WrongState(_("There is nothing to send: nothing has changed since it was sent."))
        contracts.insist_on_approved(self.contract, self.content)

    def _open_signing(self) -> None:
        contracts.insist_on_no_growth(self.contract)

    def _ask_approval(self) -> None:
        contracts.insist_may_ask(self.contract, self.content, self.user.pk)

    def _approve(self) -> None:
        contracts.insist_may_decide(self.contract, by=permissions.actor(self.user))

    def _recall_approval(self) -> None:
        contracts.insist_on_request(self.contract)

    def _answer_person(self) -> None:
        contracts.insist_on_person_request(self.contract)

    def _answer_approver(self) -> None:
        request = contracts.insist_on_request(self.contract)
        if not request.decisions.filter(decision=Approval.Decision.ASKED).exists():
            raise WrongState(_("No approver has asked anything."))

    def _call_off(self) -> None:
        contracts.insist_on_plan(self.contract)

    def _unlock_block(self) -> None:
        if not contracts.lockable(self.contract):
            raise NotLocked(_("No block of it is locked, or nothing in those can be written."))

    def _sign_in_person(self) -> None:
        people = Participant.objects.present().filter(party__contract=self.contract)
        if not people.filter(signs_by="in_person").exists():
            raise WrongState(_("Nobody signs this contract in person."))

    def _follow(self) -> None:
        contracts.insist_not_retracted(self.contract)

    def _archive(self) -> None:
        listing = getattr(self.contract, "listing", None)
        if listing is None or listing.archived_at is None:  # what is archived can come back
            contracts.insist_may_archive(self.contract)

    def _export_person(self) -> None:
        if not permissions.may(self.user, "sensitive", self.contract):
            right = f"“{Verb.SENSITIVE.label}”"
            raise WrongState(_("It needs the right %s in this workspace.") % right)

    _prove = _erase_person = _export_person

    def _owner(self) -> None:
        contracts.insist_may_change_owner(self.user, self.contract)
