"""Somebody was shown to be another than the one invited: who, and what the sender makes of it.

Two names are shown, and never what a register holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.days import short_moment
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import ActPage
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.models import Mismatch


@dataclass(frozen=True)
class Row:
    """One of them, in words; a name can be accepted."""

    id: int
    person: Participant
    name: str
    service: str
    when: str
    acceptable: bool


def rows(contract: Contract) -> Iterator[Row]:
    """All that is not settled, the newest first."""
    for found in signing.mismatches(contract):
        yield Row(
            id=found.pk,
            person=found.participant,
            name=found.name or _("somebody without a name"),
            service=methods.named(found.method),
            when=short_moment(found.at),
            acceptable=found.about == Mismatch.About.NAME and bool(found.name),
        )


class AcceptNameForm(forms.Form):
    """Whose name."""

    mismatch: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("Who came"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["mismatch"]
        mine = Mismatch.objects.filter(participant__party__contract=contract, accepted_at=None)
        names = mine.filter(about=Mismatch.About.NAME).select_related("participant")
        field.queryset = names.order_by("-pk")
        field.label_from_instance = _who


class AcceptNameView(ActPage):
    """The same person under another name, if the sender says so."""

    asks_code = True
    page_title = gettext_lazy("Accept a name")
    form_class = AcceptNameForm
    consequence = gettext_lazy(
        "Whoever came is taken for the one invited: the same person, under this name, may show who "
        "they are once more, and sign. They get an e-mail. That you accepted it is recorded."
    )
    button = gettext_lazy("Accept the name")
    done = gettext_lazy("The name is accepted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only those of this contract; the one that was asked about is chosen."""
        initial = {"mismatch": self.request.GET.get("mismatch", "")}
        return {**super().get_form_kwargs(), "contract": self.contract, "initial": initial}

    def act(self, form: Any) -> None:
        signing.accept_name(form.cleaned_data["mismatch"], by=self.by)


def _who(mismatch: Mismatch) -> str:
    words = {"name": mismatch.name, "invited": mismatch.participant.name}
    return _("Signed in as %(name)s, invited was %(invited)s") % words
