"""Asking for the approval that a contract needs before it can leave."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.approving.deciding import ROOM
from wagtail_contracts.contracts.admin.approving.standing import AskForm
from wagtail_contracts.contracts.admin.sending import ShowingView
from wagtail_contracts.contracts.core import states


class AskView(ShowingView):
    """Where the form of the page before sending leads, as long as an approval is needed first."""

    asks_code = False
    template_name = f"{ROOM}/ask.html"
    page_title = gettext_lazy("Ask for approval")
    header_icon = "user"
    form_class = AskForm
    from_states = states.OPEN | {states.DRAFT}
    done = gettext_lazy("The approvers were asked. You are told what they decide.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Possible while somebody can be asked."""
        context = super().get_context_data(**kwargs)
        return {**context, "possible": context["possible"] and self.standing.asks}

    def act(self, form: Any) -> None:
        """Rehearse first: what can't be printed needs no approval."""
        said = form.cleaned_data
        self.insist_on_shown(form)
        self.rehearse()
        contracts.request_approval(self.contract, said["digest"], note=said["note"], by=self.by)
