"""A consumer's withdrawal from a signed contract: here, confirmed, with a receipt."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.errors import StaleVersion, WrongState
from wagtail_contracts.contracts.rendering import days
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import RetractionOver
from wagtail_contracts.signing.public import changing, facts
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation


class Retract(ParticipantPage):
    """The statement, the button that confirms it, and afterwards the receipt."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Show what is about to be said, or what was said."""
        if signing.retraction_of(self.contract):
            return self._receipt()
        until = signing.retracts_until(self.participant, self.version)
        return self._page(until) if until else see_other(self.address_of("contract"))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Withdraw."""
        digest = request.POST.get("digest", "")
        try:
            signing.retract(self.participant, digest, self._statement(), by=self.by)
        except StaleVersion:
            return changing.stale_page(self)
        except RetractionOver:
            until = signing.retracts_until(self.participant, self.version)
            return self._page(until, status=422)
        except WrongState:
            return see_other(self.address_of("contract"))
        return see_other(self.address_of("retract"))

    def _statement(self) -> str:
        """What is said, word for word as the page shows it."""
        words = {
            "name": self.participant.name,
            "number": self.contract.number,
            "organisation": self.contract.workspace.legal_name,
        }
        said = _("To %(organisation)s: I, %(name)s, withdraw from contract %(number)s.")
        return said % words

    def _page(self, until: date | None, *, status: int = 200) -> HttpResponse:
        """The statement with its button, or that the time is over."""
        situation = Situation(self.contract, self.version, self.participant)
        over = until is not None and timezone.now().astimezone(situation.zone).date() > until
        return self.show(
            "retract",
            status=status,
            statement=self._statement(),
            until=days.day(until) if until else "",
            over=over,
            **facts.common(self, situation),
        )

    def _receipt(self) -> HttpResponse:
        situation = Situation(self.contract, self.version, self.participant)
        return self.show(
            "retracted",
            said=signing.retraction_words(self.contract),
            **facts.common(self, situation),
        )
