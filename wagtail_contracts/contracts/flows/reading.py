"""What was typed into data fields, as values; every fault named at its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import answers
from wagtail_contracts.contracts.core.fields import strings
from wagtail_contracts.contracts.core.fields.files import sized
from wagtail_contracts.contracts.errors import AnswersRefused
from wagtail_contracts.contracts.rendering import file_inputs
from wagtail_contracts.sealing.rendering import unprintable

MESSAGES = {
    "unreadable": gettext_lazy("This answer can't be read."),
    "characters": gettext_lazy("Remove the invisible control characters."),
    "unprintable": gettext_lazy("These characters can't be printed: %(characters)s."),
    "too_long": gettext_lazy("Use at most %(most)s characters; this has %(has)s."),
    "number": gettext_lazy("Enter a number with at most %(places)s decimals, for example 12.5."),
    "whole_number": gettext_lazy("Enter a whole number, for example 12."),
    "too_small": gettext_lazy("Enter at least %(limit)s."),
    "too_great": gettext_lazy("Enter at most %(limit)s."),
    "too_early": gettext_lazy("Enter %(limit)s or a later date."),
    "too_late": gettext_lazy("Enter %(limit)s or an earlier date."),
    "amount": gettext_lazy("Enter an amount in %(currency)s, for example 5300.00."),
    "date": gettext_lazy("Enter a date that exists, for example 2026-12-31."),
    "email": gettext_lazy("Enter an e-mail address, for example kari@kunde.example."),
    "url": gettext_lazy("Enter a web address, for example https://www.kunde.example."),
    "phone": gettext_lazy("Enter a phone number, with its country code unless it is a local one."),
    "organisation_number": gettext_lazy("Enter an organisation number, for example %(example)s."),
    "iban": gettext_lazy("Enter an IBAN without a wrong digit, for example NO93 8601 1117 947."),
    "national_id": gettext_lazy("Enter all eleven digits; check them, at least one is wrong."),
    "period": gettext_lazy("Enter a whole number from 1 to 9999, and choose its unit."),
    "address_street": gettext_lazy("Enter the street and number."),
    "address_lines": gettext_lazy("Use at most %(most)s lines for the street."),
    "address_postcode": gettext_lazy("Enter the postcode, for example %(example)s."),
    "address_city": gettext_lazy("Enter the city."),
    "address_country": gettext_lazy("Choose the country."),
    "quantity": gettext_lazy("Enter %(minimum)s to %(maximum)s, in steps of %(step)s."),
    "choice": gettext_lazy("Choose one of the options."),
    "multiple": gettext_lazy("Choose among the options."),
    "yes_no": gettext_lazy("Choose yes or no."),
    "file_sort": gettext_lazy("Choose another sort of file: %(sorts)s."),
    "file_size": gettext_lazy("The file is too large: at most %(most)s."),
    "file_gone": gettext_lazy("The file is not there any more. Choose it again."),
    "file_waits": gettext_lazy(
        "The file is still being checked for viruses. Try again in a few minutes."
    ),
    "unknown": gettext_lazy("There is no such data field for you to fill in."),
}


FAULTY = object()


def read_values(fields: Sequence[answers.Field], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all fields, None where nothing was typed. Raises AnswersRefused.

    A key without a field is refused, never ignored.
    """
    known = {field["key"]: field for field in fields}
    problems = {key: str(MESSAGES["unknown"]) for key in typed if key not in known}
    values = {}
    for key, field in known.items():
        try:
            values[key] = _read(field, typed.get(key))
        except answers.Wrong as wrong:
            problems[key] = sentence(field, wrong)
    if problems:
        raise AnswersRefused(problems)
    return values


def read_quietly(field: answers.Field, raw: Any) -> Any:
    """The value of what was typed into one field, FAULTY where it has none."""
    try:
        return _read(field, raw)
    except answers.Wrong:
        return FAULTY


def required(fields: Iterable[answers.Field]) -> dict[str, str]:
    """The sentence for each field that is needed and empty."""
    return {field["key"]: _("Fill in “%s”.") % field["label"] for field in fields}


def sentence(field: answers.Field, wrong: answers.Wrong) -> str:
    """Why what was typed does not fit a field."""
    words, language = wrong.words, get_language() or "en"
    if "limit" in words:
        shown = answers.KINDS[field["kind"]].show
        words = {"limit": shown(field, words["limit"], language)}
    if "accepts" in words:
        words = {"sorts": ", ".join(file_inputs.named(words["accepts"]))}
    if "largest" in words:
        words = {"most": sized(words["largest"], language)}
    return str(MESSAGES[wrong.code]) % words


def _read(field: answers.Field, raw: Any) -> Any:
    value = answers.read(field, raw)
    if missing := unprintable("".join(strings(value))):
        raise answers.Wrong("unprintable", characters=" ".join(missing))
    return value
