"""Which opening of a form saved a revision, written into the revision itself.

Nobody else's save says so, and what overwrites a revision overwrites this with it.
"""

from __future__ import annotations

from typing import Any

from django.db import models

NOTE = "wc_opening"


class OpenedMixin(models.Model):
    """For what is edited by a form that carries its opening."""

    opening_note: dict[str, Any] | None = None

    class Meta:
        abstract = True

    def serializable_data(self) -> dict[str, Any]:
        """Add the note, if this is what a form saves."""
        data: dict[str, Any] = super().serializable_data()  # type: ignore[misc]
        return {**data, NOTE: self.opening_note} if self.opening_note else data
