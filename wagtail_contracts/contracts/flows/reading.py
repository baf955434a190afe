"""What was typed into data fields, as values; every fault named at its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core import answers
from wagtail_contracts.contracts.errors import AnswersRefused
from wagtail_contracts.sealing.rendering import unprintable

MESSAGES = {
    "unreadable": gettext_lazy("This answer can't be read."),
    "characters": gettext_lazy("Remove the invisible control characters."),
    "unprintable": gettext_lazy("These characters can't be printed: %(characters)s."),
    "too_long": gettext_lazy("Use at most %(most)s characters; this has %(has)s."),
    "number": gettext_lazy("Enter a number with at most four decimals, for example 12.5."),
    "amount": gettext_lazy("Enter an amount in %(currency)s, for example 5300.00."),
    "date": gettext_lazy("Enter a date that exists, for example 2026-12-31."),
    "email": gettext_lazy("Enter an e-mail address, for example kari@kunde.example."),
    "choice": gettext_lazy("Choose one of the options."),
    "yes_no": gettext_lazy("Choose yes or no."),
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
            problems[key] = str(MESSAGES[wrong.code]) % wrong.words
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


def _read(field: answers.Field, raw: Any) -> Any:
    value = answers.read(field, raw)
    if isinstance(value, str) and (missing := unprintable(value)):
        raise answers.Wrong("unprintable", characters=" ".join(missing))
    return value
