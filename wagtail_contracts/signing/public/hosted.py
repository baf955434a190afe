"""In person: a guest on the device of a host, who gets it back; nothing else of it is reached."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import visitors
from wagtail_contracts.signing.public.page import ParticipantPage, see_other

CLEAR = '"cache"'  # of the browser: no page that was shown comes back by its button


class Back(ParticipantPage):
    """The guest is done, or goes; the host takes the device."""

    gated = False

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """There is a button for it on every page."""
        return see_other(self.address_of("contract"))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """End the session, and leave nothing of it in the browser."""
        if not self.host:
            return see_other(self.address_of("contract"))
        signing.hand_back(self.session, by=self.by)
        onward = reverse("wagtail_contracts_contract:inspect", args=[self.contract.pk])
        response = self.show("handed_back", page=self, host=self.host, onward=onward)
        visitors.forget(request, response, public_id)
        response["Clear-Site-Data"] = CLEAR
        return response
