"""Unlocking one block of one contract: who may, says why on a page of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ActView
from wagtail_contracts.contracts.admin.shown import block_names
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering.said import SaidField


class UnlockForm(forms.Form):
    """Which block, and why."""

    block = forms.ChoiceField(label=gettext_lazy("Block"))
    reason = SaidField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "It stands in the history of our own side; the others don't see it."
        ),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, field = block_names(contract), self.fields["block"]
        choices = [(id, names.get(id, id)) for id in contracts.lockable(contract)]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the types
        field.choices = choices


class UnlockView(ActView):
    """From locked to editable, for this contract alone."""

    page_title = gettext_lazy("Unlock a block")
    permission_required = "unlock_block"
    form_class = UnlockForm
    from_states = states.MAY_EDIT
    consequence = gettext_lazy(
        "Whoever edits this contract can rewrite the block from then on. The report of deviations "
        "names it, and every word that is changed. Template and other contracts stay as they are."
    )
    button = gettext_lazy("Unlock the block")
    done = gettext_lazy("The block is unlocked for this contract.")

    @property
    def back(self) -> str:
        """The editor, for whoever may edit."""
        if permissions.may(self.request.user, "change", self.contract):
            return reverse(self.edit_url_name, args=[quote(self.contract.pk)])
        return super().back

    def get_form_kwargs(self) -> dict[str, Any]:
        """The block that was asked about is chosen."""
        initial = {"block": self.request.GET.get("block", "")}
        return {**super().get_form_kwargs(), "contract": self.contract, "initial": initial}

    def act(self, form: Any) -> None:
        contracts.unlock(
            self.contract, form.cleaned_data["block"], form.cleaned_data["reason"], by=self.by
        )
