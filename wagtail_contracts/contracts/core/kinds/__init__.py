"""The kinds of blocks that a contract is made of; a new kind is one entry here."""

from wagtail_contracts.contracts.core.kinds import (
    alternatives,
    layout,
    media,
    places,
    products,
    words,
)
from wagtail_contracts.contracts.core.kinds.base import Kind

KINDS: dict[str, Kind] = {
    **words.KINDS,
    **places.KINDS,
    **alternatives.KINDS,
    **media.KINDS,
    **layout.KINDS,
    **products.KINDS,
}
