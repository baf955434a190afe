"""Help for signers, and a new link for whoever lost theirs. Nothing of a contract stands here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import sender_name
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.public import visitors
from wagtail_contracts.signing.public.page import Page, ParticipantPage
from wagtail_contracts.signing.rendering import help as words


class Help(Page):
    """The general one, for everybody; in the language that `?language=` or the browser says."""

    def enter(self, request: HttpRequest, **kwargs: Any) -> None:
        """Take the language of the page that led here."""
        asked = request.GET.get("language", "")
        self.language = spoken(asked) if asked in dict(settings.LANGUAGES) else self.language

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.show("help", parts=words.parts())


class Lost(Help):
    """The form in it: an address, and always the same answer.

    It stands on the page of a link that opens nothing, too, so it has no token: two such pages are
    equal byte for byte. Nobody's right is used by sending it, and other sites' pages can't.
    """

    proves = False

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send new links to the address, if it is one that we know."""
        email = request.POST.get("email", "").strip()
        try:
            validate_email(email)
        except ValidationError:
            problem = _("Enter an e-mail address, for example kari@kunde.example.")
            told = {"problem": problem, "typed": email}
            return self.show("help", parts=words.parts(), status=422, **told)
        signing.ask_links(email, visitors.address(request), by=SYSTEM)
        return self.show("asked")


class MyHelp(ParticipantPage):
    """The same in the words of the workspace, for one of its participants."""

    gated = False

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Show it, with whom to ask."""
        return self.show(
            "help",
            page=self,
            parts=words.parts(self.workspace, self.participant.language),
            organisation=self.contract.workspace.legal_name,
            sender=sender_name(self.contract),
            contact=self.contract.owner.email or self.contract.workspace.contact_email,
        )
