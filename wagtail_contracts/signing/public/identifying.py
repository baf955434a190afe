"""The gate of a confidential contract: show who you are, then go on where you were going.

It gives nothing of the contract: no title, text, file, state, and nobody who takes part.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import CodeExpired, CodeWrong, NotIdentified, TooMany
from wagtail_contracts.signing.models import Purpose
from wagtail_contracts.signing.public import entering, gate, leaving, phrases
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
            known = gate.match_of(self.home, self.place)
            return leaving.leave(self, Purpose.OPENING, place=self.place if known else "")
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
        return entering.opened(self, self._taken_up())

    def _taken_up(self) -> HttpResponse:
        """What was typed, in its form again or kept as a draft; nothing is sent by that."""
        found = gate.match_of(self.home, self.place)
        typed: Any = gate.released(self.carried)
        if found is None or not typed:
            return see_other(self.onward)
        view: Any = found.func
        page = view.view_class()
        self.request.POST = typed
        page.setup(self.request, **found.kwargs)
        page.nonce = self.nonce
        page.enter(self.request, **found.kwargs)
        try:
            response: HttpResponse = page.instead() or page.take_up()
        except Http404:  # what it was about is closed by now
            return see_other(self.home)
        self.frames = page.frames
        return response
