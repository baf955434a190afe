"""You have signed: when, how, and what happens next."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.public import facts
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation
from wagtail_contracts.signing.rendering import drawings


class Done(ParticipantPage):
    """You have signed, and what happens next."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Show it to whoever has signed the newest version."""
        situation = Situation(self.contract, self.version, self.participant)
        given = situation.place.signature if situation.place else None
        if given is None or self.contract.state == "withdrawn":
            return see_other(self.address_of("contract"))
        if situation.place and situation.place.lacks and situation.is_open:
            return see_other(self.address_of("witness"))
        return self.show(
            "done",
            method=methods.how(given.identification.method),
            level=given.level,
            drawn=_drawn(given),
            party=situation.place.party if situation.place else {},
            **facts.common(self, situation),
            **facts.moving(self),
        )


def _drawn(signature: Signature) -> dict[str, Any]:
    """The lines that somebody drew, and whose they are; {} for none."""
    path = drawings.path(signature.drawing)
    return {"path": path, "name": signature.name} if path else {}
