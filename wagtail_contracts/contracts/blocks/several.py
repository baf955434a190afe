"""Lists that need more than one item to mean anything."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.blocks.list_block import ListValue


class Several(blocks.ListBlock):
    """A list that begins with the fewest items that it takes: nobody is at fault before writing."""

    def get_default(self) -> Any:
        """As many empty items."""
        values = [self.child_block.get_default() for _ in range(self.meta.min_num)]
        return ListValue(self, values=values)
