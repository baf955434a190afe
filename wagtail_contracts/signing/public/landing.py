"""Where a personal link leads: who sent it and one button, which exchanges it for a session.

Mail scanners and previews open links; so looking changes nothing and shows nothing of the contract.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import person_name
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import ExpiredLink, TooMany
from wagtail_contracts.signing.models import SigningSession
from wagtail_contracts.signing.public import looks, visitors
from wagtail_contracts.signing.public.page import Page, see_other

TARGETS = {  # what `?to=` may name
    name: name for name in ("changes", "sign", "people", "threads", "package", "retract")
}


class Landing(Page):
    """The page behind a link in a mail."""

    def enter(self, request: HttpRequest, **kwargs: Any) -> None:
        """Find out whose link this is. Raises UnknownLink."""
        self.participant, self.package = None, signing.package_behind(kwargs["token"])
        self.host = None
        try:
            self.participant = signing.invited(kwargs["token"])
            self.host = signing.host_of(kwargs["token"])
        except ExpiredLink:
            return
        self.language = spoken(self.participant.language)
        self.workspace = self.participant.party.contract.workspace

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """Say who sent it."""
        if self.participant is None:
            return self.show("expired")
        contract = self.participant.party.contract
        if self.host is not None:
            host = person_name(self.host)
            return self.show("hosted", contract=contract, person=self.participant, host=host)
        return self.show("landing", contract=contract, package=self.package, token=token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Exchange the link for a session, or ask for a new one when it is over."""
        if self.participant is None:
            return self._ask(token)
        by = signing.actor_of(self.participant, visitors.address(request))
        had = visitors.cookie_of(request, self.participant.public_id)
        session, secret = signing.admit(token, replaces=had, by=by)
        if signing.may_read(session):
            looked(session, by)
        page = TARGETS.get(request.GET.get("to", ""), "contract")
        page = "contract" if page == "package" and session.package_id is None else page
        response = see_other(
            reverse(f"wagtail_contracts:{page}", args=[session.participant.public_id])
        )
        visitors.remember(request, response, session, secret)
        return response

    def _ask(self, token: str) -> HttpResponse:
        """Always the same answer: nobody learns from it how often was asked."""
        with suppress(TooMany):
            signing.ask_link(token, by=SYSTEM)
        return self.show("asked")


def looked(session: SigningSession, by: Any) -> None:
    """The next page shows the newest version; where nothing of it is shown, nothing is said."""
    contract = session.participant.party.contract
    if contract.state != "withdrawn" and contract.current_version:
        contracts.view(session.participant, contract.current_version.digest, by=looks.from_afar(by))
