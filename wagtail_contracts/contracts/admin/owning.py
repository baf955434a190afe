"""Another owner for one contract."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.acts import ROOM, ActView, AwayMixin
from wagtail_contracts.contracts.admin.lists.acts import OwnerForm
from wagtail_contracts.contracts.core import states


class OwnerView(AwayMixin, ActView):
    """For whoever owns it and may edit it, or administers it."""

    asks_code = True
    permission_required: Any = None
    any_permission_required: ClassVar[list[str]] = ["change", "administer"]
    page_title = gettext_lazy("Change the owner")
    header_icon = "user"
    template_name = f"{ROOM}/owner.html"
    form_class = OwnerForm
    from_states = frozenset(states.ALL)
    consequence = gettext_lazy(
        "The new owner answers for the contract and hears what becomes of it. Whoever owned it, "
        "and the new owner, are told."
    )
    button = gettext_lazy("Change the owner")
    done = gettext_lazy("The contract has another owner.")

    def get_form(self, form_class: Any = None) -> forms.Form:
        """Colleagues who may see contracts there."""
        form = super().get_form(form_class)
        field: Any = form.fields["owner"]
        colleagues = permissions.colleagues(self.contract.workspace)
        others = colleagues.exclude(pk=self.contract.owner_id)
        field.queryset = others.order_by("last_name", "first_name", "pk")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Possible for whom the flow lets."""
        may = contracts.may_change_owner(self.request.user, self.contract)
        return {**super().get_context_data(**kwargs), "possible": may}

    def act(self, form: Any) -> None:
        contracts.change_owner(self.contract, form.cleaned_data["owner"], by=self.by)
