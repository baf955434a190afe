"""What is typed about who takes part: whom it is about, who comes in, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Contract, Participant, Party, person_name
from wagtail_contracts.contracts.rendering.means import MEANS, MeansMixin
from wagtail_contracts.contracts.rendering.said import SaidField
from wagtail_contracts.contracts.rendering.ways import WAYS, WaysMixin


class PersonForm(MeansMixin, WaysMixin):
    """Somebody who comes in: one of ours by their account, anybody else by name and address."""

    user: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        required=False,
        label=gettext_lazy("Colleague"),
        help_text=gettext_lazy("Only for our own side; then name and address are known."),
    )
    name = forms.CharField(required=False, label=gettext_lazy("Name"))
    email = forms.CharField(required=False, label=gettext_lazy("E-mail"))
    capacity = forms.CharField(
        required=False,
        label=gettext_lazy("Capacity"),
        help_text=gettext_lazy("For example “managing director”."),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        field: Any = self.fields["user"]
        field.queryset = permissions.colleagues(contract.workspace)
        field.label_from_instance = person_name

    def person(self) -> contracts.NewPerson:
        """The one that was named."""
        said, user = self.cleaned_data, self.cleaned_data["user"]
        return contracts.NewPerson(
            name=said["name"] or (person_name(user) if user else ""),
            email=said["email"] or (user.email if user else ""),
            capacity=said["capacity"],
            message=said.get("message", ""),
            user=user,
            phone=said.get("phone", ""),
            invited_by=said.get("invited_by", ""),
            **{name: said[name] for name in MEANS if name in said},
        )


def _reason(words: Any) -> SaidField:
    return SaidField(label=gettext_lazy("Reason"), help_text=words)


KEPT = gettext_lazy("It is kept with the contract, which the parties can read.")


def _one() -> forms.ModelChoiceField[Any]:
    field: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("Person"), empty_label=None, to_field_name="public_id"
    )
    field.widget = forms.RadioSelect()
    return field


def _choose(form: Any, contract: Contract) -> None:
    """Those who take part now."""
    people = Participant.objects.present().filter(party__contract=contract)
    form.fields["participant"].queryset = people.select_related("party").order_by("pk")
    form.fields["participant"].label_from_instance = _who


def _who(person: Participant) -> str:
    return _("%(name)s, for %(party)s") % {"name": person.name, "party": person.party.name}


class ReplaceForm(PersonForm):
    """Whom, by whom, and why."""

    participant = _one()
    reason = _reason(KEPT)
    field_order = ("participant", "user", "name", "email", *WAYS, "capacity", *MEANS, "reason")

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, contract=contract, **kwargs)
        _choose(self, contract)


class AddForm(PersonForm):
    """For which party, as what."""

    party: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=gettext_lazy("Party"), empty_label=None, to_field_name="public_id"
    )
    role = forms.ChoiceField(
        choices=Participant.Role.choices, label=gettext_lazy("Takes part as"), initial="reader"
    )
    message = forms.CharField(
        required=False,
        label=gettext_lazy("Message"),
        help_text=gettext_lazy("It stands in the invitation: at most 500 characters, no links."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("party", "role", "user", "name", "email", *WAYS, "capacity", *MEANS, "message")

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, contract=contract, **kwargs)
        field: Any = self.fields["party"]
        field.queryset = Party.objects.filter(contract=contract)


class RevokeForm(forms.Form):
    """Whose access, and why."""

    participant = _one()
    reason = _reason(KEPT)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, contract)


class AnswerForm(forms.Form):
    """Yes; or no, and why. `asked` is the request that was on the page."""

    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        choices=[
            ("accept", gettext_lazy("Let this person sign instead")),
            ("refuse", gettext_lazy("Leave it as it is")),
        ],
        label=gettext_lazy("Your answer"),
        widget=forms.RadioSelect,
    )
    reason = SaidField(
        required=False,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Needed for a no: whoever asked reads it."),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class OpeningForm(forms.Form):
    """A switch."""

    opens = forms.BooleanField(
        required=False,
        label=gettext_lazy("Open for signing when all agree"),
        help_text=gettext_lazy("All signatories and approvers of the other parties."),
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        kwargs["initial"] = {"opens": contract.opens_when_agreed}
        super().__init__(*args, **kwargs)
