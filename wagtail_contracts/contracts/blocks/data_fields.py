"""The kinds of data fields, as a template defines them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from wagtail_contracts.contracts.blocks.clauses import inline
from wagtail_contracts.contracts.blocks.computed import ComputedField
from wagtail_contracts.contracts.blocks.definitions import (
    SETTINGS,
    FieldBlock,
    KeyedStream,
    fill_in,
)
from wagtail_contracts.contracts.blocks.file_fields import FileField
from wagtail_contracts.contracts.blocks.known import KnownChooserBlock
from wagtail_contracts.contracts.blocks.locking import behind
from wagtail_contracts.contracts.blocks.pickers import MadeKey, OptionPicker, PickedKey
from wagtail_contracts.contracts.blocks.several import Several
from wagtail_contracts.contracts.blocks.units import UNITS
from wagtail_contracts.contracts.core.fields.languages import COUNTRIES, countries
from wagtail_contracts.contracts.core.fields.registers import REGISTERS

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
WORDS, COUNTED, CHOSEN, KNOWN = _("Text"), _("Numbers and days"), _("Choices"), _("Addresses")


def suggestion(kind: Any = blocks.CharBlock, **options: Any) -> Any:
    """What stands in the field before anybody types."""
    return kind(**{"required": False, "label": _("Suggested value"), **options})


def country(among: Any = COUNTRIES, **options: Any) -> blocks.ChoiceBlock:
    """One of these countries, by name."""

    def choices() -> list[tuple[str, str]]:
        names = countries(get_language() or "en")
        return [(code, name) for code, name in names.items() if code in among]

    return blocks.ChoiceBlock(choices=choices, default="NO", label=_("Country"), **options)


class TextField(FieldBlock):
    """One line of text."""

    max_length = blocks.IntegerBlock(
        default=200, min_value=1, max_value=1000, label=_("At most so many characters")
    )
    default = suggestion(max_length=1000)


class LongTextField(FieldBlock):
    """Several lines of text."""

    max_length = blocks.IntegerBlock(
        default=2000, min_value=1, max_value=10000, label=_("At most so many characters")
    )
    default = suggestion(blocks.TextBlock, max_length=10000)


class NumberField(FieldBlock):
    """A number; whole, or with at most four decimals."""

    decimals = blocks.IntegerBlock(
        default=4,
        min_value=0,
        max_value=4,
        label=_("Decimals"),
        help_text=_("At most so many; 0 for whole numbers."),
    )
    minimum = suggestion(
        blocks.DecimalBlock, max_digits=18, decimal_places=4, label=_("Least value")
    )
    maximum = suggestion(
        blocks.DecimalBlock, max_digits=18, decimal_places=4, label=_("Greatest value")
    )
    default = suggestion(blocks.DecimalBlock, max_digits=18, decimal_places=4)


class MoneyField(FieldBlock):
    """An amount in one currency."""

    currency = blocks.RegexBlock(
        r"^[A-Z]{3}$",
        default="NOK",
        error_messages={"invalid": _("Use three capital letters, for example NOK or EUR.")},
        label=_("Currency"),
    )
    minimum = suggestion(
        blocks.DecimalBlock, max_digits=18, decimal_places=2, min_value=0, label=_("Least value")
    )
    maximum = suggestion(
        blocks.DecimalBlock, max_digits=18, decimal_places=2, min_value=0, label=_("Greatest value")
    )
    default = suggestion(blocks.DecimalBlock, max_digits=18, decimal_places=2, min_value=0)


class DateField(FieldBlock):
    """A day."""

    minimum = suggestion(blocks.DateBlock, label=_("Earliest day"))
    maximum = suggestion(blocks.DateBlock, label=_("Latest day"))
    default = suggestion(blocks.DateBlock)


class Period(blocks.StructBlock):
    """So many days, weeks, months or years."""

    number = blocks.IntegerBlock(required=False, min_value=1, max_value=9999, label=_("How many"))
    unit = blocks.ChoiceBlock(UNITS, default="month", label=_("Unit"))

    class Meta:
        icon = "history"


class PeriodField(FieldBlock):
    """A length of time, such as 12 months."""

    default = suggestion(Period)


class EmailField(FieldBlock):
    """An e-mail address."""

    default = suggestion(blocks.EmailBlock)


class UrlField(FieldBlock):
    """A web address."""

    default = suggestion(max_length=1000)


class PhoneField(FieldBlock):
    """A phone number."""

    country = country(help_text=_("Of numbers without a country code."))
    default = suggestion(max_length=40)


class AddressField(FieldBlock):
    """A postal address."""

    country = country(help_text=_("Chosen before anybody types; others may be chosen."))


class OrganisationNumberField(FieldBlock):
    """The number of an organisation in its country's register."""

    country = country(REGISTERS, help_text=_("Whose register the number is checked for."))
    default = suggestion(max_length=80)


