"""The one place that rounds: half up, away from nought, to a number of decimals."""

from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_currency_precision

MOST_DECIMALS = 2  # an amount has two in the canonical form, whatever its currency


def half_up(exact: Fraction | Decimal, places: int) -> Decimal:
    """The nearest number with so many decimals; a half goes away from nought.

    Of more than 28 digits the first 28 are right.
    """
    scaled = abs(Fraction(exact)) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


def minor_unit(currency: str) -> int:
    """The decimals that an amount of this currency is rounded to: 2, 0 for yen."""
    return min(get_currency_precision(currency), MOST_DECIMALS)
