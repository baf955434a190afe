"""The definition of a stream for the editor's JavaScript, packed once and not for each request."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from wagtail.blocks import BlockWidget


class PackedBlockWidget(BlockWidget):
    """Keeps the packed definition with the block, for each language.

    A definition is the same for everybody: labels, and the HTML of widgets without values. Packing
    that of all data fields takes longer than all the rest of a page.
    """

    _js_context: Any
    _block_json: Any

    def _build_block_json(self) -> None:
        packed = self.block_def.__dict__.setdefault("packed", {})
        language = get_language()
        if language not in packed:
            super()._build_block_json()
            packed[language] = (self._js_context, self._block_json)
        self._js_context, self._block_json = packed[language]
