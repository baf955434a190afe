"""The page on which a contract goes to another workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ActView, AwayMixin
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering.said import SaidField


class MoveForm(forms.Form):
    """Where to, among the workspaces in which one makes contracts, and why."""

    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("To the workspace")
    )
    reason = SaidField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "It stands in the history of our own side and of both workspaces; others don't see it."
        ),
    )

    def __init__(self, *args: Any, contract: Contract, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        others = permissions.workspaces(user, ["add"]).exclude(pk=contract.workspace_id)
        field.queryset = others.filter(training=contract.workspace.training)


class MoveView(AwayMixin, ActView):
    """From one team to another."""

    asks_code = True
    page_title = gettext_lazy("Move to another workspace")
    permission_required = "move"
    form_class = MoveForm
    from_states = frozenset(states.ALL)
    consequence = gettext_lazy(
        "Number, text, versions and people stay; what was signed does not change, and our own "
        "party stays who it is. The members, rules and deadlines of the new workspace hold from "
        "then on. The contract leaves its folder and loses its tags, and its template is no "
        "longer compared with newer ones."
    )
    button = gettext_lazy("Move the contract")
    done = gettext_lazy("The contract was moved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only where one may make contracts."""
        more = {"contract": self.contract, "user": self.request.user}
        return {**super().get_form_kwargs(), **more}

    def act(self, form: Any) -> None:
        contracts.move(
            self.contract, form.cleaned_data["to"], form.cleaned_data["reason"], by=self.by
        )
