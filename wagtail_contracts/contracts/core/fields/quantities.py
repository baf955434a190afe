"""How much of a product: a number between two limits, by steps from the lower one."""

from decimal import Decimal

from wagtail_contracts.canonical import decimal
from wagtail_contracts.contracts.core import products
from wagtail_contracts.contracts.core.fields.kind import Field, Kind, Wrong
from wagtail_contracts.contracts.core.fields.numbers import KINDS as NUMBERS
from wagtail_contracts.contracts.core.fields.numbers import NUMBER, PLACES, plain

AS_NUMBER = NUMBERS["number"]
LIMITS = ("minimum", "maximum", "step")


def _quantity(field: Field, text: str) -> str:
    typed = plain(text)
    # A longer number would be rounded while it is judged.
    exact = NUMBER.fullmatch(typed) and Decimal(typed) == round(Decimal(typed), PLACES)
    if not exact or not products.fits(field, Decimal(typed)):
        raise Wrong("quantity", **{name: AS_NUMBER.raw(field, field[name]) for name in LIMITS})
    return decimal(Decimal(typed), PLACES)


KINDS = {"quantity": Kind(_quantity, raw=AS_NUMBER.raw, show=AS_NUMBER.show)}
