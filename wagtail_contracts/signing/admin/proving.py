"""The proof of a sealed contract, for whoever may take its data along."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.rendering.serving import answer
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import ActPage
from wagtail_contracts.signing.rendering.zipped import zipped


class ProofForm(forms.Form):
    """How much of it."""

    own = forms.BooleanField(
        label=gettext_lazy("Also what only our own side sees"),
        help_text=gettext_lazy("Approvals, notes and who looked: not for the other party."),
        required=False,
    )


class ProveView(ActPage):
    """A file to keep elsewhere, or to hand to a court."""

    permission_required = "export"
    asks_code = True
    form_class = ProofForm
    page_title = gettext_lazy("Take the proof along")
    consequence = gettext_lazy(
        "You get a ZIP file with the sealed files, with all that was recorded of this contract and "
        "the names and addresses in it, and with a program that checks it without this site. That "
        "you took it stands in the trail of our own side."
    )
    button = gettext_lazy("Download the proof")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether whoever asks may read what is sensitive, without which this is not for them."""
        may = permissions.may(self.request.user, "sensitive", self.contract)
        return {**super().get_context_data(**kwargs), "possible": may}

    def act(self, form: Any) -> None:
        self.made = signing.prove(self.contract, own=form.cleaned_data["own"], by=self.by)

    def answered(self) -> HttpResponse:
        """Hand the file over."""
        content = zipped(self.made)
        return answer(self.request, content, "application/zip", f"{self.contract.number}-proof.zip")
