"""Fields with several inputs: what each is called, what can be picked, what is picked before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.blocks.units import UNITS
from wagtail_contracts.contracts.core.fields.languages import countries

LABELS = {
    "street": _("Street and number"),
    "postcode": _("Postcode"),
    "city": _("City"),
    "country": _("Country"),
    "number": _("How many"),
    "unit": _("Unit"),
}
FIRST_UNIT = "month"
Choices = tuple[tuple[str, str], ...]


def choices(part: str, language: str) -> Choices:
    """What can be picked, as (value, words) in the reader's language; nothing where one types."""
    if part == "country":
        return tuple(countries(language).items())
    if part != "unit":
        return ()
    with translation.override(language):
        return tuple((unit, str(words)) for unit, words in UNITS)


def preset(field: Mapping[str, Any], part: str) -> str:
    """What is picked before anybody picks."""
    return {"country": str(field.get("country") or ""), "unit": FIRST_UNIT}.get(part, "")
