"""The form field of a stream, for posts that prove nothing: truncated, reordered, forged.

The stock field answers such a post with an error of the server.
"""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BlockField

from wagtail_contracts.contracts.blocks.packing import PackedBlockWidget

logger = logging.getLogger(__name__)
UNREADABLE = object()
INCOMPLETE = _("The form was incomplete. Reload the page and try again.")


class PostedWidget(PackedBlockWidget):
    """Says of a post that it can't be read."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The stream that was posted, or UNREADABLE."""
        try:
            return super().value_from_datadict(data, files, name)
        except Exception:  # blocks fail in many ways on hostile input; all mean the same
            logger.warning("Unreadable post for %s", name, exc_info=True)
            return UNREADABLE

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Never: a stream that was not sent is no empty one."""
        return False


class PostedField(BlockField):
    """Refuses what can't be read, and shows what is stored again."""

    def clean(self, value: Any) -> Any:
        """Judge what could be read."""
        if value is UNREADABLE:
            raise ValidationError(INCOMPLETE)
        return super().clean(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shows."""
        return initial if data is UNREADABLE else data

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else was posted."""
        return data is UNREADABLE or super().has_changed(initial, data)
