"""Forms of the people in a draft: nested, and sceptical about what a post says about them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet

from wagtail_contracts.contracts.admin.postal import AddressField
from wagtail_contracts.contracts.flows.drafting import EITHER
from wagtail_contracts.contracts.models import Participant, Party, person_name
from wagtail_contracts.contracts.rendering import means
from wagtail_contracts.contracts.rendering.ways import (
    PhoneField,
    insist_on_number,
    sms_offered,
    way_field,
)

TAMPERED = _("The people in this form are not those of the contract. Reload the page.")
FIXED = _("Parties cannot be added or taken away: each stands for a role of the template.")


class PeopleFormSet(BaseChildFormSet):
    """People may be added, changed and removed; an id that is none of theirs is refused.

    The stock form set answers such an id with an error of the server or with a new row.
    """

    tampered = False

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        if not self.is_bound or i >= self.initial_form_count() or self._knows(i):
            return super()._construct_form(i, **kwargs)
        self.tampered = True
        plain: Any = BaseFormSet
        return plain._construct_form(self, i, **kwargs, instance=self.model())

    def _knows(self, place: int) -> bool:
        posted = self.data.get(f"{self.add_prefix(place)}-{self.model._meta.pk.name}")
        return posted == "" or posted in {str(row.pk) for row in self.get_queryset()}

    def clean(self) -> None:
        """Refuse what was tampered with."""
        super().clean()
        if self.tampered:
            raise ValidationError(TAMPERED)


class FixedPartiesFormSet(PeopleFormSet):
    """Exactly the parties that are there, each once."""

    def clean(self) -> None:
        """Refuse one more, one less, and the same one twice."""
        super().clean()
        posted = [form.instance.pk for form in self.forms]
        if sorted(map(str, posted)) != sorted(str(row.pk) for row in self.get_queryset()):
            raise ValidationError(FIXED)


def fit_party(form: Any, kind: str) -> None:
    """Leave out what a party of this kind is not asked for; `kind` is its role's."""
    form.fields["name"].required = False  # a draft may begin before it is known
    form.fields["address"] = AddressField()
    if kind != EITHER:
        form.fields.pop("kind", None)
    if kind == Party.Kind.PERSON:
        form.fields.pop("organisation_number", None)


def _email() -> forms.EmailField:
    return forms.EmailField(max_length=254, required=False, label=_("E-mail"))


def person_form(form: type[Any], colleagues: Any, contract: Any, *, seen: bool) -> type[Any]:
    """The form of somebody in a draft; colleagues are offered on our own side only.

    Unless `seen`, a national identity number is masked.
    """

    class PersonInDraft(form):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["email"] = _email()
            self.fields["language"] = language(self.instance.language)
            _fit_ways(self.fields)
            self.fields.update(means.fields(vars(self.instance)))
            if not seen:
                self.initial.update(means.masked(self.initial))
            _fit_user(self.fields, colleagues)

        def clean(self) -> dict[str, Any]:
            cleaned: dict[str, Any] = super().clean() or {}
            if "invited_by" in self.fields:
                cleaned["invited_by"] = cleaned.get("invited_by") or Participant.InvitedBy.MAIL
                insist_on_number(self, cleaned)
            means.unmask(self, cleaned, self.instance.national_id)
            means.insist_on_fitting(self, cleaned)
            means.insist_on_lawful(self, cleaned, contract)
            return cleaned

    return PersonInDraft


def _fit_user(fields: dict[str, Any], colleagues: Any) -> None:
    if colleagues is None:
        del fields["user"]
    else:
        fields["user"].queryset = colleagues
        fields["user"].label_from_instance = person_name


def _fit_ways(fields: dict[str, Any]) -> None:
    """Ask for a number only where SMS are sent; what is stored stays as it is elsewhere."""
    for name, field in (("phone", PhoneField()), ("invited_by", way_field())):
        if sms_offered():
            fields[name] = field
        else:
            fields.pop(name, None)


def language(current: str = "") -> forms.ChoiceField:
    """One of the site's languages; one that is stored already stays possible."""
    known = dict(settings.LANGUAGES)
    choices = [*known.items()] + [(current, current)] * (bool(current) and current not in known)
    return forms.ChoiceField(choices=choices, label=_("Language of the messages"))
