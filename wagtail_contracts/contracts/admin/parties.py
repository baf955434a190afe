"""The forms of the wizard: a party for each role of the template, and its people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Participant, Workspace

MOST_PEOPLE = 50


class PartyForm(forms.Form):
    """The party in one role; the role is known, not posted."""

    name = forms.CharField(max_length=120, label=_("Name"))
    organisation_number = forms.CharField(
        max_length=40, required=False, label=_("Organisation number")
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == "person":
            del self.fields["organisation_number"]


class PersonForm(forms.Form):
    """Somebody who takes part."""

    user: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None,
        required=False,
        label=_("Colleague"),
        help_text=_("Whoever signs for us here in the admin. Name and e-mail may stay empty then."),
    )
    name = forms.CharField(max_length=120, required=False, label=_("Name"))
    email = forms.EmailField(max_length=254, required=False, label=_("E-mail"))
    capacity = forms.CharField(
        max_length=120,
        required=False,
        label=_("Capacity"),
        help_text=_("For example “managing director”."),
    )
    role = forms.ChoiceField(choices=Participant.Role.choices, label=_("Takes part as"))
    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language of the messages"))
    position = forms.IntegerField(
        min_value=1,
        max_value=99,
        label=_("Order of signing"),
        help_text=_("1 signs first. The same number: in any order."),
    )

    def __init__(self, *args: Any, workspace: Workspace | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if workspace is None:
            del self.fields["user"]
        else:
            field: Any = self.fields["user"]
            field.queryset = permissions.colleagues(workspace)
            field.label_from_instance = lambda user: user.get_full_name() or user.get_username()

    def clean(self) -> dict[str, Any]:
        """Take name and address of a colleague from their account; an empty row is nobody."""
        cleaned = super().clean() or {}
        said = any(cleaned.get(part) for part in ("user", "name", "email", "capacity"))
        if not said and not self.errors:
            return {**cleaned, "DELETE": True}
        if user := cleaned.get("user"):
            cleaned["name"] = cleaned.get("name") or permissions.actor(user).label
            cleaned["email"] = cleaned.get("email") or user.email
        if not cleaned.get("name"):
            self.add_error("name", _("Say who this is, or remove the person."))
        return cleaned


class PeopleFormSet(forms.BaseFormSet):
    """The people of one party."""

    @classmethod
    def get_deletion_widget(cls) -> type[forms.Widget]:
        """A plain check box: it works without JavaScript."""
        return forms.CheckboxInput

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the check box."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this person")


PEOPLE = forms.formset_factory(
    PersonForm,
    formset=PeopleFormSet,
    extra=0,
    can_delete=True,
    max_num=MOST_PEOPLE,
    validate_max=True,
    absolute_max=MOST_PEOPLE + 1,
)


class Side:
    """One role of the template with its forms; `data` is a post, `more` asks for one person more.

    With `more` what was typed is shown again without a judgement on it.
    """

    def __init__(
        self, role: Mapping[str, Any], start: Mapping[str, Any], data: Any, *, more: Any = None
    ) -> None:
        self.role, self.start, self.data, self.more = role, start, data, more

    @cached_property
    def party(self) -> PartyForm:
        """Name and number."""
        made = self._party(self.data, self.start["party"])
        return self._party(None, typed(made)) if self.more is not None else made

    @cached_property
    def people(self) -> Any:
        """One form for each person."""
        made = self._people(self.data, self.start["people"])
        if self.more is None:
            return made
        again = [typed(form) for form in made.forms]
        if self.more == self.role["key"]:
            again.append(self.start["another"])
        return self._people(None, again[:MOST_PEOPLE])

    def is_valid(self) -> bool:
        """Whether all of it is."""
        return all([self.party.is_valid(), self.people.is_valid()])

    def draft(self) -> contracts.PartyDraft:
        """What the flow wants to know."""
        said = [form.cleaned_data for form in self.people.forms if form.cleaned_data]
        people = [
            contracts.PersonDraft(**{name: row[name] for name in row if name != "DELETE"})
            for row in said
            if not row.get("DELETE")
        ]
        return contracts.PartyDraft(self.role["key"], **self.party.cleaned_data, people=people)

    def _party(self, data: Any, initial: Mapping[str, Any]) -> PartyForm:
        prefix = f"party-{self.role['key']}"
        return PartyForm(data, initial=dict(initial), prefix=prefix, kind=self.role["kind"])

    def _people(self, data: Any, initial: list[Any]) -> Any:
        own = self.start["workspace"] if self.role["own"] else None
        prefix, options = f"people-{self.role['key']}", {"workspace": own}
        return PEOPLE(data, initial=initial, prefix=prefix, form_kwargs=options)


def typed(form: Any) -> dict[str, Any]:
    """What stands in a form now, by name."""
    return {name: form[name].value() for name in form.fields if name != "DELETE"}
