"""Who takes part, from our side: replacing, letting in, showing out, and answering who asks."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import PersonRefused, ReasonMissing, WrongState
from wagtail_contracts.contracts.models import (
    Contract,
    Participant,
    Party,
    PersonRequest,
    person_name,
)
from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import OPEN, ActPage

LONGEST_REASON = 1000


class PersonForm(forms.Form):
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
        )


def _reason(words: Any) -> forms.CharField:
    field = forms.CharField(max_length=LONGEST_REASON, label=gettext_lazy("Reason"))
    field.widget, field.help_text = forms.Textarea(attrs={"rows": 3}), words
    return field


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
    field_order = ("participant", "user", "name", "email", "capacity", "reason")

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
    field_order = ("party", "role", "user", "name", "email", "capacity", "message")

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
    """Yes; or no, and why."""

    answer = forms.ChoiceField(
        choices=[
            ("accept", gettext_lazy("Let this person sign instead")),
            ("refuse", gettext_lazy("Leave it as it is")),
        ],
        label=gettext_lazy("Your answer"),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Needed for a no: whoever asked reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
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


class PeoplePage(ActPage):
    """One act on who takes part; a refusal stands at the field that it is about."""

    from_states: Any = OPEN

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether it can be done at all, too."""
        return {**super().get_context_data(**kwargs), "possible": self.is_possible}

    @property
    def is_possible(self) -> bool:
        """Whether the contract is where this is done."""
        return self.contract.state in self.from_states

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only people of this contract; the one that was asked about is chosen."""
        initial = {"participant": self.request.GET.get("participant", "")}
        return {"initial": initial, **super().get_form_kwargs(), "contract": self.contract}

    def about(self, refusal: Refusal, form: Any) -> str | None:
        """The field that a refusal is about."""
        field = "reason" if isinstance(refusal, ReasonMissing) else getattr(refusal, "field", "")
        return field if field in form.fields else None


class ReplaceView(PeoplePage):
    """Somebody else in a person's place, in the same role."""

    asks_code = True
    page_title = gettext_lazy("Replace a person")
    form_class = ReplaceForm
    consequence = gettext_lazy(
        "The old link and every open page of that person end at once. The new one gets an e-mail "
        "with a link of their own. Another signatory makes a new version: signatures that were "
        "given do not count any more, and everybody is told."
    )
    button = gettext_lazy("Replace the person")
    done = gettext_lazy("The person was replaced.")

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        signing.replace_person(said["participant"], form.person(), said["reason"], by=self.by)


class AddView(PeoplePage):
    """Somebody beside those who take part."""

    asks_code = True
    page_title = gettext_lazy("Add a person")
    form_class = AddForm
    consequence = gettext_lazy(
        "The person gets an e-mail with a link of their own, and everybody who takes part is told. "
        "Another signatory makes a new version: signatures that were given do not count any more."
    )
    button = gettext_lazy("Add the person")
    done = gettext_lazy("The person takes part now.")

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        contracts.add_person(said["party"], form.person(), said["role"], by=self.by)


class RevokeView(PeoplePage):
    """The end of somebody's access."""

    asks_code = True
    page_title = gettext_lazy("End somebody’s access")
    form_class = RevokeForm
    from_states = (*OPEN, "expired", "signed", "declined")
    consequence = gettext_lazy(
        "The link and every open page of that person end at once, and they get an e-mail. What "
        "they have read or saved before can’t be taken back."
    )
    button = gettext_lazy("End the access")
    done = gettext_lazy("The person has no access any more.")

    def act(self, form: Any) -> None:
        said = form.cleaned_data
        contracts.revoke_access(said["participant"], said["reason"], by=self.by)


class AnswerPersonView(PeoplePage):
    """A participant has named somebody who is to sign instead."""

    asks_code = True
    page_title = gettext_lazy("Another signatory")
    form_class = AnswerForm
    button = gettext_lazy("Answer")
    done = gettext_lazy("The answer is on its way.")

    @cached_property
    def asked(self) -> PersonRequest | None:
        """The one that waits longest."""
        try:
            return contracts.insist_on_person_request(self.contract)
        except WrongState:
            return None

    @property
    def is_possible(self) -> bool:
        """Whether somebody asks, too."""
        return super().is_possible and self.asked is not None

    @property
    def consequence(self) -> str:
        """Who asks for whom, and what a yes does."""
        if self.asked is None:
            return ""
        told = {
            "asker": self.asked.participant.name,
            "name": self.asked.name,
            "email": self.asked.email,
        }
        return (
            _(
                "%(asker)s asks that %(name)s (%(email)s) signs instead. A yes makes a new "
                "version: signatures that were given do not count any more, and the link of "
                "%(asker)s ends at once."
            )
            % told
        )

    def act(self, form: Any) -> None:
        if self.asked is None:
            raise PersonRefused(_("This was answered meanwhile."))
        if form.cleaned_data["answer"] == "accept":
            signing.consent_to(self.asked, by=self.by)
        else:
            contracts.refuse_person(self.asked, form.cleaned_data["reason"], by=self.by)


class OpeningView(PeoplePage):
    """Whether it opens for signing by itself."""

    page_title = gettext_lazy("When signing opens")
    form_class = OpeningForm
    from_states = ("draft", "in_approval", "approved", "negotiating")
    consequence = gettext_lazy(
        "While a contract is in review, those who take part can press “I agree”. Signing opens "
        "when you open it, or by itself once all have agreed to the newest version."
    )
    button = gettext_lazy("Save")
    done = gettext_lazy("That is noted.")

    def act(self, form: Any) -> None:
        contracts.open_when_agreed(self.contract, opens=form.cleaned_data["opens"], by=self.by)
