"""What is wrong with an expression, as a sentence for its author."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core.expressions import Invalid

KINDS = {
    "number": gettext_lazy("a number"),
    "money": gettext_lazy("an amount of money"),
    "date": gettext_lazy("a date"),
    "yes_no": gettext_lazy("yes or no"),
    "text": gettext_lazy("a text"),
    "choice": gettext_lazy("a choice"),
    "choices": gettext_lazy("a multiple choice"),
    "period": gettext_lazy("a period"),
    "other": gettext_lazy("something that can't be compared"),
}
MESSAGES = {
    "character": gettext_lazy("“%(said)s” has no meaning here."),
    "chain": gettext_lazy("Two comparisons need “and” or “or” between them."),
    "choices": gettext_lazy("Ask a multiple choice with “contains”."),
    "condition": gettext_lazy("Here a condition is needed, something that is true or not."),
    "contains": gettext_lazy("Only a multiple choice contains something; compare others with “=”."),
    "currencies": gettext_lazy("%(first)s and %(second)s are different currencies."),
    "date": gettext_lazy("There is no day %(said)s."),
    "is": gettext_lazy("After “is” comes “empty” or “filled in”."),
    "money_money": gettext_lazy("An amount can be multiplied by a number only."),
    "nought": gettext_lazy("Nothing can be divided by nought."),
    "open_text": gettext_lazy("A text that begins here has no closing quotation mark."),
    "option": gettext_lazy("“%(option)s” is not one of the options."),
    "order": gettext_lazy("%(kind)s has no order: neither more nor less."),
    "period": gettext_lazy("A period needs a date to count from."),
    "places": gettext_lazy("“round” keeps 0 to 4 decimals, written as a number."),
    "reckon": gettext_lazy("One can't reckon with %(kind)s here."),
    "too_deep": gettext_lazy("Too many brackets within each other: %(most)s at most."),
    "too_long": gettext_lazy("Too long: %(most)s characters at most."),
    "types": gettext_lazy("%(first)s and %(second)s don't go together."),
    "unexpected": gettext_lazy("“%(said)s” does not belong here."),
    "unfinished": gettext_lazy("Something is missing at the end."),
    "unit": gettext_lazy("To a date, days, weeks, months or years are added: “+ 3 months”."),
    "unknown_function": gettext_lazy("There is no “%(name)s”, only min, max and round."),
    "unknown_key": gettext_lazy("There is no data field “%(key)s”."),
    "whole": gettext_lazy("Only whole days, weeks, months and years can be counted."),
}


def sentence(wrong: Invalid) -> str:
    """What is wrong and where, counted from 1; in the language of the person who reads it."""
    return _("Character %(at)s: %(said)s") % {"at": wrong.at + 1, "said": why(wrong)}


def why(wrong: Invalid) -> str:
    """What is wrong."""
    words = {name: _word(name, word) for name, word in wrong.words.items()}
    said = str(MESSAGES[wrong.code]) % words
    return said[:1].upper() + said[1:]


def _word(name: str, word: Any) -> str:
    return str(KINDS.get(word, word)) if name in ("kind", "first", "second") else str(word)
