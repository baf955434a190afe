"""From one draft to a package: the other drafts that the same person signs, to be chosen from."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ActView
from wagtail_contracts.contracts.core import states


class GatherForm(forms.Form):
    """Which ones."""

    others = forms.TypedMultipleChoiceField(
        coerce=int,
        label=gettext_lazy("Drafts that the same person signs"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, found: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["others"]
        field.choices = [(one.pk, f"{one.title} ({one.number})") for one in found]


class GatherView(ActView):
    """Chooses, and leads to the page that sends them."""

    page_title = gettext_lazy("Send together with…")
    from_states = states.INSIDE
    form_class = GatherForm
    consequence = gettext_lazy(
        "Choose what goes with this contract. On the next page you see what is sent, and to whom."
    )
    button = gettext_lazy("Go on")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Drafts that one may send."""
        among: Any = permissions.having(self.request.user, ["send"])
        found = contracts.beside(self.contract, among)
        return {**super().get_form_kwargs(), "found": found}

    def form_valid(self, form: Any) -> HttpResponse:
        """Nothing is done here."""
        chosen = [self.contract.pk, *form.cleaned_data["others"]]
        url = reverse("wagtail_bulk_action", args=["wagtail_contracts", "contract", "together"])
        query = [*(("id", pk) for pk in chosen), ("next", self.back)]
        return redirect(f"{url}?{urlencode(query)}")

    def act(self, form: Any) -> None:
        """Nothing: the next page does."""
