"""What the templates of a workspace share is chosen by those alone who may know of it."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import get_active_log_context
from wagtail.snippets.blocks import SnippetChooserBlock


class KnownChooserBlock(SnippetChooserBlock):
    """One of the snippets of which one may know."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """Nothing for what is foreign to the user of the admin: a form or preview would show it."""
        found = super().value_from_datadict(data, files, prefix)
        user = get_active_log_context().user
        return found if found is None or user is None or found.is_known_to(user) else None
