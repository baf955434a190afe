"""The one next step of a contract: a sentence, and where there is something to do, a button."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import OUT, PersonRequest
from wagtail_contracts.contracts.rendering import plans
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import address
from wagtail_contracts.signing.admin.sealed import Sealing
from wagtail_contracts.signing.models import Decline


@dataclass(frozen=True)
class Next:
    """The one next step: a sentence, and where there is something to do, a button."""

    words: str
    label: str = ""
    url: str = ""
    icon: str = ""
    posts: bool = False


class Coming:
    """What comes next, for whoever looks at the page of a contract; `page` knows the rest."""

    def __init__(self, page: Any) -> None:
        self.page, self.request, self.contract = page, page.request, page.contract
        self.may_send: bool = page.may_send

    @property
    def mine(self) -> bool:
        """Whether it is the turn of the one who looks."""
        return bool(self.page.mine)

    @property
    def sealing(self) -> Sealing | None:
        """Where the seal stands."""
        found: Sealing | None = self.page.sealing
        return found

    @property
    def next(self) -> Next:
        """By state, and by what the one who asks may do; what is confirmed leaves by itself."""
        if self.fate:
            return self._next_planned(self.fate)
        if asked := self._asked:
            words = _("%(name)s wants somebody else to sign, and asks whether that is right.")
            url = address("answer_person", self.contract)
            return Next(words % {"name": asked.participant.name}, _("Answer…"), url, "user")
        made: Next = getattr(self, f"_next_{self.contract.state}")()
        return made

    @cached_property
    def fate(self) -> contracts.Fate | None:
        """What becomes of a sending that is confirmed."""
        return contracts.fate(self.contract)

    @property
    def _asked(self) -> PersonRequest | None:
        """Who asks for another signatory, where that is for the one who looks to answer."""
        if not (self.contract.state in OUT and self.may_send):
            return None
        try:
            return contracts.insist_on_person_request(self.contract)
        except WrongState:
            return None

    def _next_planned(self, fate: contracts.Fate) -> Next:
        if not fate.holds:
            words = plans.stopped(fate.plan.at, fate.code)
            label, url = _("Confirm again…"), address("send", self.contract)
            return Next(words, label, url, "mail") if self.may_send else Next(words)
        words = _("It is confirmed, and leaves on %(moment)s exactly as it is.")
        words = words % {"moment": plans.moment(fate.plan.at)}
        words = f"{words} {plans.together(fate.plan)}".strip()
        label, url = _("Call it off"), address("call_off", self.contract)
        return Next(words, label, url, "cross", posts=True) if self.may_send else Next(words)

    def _next_draft(self) -> Next:
        if not self.may_send:
            return Next(_("This is a draft. Nobody outside has seen it."))
        words = _("This is a draft. Nobody outside has seen it.")
        if self._is_unnamed:
            return Next(words, _("Go on…"), address("parties", self.contract), "edit")
        return Next(words, _("Send…"), address("send", self.contract), "mail")

    def _next_in_approval(self) -> Next:
        words = _("Waiting for an approval from inside. Nobody outside has seen it.")
        if permissions.may(self.request.user, "approve", self.contract):
            return Next(words, _("See what to approve"), address("approve", self.contract), "user")
        if not self.may_send:
            return Next(words)
        return Next(words, _("See how far it is"), address("send", self.contract), "view")

    def _next_approved(self) -> Next:
        words = _("Ready to send: every approval is there.")
        if not self.may_send:
            return Next(words)
        return Next(words, _("Send…"), address("send", self.contract), "mail")

    @property
    def _is_unnamed(self) -> bool:
        """Whether somebody left a new contract before they named the parties."""
        return any(not party.name for party in self.contract.parties.all())

    def _next_negotiating(self) -> Next:
        words = _("The others read and fill in. Nobody can sign before you open it for signing.")
        version = self.contract.current_version
        if version and contracts.all_agree(self.contract, version):
            words = _("The others agree to version %(number)s. Open it for signing to go on.")
            words %= {"number": version.number}
        if not self.may_send:
            return Next(words)
        if contracts.unapproved(self.contract):
            return self._next_approval()
        url = address("open_signing", self.contract)
        return Next(words, _("Open for signing…"), url, "edit")

    def _next_approval(self) -> Next:
        """What the others filled in needs a yes that it has not."""
        if self.contract.approval is None:
            words = _("What the others have filled in needs an approval before our side signs it.")
            return Next(
                words, _("Ask for approval…"), address("ask_approval", self.contract), "user"
            )
        words = _("What the others have filled in waits for an approval from inside.")
        return Next(words, _("See how far it is"), address("ask_approval", self.contract), "view")

    def _next_signing(self) -> Next:
        if self.may_send and contracts.unapproved(self.contract):
            return self._next_approval()
        if self.mine:
            url = address("sign", self.contract)
            return Next(_("It is your turn to sign for us."), _("Sign for us…"), url, "edit")
        waiting = signing.waited_for(self.contract)
        words = _("Waiting for %(names)s.") % {"names": ", ".join(map(str, waiting))}
        if not self.may_send or not waiting:
            return Next(words)
        first = waiting[0]
        url = f"{address('remind', self.contract)}?participant={first.public_id}"
        return Next(words, _("Remind %(name)s…") % {"name": first.name}, url, "mail")

    def _next_signed(self) -> Next:
        if made := signing.retraction_of(self.contract):
            words = _("%(name)s withdrew as a consumer. Pay back what was paid, within 14 days.")
            return Next(words % {"name": made.participant.name})
        if self.sealing and self.sealing.file:
            url = address("sealed", self.contract)
            words = _("Everybody has signed, and the contract is sealed.")
            return Next(words, _("Download the sealed PDF"), url, "download", posts=True)
        if self.sealing and self.sealing.late:
            return Next(_("Everybody has signed. The seal is delayed; see below why."))
        return Next(_("Everybody has signed. The contract is being sealed."))

    def _next_declined(self) -> Next:
        found = Decline.objects.filter(version__contract=self.contract).select_related(
            "participant"
        )
        declined = found.first()
        if declined is None:
            return Next(_("The contract was declined."))
        words = {"name": declined.participant.name, "kind": declined.get_kind_display()}
        said = _("%(name)s declined: %(kind)s.") % words
        return Next(f"{said} “{declined.reason}”" if declined.reason else said)

    def _next_expired(self) -> Next:
        words = _("The deadline has passed. Nobody can sign now.")
        if not self.may_send:
            return Next(words)
        url = address("extend", self.contract)
        return Next(words, _("Extend the deadline…"), url, "date")

    def _next_withdrawn(self) -> Next:
        return Next(_("The contract was withdrawn. Nothing more can be done with it."))
