"""The gate of a confidential contract: show who you are, then go on where you were going.

It gives nothing of the contract: no title, text, file, state, and nobody who takes part.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import CodeExpired, CodeWrong, NotIdentified, TooMany
from wagtail_contracts.signing.models import Purpose
from wagtail_contracts.signing.public import entering, gate, leaving, phrases, resuming
from wagtail_contracts.signing.public.page import ParticipantPage, see_other


class Identify(ParticipantPage):
    """Ask for a code by mail, and type it in."""

    gated = False

    def instead(self) -> HttpResponse | None:
        """Whoever may read has nothing to do here."""
        return see_other(self.onward) if signing.may_read(self.session) else None

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Say why, and what is recorded."""
        return gate.show(self, self.place)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Have a code sent, or compare one and open the contract."""
        if request.POST.get("do") == "leave":
            return leaving.leave(self, Purpose.OPENING, waits=self.waits)
        challenge = gate.challenge_of(self.session, Purpose.OPENING)
        if challenge is None or request.POST.get("do") == "send":
            return self._ask()
        try:
            signing.enter(challenge, request.POST.get("code", ""), by=self.by)
        except CodeWrong as wrong:
            return self._again(phrases.wrong_code(wrong.left), 422)
        except CodeExpired as expired:
            return self._again(str(expired), 422)
        return self._opened()

    @property
    def place(self) -> str:
        """Where somebody was going, as the address of this page says."""
        return self.request.GET.get("to", "")[: gate.LONGEST]

    @property
    def home(self) -> str:
        """The contract's address, below which all pages of a participant are."""
        return self.address_of("contract")

    @property
    def onward(self) -> str:
        """The address of that, or of the contract."""
        return gate.onward(self.home, self.place)

    @property
    def waits(self) -> signing.Waits:
        """What is to wait here while they are away; a place that is none of ours does not."""
        known = gate.match_of(self.home, self.place)
        return signing.Waits(place=self.place, typed=self.carried) if known else signing.Waits()

    @property
    def carried(self) -> str:
        """What somebody had typed when the gate was shut before them."""
        return self.request.POST.get("held", "")

    def _ask(self) -> HttpResponse:
        try:
            signing.ask_entry_code(self.session, by=self.by)
        except TooMany as refused:
            return self._again(str(refused), 429)
        except NotIdentified as missing:
            return self._again(str(missing), 422)
        return self._again("", 200) if self.carried else see_other(gate.address(self, self.place))

    def _again(self, problem: str, status: int) -> HttpResponse:
        return gate.show(self, self.place, carried=self.carried, problem=problem, status=status)

    def _opened(self) -> HttpResponse:
        """Onward."""
        return entering.opened(self, resuming.resumed(self, self.place, self.carried))
