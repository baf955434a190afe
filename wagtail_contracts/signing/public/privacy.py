"""The privacy notice: who keeps what, what for, how long, and what one may ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from wagtail_contracts.contracts.models import sender_name
from wagtail_contracts.signing.public.helping import Help
from wagtail_contracts.signing.public.page import ParticipantPage
from wagtail_contracts.signing.rendering import help as words
from wagtail_contracts.signing.rendering import recorded, register


class Privacy(Help):
    """The general one, for everybody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        kept = register.retention()
        return self.show("privacy", part=words.notice(), kept=kept, recorded=recorded.lines())


class MyPrivacy(ParticipantPage):
    """The same in the words of the workspace, with its own period."""

    gated = False

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Show it, with whom to ask."""
        workspace = self.contract.workspace
        return self.show(
            "privacy",
            page=self,
            part=words.notice(workspace, self.participant.language),
            kept=register.retention(workspace),
            recorded=recorded.lines(),
            organisation=workspace.legal_name,
            number=workspace.organisation_number,
            sender=sender_name(self.contract),
            contact=workspace.contact_email,
        )
