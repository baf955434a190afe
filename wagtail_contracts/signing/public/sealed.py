"""The sealed copy. It is fetched by POST: a download is recorded, and looking records nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.public import headers
from wagtail_contracts.signing.public.page import ParticipantPage, see_other


class Sealed(ParticipantPage):
    """The file itself, once everyone has signed and it is sealed."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The button is on the contract's page."""
        return see_other(self.address_of("contract"))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Send it; while there is none, say so on the contract's page."""
        try:
            _found, content = signing.fetch(self.session, link=self.link, by=self.by)
        except NotIdentified:
            return see_other(self.address_of("fetch"))
        except WrongState:
            return see_other(self.address_of("contract"))
        response = HttpResponse(content, content_type="application/pdf")
        # The number is made by the server: letters, digits and hyphens.
        response["Content-Disposition"] = f'attachment; filename="{self.contract.number}.pdf"'
        response["Content-Security-Policy"] = headers.FILE
        return response
