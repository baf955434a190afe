"""What a contract is worth, in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from wagtail_contracts.contracts.core import trees, worth
from wagtail_contracts.contracts.core.kinds import product_words


def amounts(content: trees.Content, language: str) -> list[str]:
    """What a content is worth, an amount for each currency; none where nothing has a price.

    What is masked in it does not count.
    """
    return in_words(worth.amounts(content), language)


def in_words(found: Mapping[str, Decimal], language: str) -> list[str]:
    """Amounts by currency, in the order of those."""
    return [amount(found[currency], currency, language) for currency in sorted(found)]


def amount(number: Decimal, currency: str, language: str) -> str:
    """One amount of money, with as many decimals as its currency has."""
    return product_words.amount({"amount": str(number), "currency": currency}, language)
