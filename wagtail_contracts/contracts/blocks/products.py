"""Product tables, and which of their columns a contract's editor may change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError

from wagtail_contracts.contracts.blocks import product_forms, product_posts
from wagtail_contracts.contracts.blocks.locking import (
    LockableBlock,
    NamedBlock,
    policy_block,
)
from wagtail_contracts.contracts.blocks.pickers import PickedKey, RolePicker
from wagtail_contracts.contracts.core import locks, products
from wagtail_contracts.contracts.core.kinds.products import (
    COLUMNS,
    FIXED,
    ONE_OF,
    OPTIONAL,
    PLACES,
    RATE_PLACES,
    ROWS,
)

LABELS = {
    "name": _("Name and unit"),
    "description": _("Description"),
    "quantity": _("Quantity"),
    "price": _("Price"),
    "discount": _("Discount"),
    "vat": _("VAT"),
    "period": _("Period"),
    ROWS: _("Add and remove rows"),
}
PERIODS = [
    (products.ONCE, _("Once")),
    (products.MONTH, _("Each month")),
    (products.QUARTER, _("Each quarter")),
    (products.YEAR, _("Each year")),
]
DISCOUNTS = [(products.PERCENT, _("Percent")), (products.AMOUNT, _("Amount off each unit"))]
CHOICES = [
    (FIXED, _("Always part of it")),
    (OPTIONAL, _("May be chosen")),
    (ONE_OF, _("One of a group")),
]
GROUPS = [(str(number), _("Group %d") % number) for number in range(1, 7)]


def how_much(**options: Any) -> blocks.DecimalBlock:
    """How much of something."""
    digits = products.QUANTITY_DIGITS + PLACES
    return blocks.DecimalBlock(
        **{"min_value": 0, "max_digits": digits, "decimal_places": PLACES, **options}
    )


def amount(**options: Any) -> blocks.DecimalBlock:
    """What one unit costs, or what is taken off."""
    digits = products.PRICE_DIGITS + PLACES
    return blocks.DecimalBlock(min_value=0, max_digits=digits, decimal_places=PLACES, **options)


class ProductRow(blocks.StructBlock):
    """One row: what, how much, at which price, and who decides about it."""

    name = blocks.CharBlock(max_length=200, label=_("Name"))
    description = blocks.TextBlock(required=False, max_length=2000, rows=2, label=_("Description"))
    quantity = how_much(default=1, label=_("Quantity"))
    unit = blocks.CharBlock(
        required=False,
        max_length=20,
        label=_("Unit"),
        help_text=_("For example hours or licences."),
    )
    price = amount(label=_("Price for one"), help_text=_("Without VAT."))
    discount = amount(required=False, label=_("Discount"))
    discount_kind = blocks.ChoiceBlock(DISCOUNTS, default=products.PERCENT, label=_("Discount in"))
    vat = blocks.DecimalBlock(
        default=25,
        min_value=0,
        max_value=100,
        decimal_places=RATE_PLACES,
        label=_("VAT in percent"),
    )
    period = blocks.ChoiceBlock(PERIODS, default=products.ONCE, label=_("Paid"))
    choice = blocks.ChoiceBlock(CHOICES, default=FIXED, label=_("Choice"))
    default = blocks.BooleanBlock(required=False, label=_("Chosen at first"))
    group = blocks.ChoiceBlock(GROUPS, required=False, label=_("Group"))
    minimum = how_much(required=False, label=_("Smallest quantity"))
    maximum = how_much(
        required=False,
        label=_("Largest quantity"),
    )
    step = how_much(required=False, label=_("In steps of"), help_text=_("Empty means 1."))
    sku = blocks.CharBlock(required=False, max_length=40, label=_("Item number"))

    def get_form_layout(self) -> blocks.BlockGroup:
        """Fold what few rows need, and put what is needed least behind the settings button."""
        told = blocks.BlockGroup(["description"], heading=_("Description"), classname="collapsed")
        limits = blocks.BlockGroup(
            ["minimum", "maximum", "step"],
            heading=_("Whoever chooses says how many"),
            classname="collapsed wc-limits",
            label_format="{maximum}",
        )
        lines = [
            *("quantity", "unit", "price"),
            *("discount", "discount_kind", "vat", "period"),
            *("choice", "group", "default"),
        ]
        return blocks.BlockGroup(["name", told, *lines, limits], settings=["sku"])

    def clean(self, value: Any) -> Any:
        """Refuse a row that contradicts itself."""
        cleaned = super().clean(value)
        if errors := {part: ValidationError(said) for part, said in _faults(cleaned)}:
            raise StructBlockValidationError(errors)
        return cleaned

    class Meta:
        icon = "tag"
        label = _("Row")
        label_format = "{name}"
        form_classname = "struct-block wc-product-row"


def _faults(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    off = row["discount"] or 0
    most = 100 if row["discount_kind"] == products.PERCENT else row["price"]
    if most is not None and off > most:  # in a draft the price may be missing
        yield "discount", _("The discount is larger than the price.")
    if (row["choice"] == ONE_OF) != bool(row["group"]):
        yield "group", _("Give a group exactly where one of a group is chosen.")
    if row["default"] and row["choice"] == FIXED:
        yield "default", _("Only a row that may be chosen can be chosen at first.")
    if row["maximum"] is None and row["quantity"] == 0:
        yield "quantity", _("Enter a quantity above zero.")
    yield from _faults_of_limits(row)


def _faults_of_limits(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    least, most, step = row["minimum"] or Decimal(0), row["maximum"], row["step"]
    if most is None:
        if row["minimum"] is not None or step is not None:
            yield "maximum", _("Enter the largest quantity, too.")
    elif step == 0:
        yield "step", _("Enter a step above zero.")
    elif row["quantity"] is not None and not products.fits(
        {"minimum": least, "maximum": most, "step": step or 1}, row["quantity"]
    ):
        yield "quantity", _("The quantity is not one of those that may be chosen.")


class Products(NamedBlock):
    """Rows with prices, of which a party may choose; the totals are reckoned."""

    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    currency = blocks.RegexBlock(
        r"^[A-Z]{3}$",
        default="NOK",
        error_messages={"invalid": _("Use three capital letters, for example NOK or EUR.")},
        label=_("Currency"),
    )
    role = PickedKey(
        RolePicker(),
        required=False,
        label=_("Who chooses"),
        help_text=_("One of the parties, where rows or quantities may be chosen."),
    )
    months = blocks.IntegerBlock(
        required=False,
        min_value=1,
        max_value=products.MOST_MONTHS,
        label=_("Months that are committed to"),
        help_text=_("For the value of the contract. Empty means no end: 12 months count."),
    )
    rows = blocks.ListBlock(ProductRow(), min_num=1, max_num=products.MOST_ROWS, label=_("Rows"))
    name_from = ("title",)

    class Meta:
        icon = "tag"
        label = _("Product table")
        description = _("Products with prices and totals; rows and quantities may be chosen.")
        group = _("Commerce")
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        """Refuse a table that contradicts itself."""
        cleaned = super().clean(value)
        if not products.is_known(cleaned["currency"]):
            raise StructBlockValidationError(
                {"currency": ValidationError(_("There is no such currency."))}
            )
        rows = list(cleaned["rows"])
        if not cleaned["role"] and any(row["choice"] != FIXED or row["maximum"] for row in rows):
            raise StructBlockValidationError({"role": ValidationError(_("Say who chooses."))})
        if errors := dict(_faults_of_groups(rows)):
            raise StructBlockValidationError({"rows": ListBlockValidationError(errors)})
        return cleaned

    def ids_within(self, value: Any) -> list[str]:
        """The ids of the rows of a stored value."""
        return [row["id"] for row in value["rows"] if "id" in row]


class ProductsBlock(Products, LockableBlock):
    """A product table of a template."""

    policy = policy_block(locks.EDITABLE, locks.LOCKED, locks.OPTIONAL)
    columns = blocks.MultipleChoiceBlock(
        [(name, LABELS[name]) for name in (*COLUMNS, ROWS)],
        required=False,
        default=["quantity"],
        label=_("May be changed in contracts"),
        help_text=_("Where the table is editable; everything else stays as it is here."),
    )
    fills = ("rows",)

    def read(
        self, data: Any, files: Any, prefix: str, *, stored: Any, shown: Any, taken: set[str]
    ) -> tuple[Any, list[Any]]:
        """Read the open cells; what else a post says is refused, naming the row."""
        table = product_posts.Table(self, stored, shown)
        stored["rows"], problems = table.read(data, files, f"{prefix}-rows", taken)
        return stored, problems

    def filling_state(self, value: Any, stored: Any) -> Any:
        """The rows, with text where a cell is locked."""
        return product_forms.state(self, value, stored)


def _faults_of_groups(rows: list[Any]) -> Iterator[tuple[int, ValidationError]]:
    sizes = Counter(row["group"] for row in rows if row["group"])
    chosen = Counter(row["group"] for row in rows if row["group"] and row["default"])
    for place, row in enumerate(rows):
        if row["group"] and sizes[row["group"]] < 2:
            said = _("A group has at least two rows.")
            yield place, StructBlockValidationError({"group": ValidationError(said)})
        elif row["default"] and chosen[row["group"]] > 1:
            said = _("At first only one row of a group can be chosen.")
            yield place, StructBlockValidationError({"default": ValidationError(said)})