class IbanField(FieldBlock):
    """An international bank account number."""

    default = suggestion(max_length=50)


class NationalIdField(FieldBlock):
    """A national identity number, which is always sensitive."""

    sensitive = None
    country = country(("NO",))


class Option(blocks.StructBlock):
    """One of several answers."""

    key = MadeKey(
        help_text=_("How links and machines name it: made from the text, kept when that changes.")
    )
    text = inline(label=_("Text"), help_text=_("May hold data fields, needed only if chosen."))

    class Meta:
        icon = "list-ul"
        label = _("Option")
        label_format = "{text}"

    def get_form_layout(self) -> blocks.BlockGroup:
        """Put the key behind the settings button."""
        return behind(self, SETTINGS)


class SuggestedOption(Option):
    """One of several answers of which more than one may be chosen."""

    suggested = blocks.BooleanBlock(required=False, label=_("Chosen before anybody chooses"))


class ChoosingField(FieldBlock):
    """Options, each with a key of its own."""

    def clean(self, value: Any) -> Any:
        """Fill in keys that nobody typed, and refuse two options with one key."""
        fill_in(value["options"], "text")
        cleaned = super().clean(value)
        keys = [option["key"] for option in cleaned["options"] if option["key"]]
        if len(set(keys)) < len(keys):
            twice = ValidationError(_("Two options have the same key."))
            raise StructBlockValidationError({"options": twice})
        return cleaned


class ChoiceField(ChoosingField):
    """One of several answers, all of which are printed."""

    options = Several(Option(), min_num=2, max_num=50, label=_("Options"))
    default = PickedKey(OptionPicker(), required=False, label=_("Suggested option"))

    def clean(self, value: Any) -> Any:
        """Refuse a suggestion that is none of the options."""
        cleaned = super().clean(value)
        keys = [option["key"] for option in cleaned["options"]]
        if cleaned["default"] and cleaned["default"] not in keys:
            unknown = ValidationError(_("Choose one of the options."))
            raise StructBlockValidationError({"default": unknown})
        return cleaned


class MultipleField(ChoosingField):
    """Several of several answers, all of which are printed."""

    options = blocks.ListBlock(SuggestedOption(), min_num=1, max_num=50, label=_("Options"))


class YesNoField(FieldBlock):
    """Yes or no."""

    default = blocks.ChoiceBlock(YES_NO, required=False, label=_("Suggested value"))


class FieldStream(KeyedStream):
    """Definitions of data fields; the text refers to them by key."""

    text = TextField(label=_("Text"), icon="form", group=WORDS)
    long_text = LongTextField(label=_("Long text"), icon="pilcrow", group=WORDS)
    number = NumberField(label=_("Number"), icon="decimal", group=COUNTED)
    money = MoneyField(label=_("Money"), icon="decimal", group=COUNTED)
    date = DateField(label=_("Date"), icon="date", group=COUNTED)
    period = PeriodField(label=_("Period"), icon="history", group=COUNTED)
    computed = ComputedField(label=_("Computed"), icon="cog", group=COUNTED)
    choice = ChoiceField(label=_("Choice"), icon="list-ul", group=CHOSEN)
    multiple = MultipleField(label=_("Multiple choice"), icon="list-ul", group=CHOSEN)
    yes_no = YesNoField(label=_("Yes or no"), icon="tick-inverse", group=CHOSEN)
    file = FileField(label=_("File"), icon="doc-full", group=CHOSEN)
    email = EmailField(label=_("E-mail address"), icon="mail", group=KNOWN)
    phone = PhoneField(label=_("Phone number"), icon="mobile-alt", group=KNOWN)
    address = AddressField(label=_("Address"), icon="home", group=KNOWN)
    url = UrlField(label=_("Web address"), icon="link", group=KNOWN)
    organisation_number = OrganisationNumberField(
        label=_("Organisation number"), icon="group", group=KNOWN
    )
    iban = IbanField(label=_("Bank account (IBAN)"), icon="key", group=KNOWN)
    national_id = NationalIdField(label=_("National identity number"), icon="lock", group=KNOWN)


class TemplateFieldStream(FieldStream):
    """The definitions of a template: its own, and those of sets that it shares with others."""

    shared = KnownChooserBlock(
        "wagtail_contracts.FieldSet",
        label=_("Shared set of data fields"),
        icon="snippet",
        group=_("Shared"),
    )

    class Meta:
        help_text = _(
            "You can also define a data field while you write: type / in a text, choose “Data "
            "field”, and then “New data field”."
        )
