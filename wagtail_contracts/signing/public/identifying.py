"""The gate of a confidential contract: show who you are, then read.

It gives nothing of the contract: no title, text, file, state, and nobody who takes part.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wagtail_contracts.contracts.models import sender_name
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import CodeExpired, CodeWrong
from wagtail_contracts.signing.models import Challenge
from wagtail_contracts.signing.public import phrases, visitors
from wagtail_contracts.signing.public.affirming import RESEND
from wagtail_contracts.signing.public.landing import looked
from wagtail_contracts.signing.public.page import ParticipantPage, see_other


class Identify(ParticipantPage):
    """Ask for a code by mail, and type it in."""

    gated = False

    def instead(self) -> HttpResponse | None:
        """Whoever may read has nothing to do here."""
        return see_other(self.address_of("contract")) if signing.may_read(self.session) else None

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Say why, and what is recorded."""
        return self._page()

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Have a code sent, or compare one and open the contract."""
        challenge = self.challenge
        if challenge is None or request.POST.get("do") == "send":
            signing.ask_entry_code(self.session, by=self.by)
            return see_other(self.address_of("identify"))
        typed = "".join(request.POST.get("code", "").split())
        try:
            signing.enter(challenge, typed, by=self.by)
        except CodeWrong as wrong:
            return self._page(phrases.wrong_code(wrong.left), status=422)
        except CodeExpired as expired:
            return self._page(str(expired), status=422)
        return self._opened()

    @property
    def challenge(self) -> Challenge | None:
        """The code that this session asked for last, if it can still be typed in."""
        asked = self.session.challenges.filter(used_at=None, expires_at__gt=timezone.now())
        return asked.order_by("-pk").first()

    def _opened(self) -> HttpResponse:
        """To the contract, with a new secret of the session, on a device that is known from now."""
        response, person = see_other(self.address_of("contract")), self.participant
        had = visitors.device_of(self.request, person.public_id)
        if made := signing.note_device(person, had, by=self.by):
            visitors.remember_device(self.request, response, person.public_id, made)
        looked(self.session, self.by)
        secret = signing.renew(self.session, by=self.by)
        visitors.remember(self.request, response, self.session, secret)
        return response

    def _page(self, problem: str = "", *, status: int = 200) -> HttpResponse:
        return self.show("identify", status=status, problem=problem, **self._facts())

    def _facts(self) -> dict[str, Any]:
        challenge, workspace = self.challenge, self.contract.workspace
        since = (timezone.now() - challenge.asked_at).total_seconds() if challenge else 0
        return {
            "page": self,
            "asked": challenge is not None,
            "wait": max(0, int(RESEND - since)) if challenge else 0,
            "address": phrases.masked(self.participant.email),
            "organisation": workspace.legal_name,
            "sender": sender_name(self.contract),
            "contact": self.contract.owner.email or workspace.contact_email,
        }
