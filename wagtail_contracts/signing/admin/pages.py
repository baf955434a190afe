"""What the editors' pages about signing have in common.

The views are handed to the contracts' viewset, whose gate finds the contract: `gated` is it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.permissions.doors import ActorMixin
from wagtail_contracts.errors import Refusal

NAMESPACE = "wagtail_contracts_contract"
ROOM = "wagtail_contracts/signing/admin"


def address(name: str, contract: Any) -> str:
    """The address of one of a contract's pages in the admin."""
    return reverse(f"{NAMESPACE}:{name}", args=[quote(contract.pk)])


class ContractPage(ActorMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page about one contract."""

    model = Contract
    permission_required = "view"
    header_icon = "doc-full"
    index_url_name: Any = None  # filled in by the viewset
    gated: Any

    @property
    def contract(self) -> Any:
        """The contract that the gate found."""
        return self.gated

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Contracts, this one, and where this is."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Contracts")},
            {"url": address("inspect", self.contract), "label": self.contract.title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_page_subtitle(self) -> str:
        """Which contract."""
        return str(self.contract.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The contract, and the way back."""
        back = address("inspect", self.contract)
        return super().get_context_data(contract=self.contract, back=back, **kwargs)


class NothingForm(forms.Form):
    """A button is enough."""


class ActPage(ContractPage, FormView, ABC):
    """One act: what follows from it, a form, a button that says what it does."""

    permission_required = "send"
    template_name = f"{ROOM}/act.html"
    form_class: Any = NothingForm
    consequence: Any = ""
    button: Any = ""
    done: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What follows, and the button."""
        return super().get_context_data(
            consequence=self.consequence, button=self.button, possible=True, **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """Do it, or say why not."""
        try:
            self.act(form)
        except Refusal as refusal:
            form.add_error(self.about(refusal, form), str(refusal))
            return self.form_invalid(form)
        return self.answered()

    def answered(self) -> HttpResponse:
        """Say that it is done, and go on to the contract."""
        messages.success(self.request, str(self.done))
        return redirect(address("inspect", self.contract))

    def about(self, refusal: Refusal, form: Any) -> str | None:
        """The field that a refusal is about, None for all of the form."""
        return None

    @abstractmethod
    def act(self, form: Any) -> None:
        """Call the verb."""
