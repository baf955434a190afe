"""How close one contract is kept: a choice before it is sent, and only a closer one afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.acts import ActView
from wagtail_contracts.contracts.core import confidential, states
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.confidential import CONFIDENTIAL


class ConfidentialForm(forms.Form):
    """The ways that may follow the one that holds."""

    way = forms.ChoiceField(
        label=gettext_lazy("Who reads it, and what leaves"),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["way"]
        now, state = contract.confidential, contract.state
        field.choices = [
            (way, words) for way, words in CONFIDENTIAL if confidential.may_become(now, way, state)
        ]
        field.initial = now


class ConfidentialView(ActView):
    """A choice for this contract alone."""

    page_title = gettext_lazy("Confidential")
    header_icon = "lock"
    form_class = ConfidentialForm
    from_states = states.INSIDE | states.OPEN
    consequence = gettext_lazy(
        "It counts at once: whoever has the contract open types in a code from their e-mail before "
        "they read on. Once it is sent, it can only be kept closer. No page can prevent that "
        "somebody photographs or copies by hand what they read."
    )
    button = gettext_lazy("Keep it so")
    done = gettext_lazy("That holds from now on.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """By what holds now."""
        return {**super().get_form_kwargs(), "contract": self.contract}

    def act(self, form: Any) -> None:
        contracts.keep_close(self.contract, form.cleaned_data["way"], by=self.by)
