"""A new link for somebody, in place of all earlier ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import ActPage


class ReissueForm(forms.Form):
    """Whose link."""

    participant: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Person"),
        widget=forms.RadioSelect,
        empty_label=None,
        to_field_name="public_id",
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["participant"]
        people = Participant.objects.present().filter(party__contract=contract)
        field.queryset = people.select_related("party").order_by("pk")
        field.label_from_instance = _who


class ReissueView(ActPage):
    """For a link that went to the wrong hands, or was lost."""

    page_title = gettext_lazy("Send a new link")
    form_class = ReissueForm
    consequence = gettext_lazy(
        "All links that the person has had stop working, and whoever has the page open is logged "
        "out. The person gets an e-mail with a new link."
    )
    button = gettext_lazy("End the old links and send a new one")
    done = gettext_lazy("The new link is on its way.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only people of this contract; the one that was asked about is chosen."""
        initial = {"participant": self.request.GET.get("participant", "")}
        return {**super().get_form_kwargs(), "contract": self.contract, "initial": initial}

    def act(self, form: Any) -> None:
        signing.reissue(form.cleaned_data["participant"], by=self.by)


def _who(person: Participant) -> str:
    return _("%(name)s, for %(party)s") % {"name": person.name, "party": person.party.name}
