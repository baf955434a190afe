"""Where somebody says something in their own words: why, a question, an answer, a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core.text import LONGEST, normal


class SaidField(forms.CharField):
    """A few lines, no longer than the flows take; a line's end counts as one character.

    The widget allows what the field does, so that who types is held up and loses nothing.
    """

    default_error_messages = {
        "max_length": _("Use at most %(limit_value)s characters; there are %(show_value)s.")
    }

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=LONGEST, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """In the normal form, in which it is counted and kept."""
        return normal(super().to_python(value)).strip()
