"""What a contract is worth, in words."""

from __future__ import annotations

from decimal import Decimal

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.kinds import product_words


def amounts(content: trees.Content, language: str) -> list[str]:
    """The value of a content, one amount for each currency; none where nothing has a price."""
    return [product_words.amount(money, language) for money in content.get("value", ())]


def amount(number: Decimal, currency: str, language: str) -> str:
    """One amount of money, with as many decimals as its currency has."""
    return product_words.amount({"amount": str(number), "currency": currency}, language)
