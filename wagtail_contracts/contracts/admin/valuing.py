"""What a contract is worth, whether it was sent or not."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import worth as value
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.rendering import worth


def amounts(contract: Any) -> list[str]:
    """Of the newest version, or the draft as it is: an amount for each currency, as in the list."""
    version = contract.current_version
    try:
        content = version.content if version else contracts.compose(contract)
    except NotReady:
        return []
    return worth.in_words(value.told(content), get_language() or "en")
