"""The receipt of one's own signature. By POST: it is recorded that somebody took it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import headers
from wagtail_contracts.signing.public.page import ParticipantPage, see_other


class Receipt(ParticipantPage):
    """The file; for whoever has not signed, the contract's page."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The button is on the page that says “You have signed”."""
        return see_other(self.address_of("done"))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Print it for the one who asks, and send it."""
        try:
            content = signing.receipt(self.participant, link=self.link, by=self.by)
        except WrongState:
            return see_other(self.address_of("contract"))
        response = HttpResponse(content, content_type="application/pdf")
        # The number is made by the server: letters, digits and hyphens.
        name = f"{self.contract.number}-{self.version.number}-receipt.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Content-Security-Policy"] = headers.FILE
        return response
