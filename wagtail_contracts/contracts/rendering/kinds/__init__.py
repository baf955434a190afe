"""How each kind of block is made ready for its template; a new kind is one entry here."""

from collections.abc import Callable

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.rendering.kinds import layout, media, places, products, words
from wagtail_contracts.contracts.rendering.kinds.base import Frame, Part

MAKERS: dict[str, Callable[[Frame, trees.Node], Part]] = {
    **words.MAKERS,
    **places.MAKERS,
    **media.MAKERS,
    **layout.MAKERS,
    **products.MAKERS,
}
