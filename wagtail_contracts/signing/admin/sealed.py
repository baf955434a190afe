"""The sealed file: where it is, why it is late, and how to fetch it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from wagtail_contracts import events
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.delivery_words import Standing, standing
from wagtail_contracts.signing.admin.pages import ContractPage, address
from wagtail_contracts.signing.flows.watching import SEALER
from wagtail_contracts.signing.rendering import seals


@dataclass(frozen=True)
class Sealing:
    """The file, or the message that asks for it; `late` says why it has not been made."""

    file: SealedFile | None
    message: Message | None

    @property
    def level(self) -> str:
        """How far the seal goes."""
        return seals.level(self.file.level) if self.file else ""

    @cached_property
    def wanting(self) -> dict[str, Any]:
        """How far it was to go, what it lacks for that and since when; {} for nothing."""
        found = signing.wanting(self.file)
        if found is None:
            return {}
        words = {"level": seals.level(found.wanted), "lacks": seals.lacks(found.lacks)}
        return {**words, "since": found.since}

    @property
    def late(self) -> str:
        """What went wrong at the last attempt."""
        return self.message.last_error if self.message else ""

    @property
    def standing(self) -> Standing | None:
        """How often it was tried, and when it is next."""
        return standing(self.message, timezone.now()) if self.message else None


def sealing_of(contract: Contract) -> Sealing | None:
    """Where the seal of a signed contract stands; None for any other."""
    if contract.state != "signed":
        return None
    found = signing.sealed_file(contract.current_version)
    return Sealing(found, None if found else _message(contract))


def _message(contract: Contract) -> Message | None:
    asked = Message.objects.filter(topic=events.CONTRACT_SIGNED, subscriber=SEALER, done_at=None)
    return asked.about(contract=contract.pk).order_by("-pk").first()


class SealedView(ContractPage, View):
    """The file itself."""

    http_method_names = ["post"]  # it is recorded, and looking changes nothing

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Hand it over, and record that."""
        if not permissions.taking_whole(request.user, [self.contract]):
            messages.error(request, _("It holds sensitive data, which you may not see."))
            return redirect(address("inspect", self.contract))
        try:
            _file, content = signing.download(self.contract, by=self.by)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(address("inspect", self.contract))
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{self.contract.number}.pdf"'
        response["Cache-Control"] = "no-store, private"
        return response


class SealAgainView(ContractPage, View):
    """Asks the worker to try again now."""

    http_method_names = ["post"]
    permission_required = "send"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Retry the message."""
        message = _message(self.contract)
        try:
            if message is not None:
                signing.retry(message, by=self.by)
                messages.success(request, _("It is tried again now."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect(address("inspect", self.contract))
