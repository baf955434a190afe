"""Definitions of data fields and of the parties' roles."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from wagtail_contracts.contracts.blocks.clauses import inline
from wagtail_contracts.contracts.blocks.inputs import KEY, KEY_ERROR

RULES = [
    ("all", _("All signatories")),
    ("any", _("Any one signatory")),
    ("some", _("A number of signatories")),
]
KINDS = [("organisation", _("Organisation")), ("person", _("Private person"))]
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def key(**options: Any) -> blocks.RegexBlock:
    """The key of a definition."""
    return blocks.RegexBlock(KEY, error_messages=KEY_ERROR, label=_("Key"), **options)


def words(**options: Any) -> blocks.CharBlock:
    """A short text."""
    return blocks.CharBlock(**{"max_length": 200, **options})


class KeyedStream(blocks.StreamBlock):
    """A stream of definitions, each with a key of its own."""

    def clean(self, value: Any) -> Any:
        """Refuse two definitions with one key."""
        value = super().clean(value)
        keys = [child.value.get("key") for child in value]
        twice = {key for key, times in Counter(keys).items() if times > 1}
        if twice:
            error = ValidationError(_("This key is used twice."))
            wrong = StructBlockValidationError({"key": error})
            raise StreamBlockValidationError(
                {at: wrong for at, key in enumerate(keys) if key in twice}
            )
        return value


class FieldBlock(blocks.StructBlock):
    """What all data fields have in common."""

    label = words(label=_("Label"), help_text=_("What people read, for example “Start date”."))
    key = key(
        help_text=_("How the text refers to it: lower-case letters, digits and _. Never change it.")
    )
    role = blocks.RegexBlock(
        KEY,
        error_messages=KEY_ERROR,
        label=_("Filled in by"),
        help_text=_("The key of a role under “Parties”, for example “customer”."),
    )
    required = blocks.BooleanBlock(required=False, default=True, label=_("Must be filled in"))
    help = words(
        required=False, label=_("Help"), help_text=_("Shown to whoever fills it in, at the field.")
    )

    class Meta:
        icon = "form"
        label_format = "{label} ({key})"


class TextField(FieldBlock):
    """One line of text."""

    max_length = blocks.IntegerBlock(
        default=200, min_value=1, max_value=1000, label=_("At most so many characters")
    )
    default = words(required=False, max_length=1000, label=_("Suggested value"))


class LongTextField(FieldBlock):
    """Several lines of text."""

    max_length = blocks.IntegerBlock(
        default=2000, min_value=1, max_value=10000, label=_("At most so many characters")
    )
    default = blocks.TextBlock(required=False, max_length=10000, label=_("Suggested value"))


class NumberField(FieldBlock):
    """A number with at most four decimals."""

    default = blocks.DecimalBlock(
        required=False, max_digits=18, decimal_places=4, label=_("Suggested value")
    )


class MoneyField(FieldBlock):
    """An amount in one currency."""

    currency = blocks.RegexBlock(
        r"^[A-Z]{3}$",
        default="NOK",
        error_messages={"invalid": _("Use three capital letters, for example NOK or EUR.")},
        label=_("Currency"),
    )
    default = blocks.DecimalBlock(
        required=False, max_digits=18, decimal_places=2, min_value=0, label=_("Suggested value")
    )


class DateField(FieldBlock):
    """A day."""

    default = blocks.DateBlock(required=False, label=_("Suggested value"))


class EmailField(FieldBlock):
    """An e-mail address."""

    default = blocks.EmailBlock(required=False, label=_("Suggested value"))


class Option(blocks.StructBlock):
    """One of several answers."""

    key = key()
    text = inline(label=_("Text"), help_text=_("May hold data fields, needed only if chosen."))

    class Meta:
        icon = "list-ul"
        label = _("Option")
        label_format = "{text}"


class ChoiceField(FieldBlock):
    """One of several answers, all of which are printed."""

    options = blocks.ListBlock(Option(), min_num=2, max_num=50, label=_("Options"))
    default = blocks.RegexBlock(
        KEY, required=False, error_messages=KEY_ERROR, label=_("Key of the suggested option")
    )

    def clean(self, value: Any) -> Any:
        """Refuse options without a key of their own and a suggestion that is none of them."""
        cleaned = super().clean(value)
        keys = [option["key"] for option in cleaned["options"]]
        if len(set(keys)) < len(keys):
            twice = ValidationError(_("Two options have the same key."))
            raise StructBlockValidationError({"options": twice})
        if cleaned["default"] and cleaned["default"] not in keys:
            unknown = ValidationError(_("No option has this key."))
            raise StructBlockValidationError({"default": unknown})
        return cleaned


class YesNoField(FieldBlock):
    """Yes or no."""

    default = blocks.ChoiceBlock(YES_NO, required=False, label=_("Suggested value"))


class FieldStream(KeyedStream):
    """Definitions of data fields; the text refers to them by key."""

    text = TextField(label=_("Text"), icon="form")
    long_text = LongTextField(label=_("Long text"), icon="pilcrow")
    number = NumberField(label=_("Number"), icon="decimal")
    money = MoneyField(label=_("Money"), icon="decimal")
    date = DateField(label=_("Date"), icon="date")
    email = EmailField(label=_("E-mail address"), icon="mail")
    choice = ChoiceField(label=_("Choice"), icon="list-ul")
    yes_no = YesNoField(label=_("Yes or no"), icon="tick-inverse")


class RoleBlock(blocks.StructBlock):
    """A place at the table: who may be a party, and who of them must sign."""

    label = words(label=_("Label"), help_text=_("For example “Customer”."))
    key = key(help_text=_("Lower-case letters, digits and _. Never changed once in use."))
    own = blocks.BooleanBlock(required=False, label=_("This is our own side"))
    kind = blocks.ChoiceBlock(KINDS, default="organisation", label=_("Kind"))
    rule = blocks.ChoiceBlock(RULES, default="all", label=_("Who must sign"))
    count = blocks.IntegerBlock(
        required=False, min_value=1, max_value=50, label=_("How many, where it is a number")
    )

    class Meta:
        icon = "user"
        label = _("Party")
        label_format = "{label} ({key})"

    def clean(self, value: Any) -> Any:
        """Refuse a number of signatories without the number."""
        cleaned = super().clean(value)
        if (cleaned["rule"] == "some") != (cleaned["count"] is not None):
            wrong = ValidationError(_("Give a number exactly where a number of them must sign."))
            raise StructBlockValidationError({"count": wrong})
        return cleaned


class RoleStream(KeyedStream):
    """The roles of the parties."""

    role = RoleBlock()
