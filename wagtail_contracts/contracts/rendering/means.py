"""The fields of forms about means of identification, and what is refused in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.blocks import means
from wagtail_contracts.contracts.blocks.means import (
    ACTS_AS,
    ACTS_USUAL,
    LABELS,
    PURPOSES,
    USUAL,
    WITNESSES,
)
from wagtail_contracts.contracts.core import masking
from wagtail_contracts.contracts.core.law import WITNESS
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering import law

MEANS = ("acts_as", "witnesses", "opens_by", "signs_by", "fetches_by", "national_id")
NUMBER_AGAIN = _("Enter the whole number, or leave this empty.")
NUMBER_NEEDED = _("A code by SMS needs a mobile number.")


def choices(name: str, current: str = "") -> list[tuple[str, Any]]:
    """The choices of a column; one that is stored stays possible though it is offered no more."""
    found = means.choices(name)
    if current and current not in dict(found):
        found.append((current, current))
    return [("", USUAL[name]), *found]


def fields(current: Mapping[str, str]) -> dict[str, forms.Field]:
    """The fields of a form for somebody, of whom `current` is stored."""
    made: dict[str, forms.Field] = capacities()
    made |= {
        name: forms.ChoiceField(
            choices=choices(name, current.get(name, "")), required=False, label=LABELS[name]
        )
        for name in PURPOSES
    }
    if current.get("national_id") or any(one.knows_numbers for one in means.offered()):
        made["national_id"] = number_field()
    return made


def number_field() -> forms.CharField:
    """Who is expected, by number."""
    return forms.CharField(
        max_length=40,
        required=False,
        label=_("National identity number"),
        help_text=_("Whoever shows another one is refused. Kept encrypted, shown to few."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def capacities() -> dict[str, forms.Field]:
    """In whose name somebody signs, and before how many witnesses."""
    acts_as = forms.ChoiceField(
        choices=[("", ACTS_USUAL), *Participant.ActsAs.choices], required=False, label=ACTS_AS
    )
    none: Any = 0  # the stubs know of texts alone
    witnesses = forms.TypedChoiceField(
        choices=WITNESSES,
        coerce=int,
        empty_value=none,
        required=False,
        label=_("Witnesses"),
        help_text=_("Who is present when it is signed, and confirms it on the same device."),
    )
    return {"acts_as": acts_as, "witnesses": witnesses}


def insist_on_fitting(form: forms.BaseForm, cleaned: Mapping[str, Any]) -> None:
    """Add an error for a code by SMS without a number, and for a witness of a colleague."""
    if cleaned.get("witnesses") and cleaned.get("user"):
        form.add_error("witnesses", law.NO_WITNESS % {"name": cleaned.get("name") or "…"})
    keys = {one.key for one in means.offered() if one.by_number}
    asked = keys.intersection(cleaned.get(name) for name in PURPOSES)
    if asked and not cleaned.get("phone") and "phone" in form.fields and not form.errors:
        form.add_error("phone", NUMBER_NEEDED)


def insist_on_lawful(form: forms.BaseForm, cleaned: Mapping[str, Any], contract: Contract) -> None:
    """Add an error to the capacity, or the witnesses, that the law of the contract excludes."""
    asked = {"acts_as": cleaned.get("acts_as"), "witnesses": cleaned.get("witnesses") and WITNESS}
    for name, one in asked.items():
        for said in law.barred(contract.kind, contract.jurisdiction, [one] if one else []):
            form.add_error(name, said)


def masked(person: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of somebody, for eyes that may not see a national identity number."""
    return {**person, "national_id": masking.MASK if person.get("national_id") else ""}


def unmask(form: forms.BaseForm, cleaned: dict[str, Any], stored: str) -> None:
    """Keep the number that is stored where its mask came back; without one it is refused."""
    if cleaned.get("national_id") == masking.MASK:
        cleaned["national_id"] = stored
        if not stored:
            form.add_error("national_id", NUMBER_AGAIN)


class MeansMixin(forms.Form):
    """The means of somebody, in a plain form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(fields(self.initial))

    @property
    def by_means(self) -> list[forms.BoundField]:
        """The fields about means, which stand together."""
        return [self[name] for name in MEANS if name in self.fields]

    @property
    def has_means(self) -> bool:
        """Whether anything is said there, so that it is shown at once."""
        return any(field.value() for field in self.by_means) or any(f.errors for f in self.by_means)
