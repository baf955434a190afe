"""One's own factors: what there is, and taking one out of use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.factors.pages import (
    ADD,
    PEOPLE,
    RECOVERY,
    REMOVE,
    ROOM,
    FactorPage,
)
from wagtail_contracts.contracts.admin.stepup import OWN, StepUpMixin, recovery_words


class OwnView(FactorPage, TemplateView):
    """What somebody confirms with."""

    template_name = f"{ROOM}/own.html"
    first = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The devices, how many recovery codes are left, and what may be done."""
        user = self.request.user
        found = contracts.factors_of(user)
        devices = [(device, self.address(REMOVE, device.persistent_id)) for device in found]
        return super().get_context_data(
            devices=devices,
            recovery=recovery_words(user),
            left=contracts.recovery_left(user),
            add=self.address(ADD),
            renew=self.address(RECOVERY),
            people=self.address(PEOPLE) if contracts.resets(user) else "",
            led=self.back,
            **kwargs,
        )


class RemoveView(StepUpMixin, FactorPage, FormView):
    """A device goes, by a fresh code of any."""

    template_name = f"{ROOM}/remove.html"
    page_title = gettext_lazy("Remove a device")
    header_icon = "bin"
    form_class = forms.Form

    @cached_property
    def device(self) -> Any:
        """One of one's own, or 404."""
        for device in contracts.factors_of(self.request.user):
            if device.persistent_id == self.kwargs["device"]:
                return device
        raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which, and whether it is the last one."""
        last = len(contracts.factors_of(self.request.user)) == 1
        return super().get_context_data(device=self.device, last=last, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it."""
        contracts.remove_factor(self.device, by=self.by)
        messages.success(self.request, _("The device was removed."))
        return redirect(OWN)
