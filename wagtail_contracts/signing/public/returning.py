"""Coming back from a service that shows who somebody is.

Where a service sends people back to is one address for the whole site, so that it can be registered
with it; each means has its own (RFC 9700, 4.4). Looking at it does nothing (S-01): what came back
is posted on by a button.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.errors import (
    IdentityDiffers,
    NotIdentified,
    ProviderUnusable,
    SignInCancelled,
    SignInRefused,
)
from wagtail_contracts.signing.models import Purpose, SignIn
from wagtail_contracts.signing.public import entering, leaving, resuming
from wagtail_contracts.signing.public.affirming import REFUSALS, SigningPage
from wagtail_contracts.signing.public.page import ParticipantPage, see_other

NAMES = ("state", "code", "iss", "error")  # of an answer; what else there is, is not carried on
NOT_TAKEN = (IdentityDiffers, ProviderUnusable, SignInCancelled, SignInRefused, NotIdentified)


class Return(SigningPage):
    """Where somebody comes back to: one button, which presses itself where scripts run."""

    gated = False
    sign_in: SignIn | None = None

    def enter(self, request: HttpRequest, **kwargs: Any) -> None:
        """In this page whoever began it is known; for all others it is the same without names."""
        given = request.POST if request.method == "POST" else request.GET
        if (sign_in := signing.sign_in_of(given.get("state", ""))) is None:
            return
        with suppress(Http404, Refusal):
            super().enter(request, public_id=sign_in.participant.public_id)
            self.sign_in = sign_in if self.session.pk == sign_in.session_id else None

    def instead(self) -> HttpResponse | None:
        """Nothing: what is shown here says nothing of the contract."""
        return None

    @property
    def help(self) -> str:
        """For whoever is not known here the help of the site."""
        return super().help if self.sign_in else super(ParticipantPage, self).help

    @property
    def privacy(self) -> str:
        """Likewise the notice of the site."""
        return super().privacy if self.sign_in else super(ParticipantPage, self).privacy

    def get(self, request: HttpRequest, means: str) -> HttpResponse:
        """Say that one is back. Nothing is judged, used up or stored."""
        pairs = [(name, value) for name in NAMES for value in request.GET.getlist(name)]
        known = self.sign_in
        return self.show(
            "returned",
            pairs=pairs,
            means=means,
            service=methods.named(known.method) if known else "",
            purpose=known.purpose if known else "",
            is_last=known is None or signing.is_last_trip(known),
            number=known.version.number if known else 0,
            **(leaving.around(self) if known else {}),
        )

    def post(self, request: HttpRequest, means: str) -> HttpResponse:
        """Judge the answer, and do what the person left for."""
        pairs = [(name, value) for name in NAMES for value in request.POST.getlist(name)]
        try:
            if self.sign_in is None:
                signing.finish_sign_in(pairs, None, key=means, by=SYSTEM)
            return self._done(signing.finish_sign_in(pairs, self.session, key=means, by=self.by))
        except NOT_TAKEN as refused:
            if self.sign_in is None:
                raise
            return leaving.not_taken(self, self.sign_in.purpose, refused)
        except REFUSALS as error:
            return self.refused(error)

    def _done(self, back: signing.Returned) -> HttpResponse:
        if back.address:
            return leaving.show(self, back.purpose, back.address)
        if back.purpose == Purpose.OPENING:
            return entering.opened(self, resuming.resumed(self, back.place))
        if back.purpose == Purpose.FETCHING:
            return see_other(self.address_of("fetch"))
        return self._signed(back)

    def _signed(self, back: signing.Returned) -> HttpResponse:
        """With the name that was affirmed before leaving; without it, one affirms again."""
        act, identification = self.act(), back.identification
        if identification is None or act.get("digest") != identification.version.digest:
            return see_other(self.address_of("sign"))
        affirmed = self.affirmed(act)
        signing.sign(self.participant, act["digest"], identification, affirmed, by=self.by)
        return self.signed()
