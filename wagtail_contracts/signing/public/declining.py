"""Saying no: as easy as yes, with its consequence stated."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.errors import StaleVersion, WrongState
from wagtail_contracts.contracts.rendering.said import SaidField
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Decline
from wagtail_contracts.signing.public import changing, facts, gate
from wagtail_contracts.signing.public.page import ParticipantPage, see_other
from wagtail_contracts.signing.public.situations import Situation


class DeclineForm(forms.Form):
    """Why; in one's own words where none of ours fits."""

    kind = forms.ChoiceField(
        choices=Decline.Kind.choices,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )
    reason = SaidField(required=False)

    def clean(self) -> dict[str, Any]:
        """Something else is said in words."""
        given = super().clean() or {}
        if given.get("kind") == Decline.Kind.OTHER and given.get("reason") == "":
            self.add_error("reason", _("Say what the reason is."))
        return given


class Refuse(ParticipantPage):
    """The page where somebody declines."""

    keeps = True

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Ask why."""
        situation = Situation(self.contract, self.version, self.participant)
        if not situation.may_decline:
            return see_other(self.address_of("contract"))
        return self._page(DeclineForm(), situation)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """End the contract."""
        situation = Situation(self.contract, self.version, self.participant)
        if not situation.may_decline:
            return see_other(self.address_of("contract"))
        form = DeclineForm(request.POST)
        if not form.is_valid():
            return self._page(form, situation, status=422)
        try:
            signing.decline(
                self.participant,
                request.POST.get("digest", ""),
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
                by=self.by,
            )
        except StaleVersion:
            return changing.stale_page(self)
        except WrongState:
            return see_other(self.address_of("contract"))
        return see_other(self.address_of("contract"))

    def take_up(self) -> HttpResponse:
        """The reason stands in its form again."""
        situation = Situation(self.contract, self.version, self.participant)
        if not situation.may_decline:
            return see_other(self.address_of("contract"))
        form = DeclineForm(self.request.POST)
        form.add_error(None, str(gate.UNSENT))
        return self._page(form, situation)

    def _page(self, form: DeclineForm, situation: Situation, *, status: int = 200) -> HttpResponse:
        return self.show("decline", status=status, form=form, **facts.common(self, situation))
