"""What a contract is worth: one answer for rules of approval, lists, filters and pages."""

from collections.abc import Iterator
from decimal import Decimal

from wagtail_contracts.contracts.core import masking, products, trees


def amounts(content: trees.Content) -> dict[str, Decimal]:
    """The greatest amount in each currency: what the product tables come to, or a data field."""
    found: dict[str, Decimal] = {}
    for money in [*products.value(content["body"]), *_filled_in(content)]:
        amount = Decimal(money["amount"])
        found[money["currency"]] = max(amount, found.get(money["currency"], amount))
    return {currency: amount for currency, amount in found.items() if amount > 0}


def told(content: trees.Content) -> dict[str, Decimal]:
    """The same for everybody who sees the contract: as if nothing sensitive were filled in."""
    return amounts(masking.without(content))


def is_secret(content: trees.Content) -> bool:
    """Say whether one of its amounts is sensitive: whoever may not see it may not try bounds."""
    return not _money(content).isdisjoint(masking.hidden(content))


def _money(content: trees.Content) -> set[str]:
    return {item["key"] for item in content["fields"] if item["kind"] == "money"}


def _filled_in(content: trees.Content) -> Iterator[products.Money]:
    keys, values = _money(content), trees.values_by_key(content)
    yield from (values[key] for key in values if key in keys and values[key] is not None)
