"""What an open overview asks every few seconds: whether anything has moved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View

from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import ContractPage
from wagtail_contracts.signing.rendering.states import answer


class StateView(ContractPage, View):
    """A few facts and stamps as JSON; nothing is written."""

    records_looks = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The state, or 304 if it is still the one that the page knows."""
        response = answer(request, signing.staff_sees(self.contract, request.user))
        response["Cache-Control"] = "no-store, private"
        return response
