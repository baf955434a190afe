"""What a contract is worth, whether it was sent or not."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.rendering import worth


def amounts(contract: Any) -> list[str]:
    """Of the newest version, or the draft as it is: an amount for each currency."""
    version = contract.current_version
    try:
        content = version.content if version else contracts.compose(contract)
    except NotReady:
        return []
    return worth.amounts(content, get_language() or "en")


def quickly(contract: Any) -> list[str]:
    """The same for a row of a list: a draft without a product table is not composed."""
    if contract.current_version_id or "'products'" in str(list(contract.body.raw_data)):
        return amounts(contract)
    return []
