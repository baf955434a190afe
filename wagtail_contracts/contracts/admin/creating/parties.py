"""The forms of the wizard: a party for each role of the template, and its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import known
from wagtail_contracts.contracts.admin.creating.starting import whose
from wagtail_contracts.contracts.admin.postal import AddressField
from wagtail_contracts.contracts.flows.drafting import EITHER
from wagtail_contracts.contracts.models import Contract, Participant, Party, person_name
from wagtail_contracts.contracts.rendering import means
from wagtail_contracts.contracts.rendering.means import MeansMixin
from wagtail_contracts.contracts.rendering.ways import WAYS, WaysMixin, insist_on_number

MOST_PEOPLE = 50
BUTTONS = MORE, ME, FILL, UP, DOWN = "more", "me", "fill", "up", "down"
TOGETHER, NUMBERED = "together", "numbered"
ORDERS = [
    (NUMBERED, _("One after another, by the numbers below")),
    (TOGETHER, _("Everybody at the same time")),
]


class Again(NamedTuple):
    """The button that shows the form again, without a judgement on what was typed.

    It is about the party in one role; `at` is one of its people, by place, or whom to fill in.
    """

    button: str
    role: str
    at: str = ""


class OrderForm(forms.Form):
    """Who signs when."""

    order = forms.ChoiceField(
        choices=ORDERS, required=False, widget=forms.RadioSelect, label=_("Order of signing")
    )


class PartyForm(forms.Form):
    """The party in one role; the role is known, not posted."""

    kind = forms.ChoiceField(
        choices=Party.Kind.choices,
        initial=Party.Kind.ORGANISATION,
        widget=forms.RadioSelect,
        label=_("This is"),
    )
    name = forms.CharField(max_length=120, required=False, label=_("Name"))
    organisation_number = forms.CharField(
        max_length=40, required=False, label=_("Organisation number")
    )
    address = AddressField()

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != EITHER:
            del self.fields["kind"]
        if kind == Party.Kind.PERSON:
            del self.fields["organisation_number"]

    def clean(self) -> dict[str, Any]:
        """Refuse what only an organisation has."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == Party.Kind.PERSON and cleaned.get("organisation_number"):
            none = _("A private person has no organisation number. Leave this empty.")
            self.add_error("organisation_number", none)
        return cleaned


class PersonForm(MeansMixin, WaysMixin):
    """Somebody who takes part."""

    field_order = ("user", "name", "email", *WAYS)

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

    def __init__(
        self,
        *args: Any,
        colleagues: Any,
        numbers: Mapping[str, str],
        contract: Contract,
        themselves: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.numbers, self.contract = numbers, contract  # the numbers are those that are stored
        if any(numbers.values()):
            self.fields.setdefault("national_id", means.number_field())
        self.themselves = themselves  # the name of a party that is a private person
        if colleagues is None:
            del self.fields["user"]
        else:
            field: Any = self.fields["user"]
            field.queryset = colleagues
            field.label_from_instance = person_name

    def clean(self) -> dict[str, Any]:
        """Take name and address of a colleague from their account; an empty row is nobody."""
        cleaned = super().clean() or {}
        said = any(cleaned.get(part) for part in ("user", "name", "email", "capacity"))
        if not said and not self.errors:
            return {**cleaned, "DELETE": True}
        if user := cleaned.get("user"):
            cleaned["name"] = cleaned.get("name") or person_name(user)
            cleaned["email"] = cleaned.get("email") or user.email
        insist_on_number(self, cleaned)
        stored = self.numbers.get(whose({"user": None, "email": "", "name": "", **cleaned}), "")
        means.unmask(self, cleaned, stored)
        means.insist_on_fitting(self, cleaned)
        means.insist_on_lawful(self, cleaned, self.contract)
        cleaned["name"] = cleaned.get("name") or self.themselves
        if not cleaned["name"]:
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
    """One role of the template with its forms; `data` is a post, `again` shows them once more."""

    def __init__(
        self,
        role: Mapping[str, Any],
        start: Mapping[str, Any],
        data: Any,
        *,
        again: Again | None = None,
    ) -> None:
        self.role, self.start, self.data, self.again = role, start, data, again
        self.known = known.fitting(start["known"], role["kind"])
        self.newest = self.known[:3]

    @cached_property
    def taken(self) -> known.Known | None:
        """The party of an earlier contract that is to be filled in."""
        if self.again is None or self.again[:2] != (FILL, self.role["key"]):
            return None
        return self.named(self.again)

    def named(self, again: Again) -> known.Known | None:
        """The party of an earlier contract that a button means."""
        return known.chosen(self.known, again.at or self.data.get(f"known-{self.role['key']}"))

    @cached_property
    def party(self) -> PartyForm:
        """Name and number."""
        made = self._party(self.data, self.start["party"])
        if self.taken:
            return self._party(None, self.taken.party)
        return self._party(None, typed(made)) if self.again else made

    @cached_property
    def people(self) -> Any:
        """One form for each person."""
        made = self._people(self.data, self.start["people"])
        if self.again is None:
            return made
        rows = [typed(form) for form in made.forms if not form["DELETE"].value()]
        if self.again.role == self.role["key"]:
            rows = self._rows(rows)
        return self._people(None, rows[:MOST_PEOPLE])

    def _rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """What the button of this party makes of what was typed."""
        button = self.again.button if self.again else ""
        if button == FILL:
            return (self.taken.people if self.taken else rows) or [self.start["another"]]
        if button == ME and "me" in self.start:
            return _with(rows, self.start["me"])
        return [*rows, self.start["another"]] if button == MORE else rows

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
        if self.start["together"]:
            people = [replace(person, position=1) for person in people]
        return contracts.PartyDraft(self.role["key"], **self.party.cleaned_data, people=people)

    def _party(self, data: Any, initial: Mapping[str, Any]) -> PartyForm:
        prefix = f"party-{self.role['key']}"
        return PartyForm(data, initial=dict(initial), prefix=prefix, kind=self.role["kind"])

    def _person(self, data: Any) -> str:
        """The name of the party, where it signs for itself."""
        prefix = f"party-{self.role['key']}"
        kind = (
            self.role["kind"] if self.role["kind"] != EITHER else (data or {}).get(f"{prefix}-kind")
        )
        return (data or {}).get(f"{prefix}-name", "") if kind == Party.Kind.PERSON else ""

    def _people(self, data: Any, initial: list[Any]) -> Any:
        own = self.start["colleagues"] if self.role["own"] else None
        prefix = f"people-{self.role['key']}"
        options = {
            "colleagues": own,
            "themselves": self._person(data),
            "numbers": self.start["numbers"],
            "contract": self.start["contract"],
        }
        # A post is read as a whole: with initial data, who did not change would be nobody.
        begun = initial if data is None else None
        return PEOPLE(data, initial=begun, prefix=prefix, form_kwargs=options)


def _with(rows: list[dict[str, Any]], me: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Those who were named, and me among them."""
    named = [row for row in rows if any(row.get(part) for part in ("user", "name", "email"))]
    there = any((row.get("user") or row["email"]) in (me["email"], *_user(me)) for row in named)
    return named if there else [*named, dict(me)]


def _user(me: Mapping[str, Any]) -> list[Any]:
    return [me["user"], str(me["user"])] if "user" in me else []


def typed(form: Any) -> dict[str, Any]:
    """What stands in a form now, by name."""
    return {name: form[name].value() for name in form.fields if name != "DELETE"}
