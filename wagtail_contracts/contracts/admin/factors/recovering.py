"""Recovery codes: shown once, each good for one time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.factors.pages import ROOM, FactorPage
from wagtail_contracts.contracts.admin.stepup import OWN, StepUpMixin, recovery_words
from wagtail_contracts.contracts.core import codes


class RecoveryView(StepUpMixin, FactorPage, FormView):
    """New codes in place of the old ones, by a fresh code."""

    template_name = f"{ROOM}/renew.html"
    page_title = gettext_lazy("Recovery codes")
    form_class = forms.Form

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """They stand in for a device: without one there is nothing to stand in for."""
        if not contracts.factors_of(request.user):
            return redirect(OWN)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many are left of those there are."""
        left = contracts.recovery_left(self.request.user)
        words = recovery_words(self.request.user)
        return super().get_context_data(left=left, recovery=words, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Make and show them."""
        return show_codes(self)


def show_codes(page: Any) -> HttpResponse:
    """Make new recovery codes and show them in this one answer."""
    made = contracts.renew_recovery(page.request.user, by=page.by)
    page.page_title = _("Your recovery codes")
    context = page.get_context_data(codes=[codes.grouped(code, 5) for code in made])
    context["onwards"] = page.back or page.address(OWN)
    return render(page.request, f"{ROOM}/codes.html", context)
