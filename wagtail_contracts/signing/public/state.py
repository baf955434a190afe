"""What an open page asks every few seconds: whether anything has moved for its reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public.page import ParticipantPage
from wagtail_contracts.signing.rendering.states import answer


class State(ParticipantPage):
    """A few facts and stamps as JSON; nothing is written, whoever asks and however often."""

    unread = ("record", "offer", "reason")

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The state, or 304 if it is still the one that the page knows."""
        found = signing.seen_by(self.participant, self.contract, self.version)
        return answer(request, found)
