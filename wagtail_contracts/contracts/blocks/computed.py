"""Data fields that nobody fills in: their values are computed from those of others."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from wagtail_contracts.contracts.blocks.definitions import FieldBlock
from wagtail_contracts.contracts.blocks.faults import sentence
from wagtail_contracts.contracts.blocks.pickers import OperandPicker, PickedKey
from wagtail_contracts.contracts.blocks.units import UNITS
from wagtail_contracts.contracts.core import formulas
from wagtail_contracts.contracts.core.expressions import Invalid, names

SHAPES = [
    (formulas.SUM, _("The sum of data fields")),
    (formulas.DIFFERENCE, _("The first less the others")),
    (formulas.PRODUCT, _("Data fields multiplied")),
    (formulas.LATER, _("A time after a date")),
    (formulas.EARLIER, _("A time before a date")),
]
MOVING = (formulas.LATER, formulas.EARLIER)
RESULTS = [
    ("number", _("Number")),
    ("money", _("Money")),
    ("date", _("Date")),
    ("yes_no", _("Yes or no")),
]


class FormulaBlock(blocks.StructBlock):
    """How a value is made: picked, or written as an expression."""

    shape = blocks.ChoiceBlock(SHAPES, required=False, label=_("Value"))
    keys = blocks.ListBlock(
        PickedKey(OperandPicker({"aria-label": _("Data field")}), label=_("Data field")),
        default=[],
        max_num=formulas.MOST,
        label=_("Of these data fields"),
        help_text=_("After or before a date: the date, and perhaps how long as a data field."),
    )
    number = blocks.IntegerBlock(
        required=False, min_value=1, max_value=99999, label=_("How long after or before")
    )
    unit = blocks.ChoiceBlock(UNITS, required=False, label=_("Unit"))
    expression = blocks.TextBlock(
        required=False,
        max_length=4000,
        rows=2,
        label=_("Expression, for experts"),
        help_text=_("Comes before what is picked, for example: area * rate / 12"),
    )

    class Meta:
        icon = "cog"
        label = _("Formula")

    def get_form_layout(self) -> blocks.BlockGroup:
        """Keep what experts write behind the settings button."""
        return blocks.BlockGroup(
            children=["shape", "keys", "number", "unit"], settings=["expression"]
        )

    def clean(self, value: Any) -> Any:
        """Refuse a formula that is not finished, but in a draft; and what can't be read."""
        cleaned = super().clean(value)
        if cleaned["shape"] not in MOVING:  # where both are hidden
            cleaned["number"], cleaned["unit"] = None, ""
        text = formulas.compiled(self.get_prep_value(cleaned))
        if text is None and self.is_deferred_validation:
            return cleaned
        if text is None:
            unfinished = _("Say how the value is made, and choose the data fields for it.")
            raise StructBlockValidationError({"shape": ValidationError(unfinished)})
        try:
            names(text)
        except Invalid as wrong:
            said = ValidationError(sentence(wrong))
            raise StructBlockValidationError({"expression": said}) from wrong
        return cleaned


class ComputedField(FieldBlock):
    """A value that the server computes; nobody fills it in."""

    role = None  # type: ignore[assignment] # as Wagtail leaves a part out
    required = None
    result = blocks.ChoiceBlock(RESULTS, default="number", label=_("Shown as"))
    currency = blocks.RegexBlock(
        r"^[A-Z]{3}$",
        required=False,
        default="NOK",
        error_messages={"invalid": _("Use three capital letters, for example NOK or EUR.")},
        label=_("Currency"),
        help_text=_("Of an amount of money."),
    )
    formula = FormulaBlock()

    def clean(self, value: Any) -> Any:
        """Ask for the currency of money; of anything else it is hidden, and none."""
        cleaned = super().clean(value)
        if cleaned["result"] != "money":
            cleaned["currency"] = ""
        elif not cleaned["currency"] and not self.is_deferred_validation:
            wrong = ValidationError(_("Say in which currency."))
            raise StructBlockValidationError({"currency": wrong})
        return cleaned
