"""The setting “Shown if” of a block, and the formula of a computed field.

Each is one hidden input that holds JSON: its pickers are built in the browser when somebody opens
them, so that a template of 150 blocks is as quick to open as without.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static

from wagtail_contracts.contracts.blocks.faults import sentence
from wagtail_contracts.contracts.core import conditions
from wagtail_contracts.contracts.core.expressions import Invalid, names

ROOM = "wagtail_contracts/contracts"


class PickersInput(forms.HiddenInput):
    """The input that the pickers of conditions.js write into."""

    def __init__(self, pickers: str) -> None:
        super().__init__({"data-controller": pickers})

    @property
    def media(self) -> forms.Media:
        """The pickers."""
        names = ("pickers", "conditions")
        return forms.Media(js=[versioned_static(f"{ROOM}/{name}.js") for name in names])


class ConditionBlock(blocks.FieldBlock):
    """What must hold for a block to be there; nothing means always."""

    def __init__(self, help_text: Any = None, **options: Any) -> None:
        super().__init__(**options)
        self.field = forms.CharField(
            required=False, help_text=help_text, widget=PickersInput("wc-condition")
        )

    def value_from_form(self, value: Any) -> conditions.Stored | None:
        """Read what the pickers wrote."""
        return conditions.read(value)

    def value_for_form(self, value: Any) -> str:
        """Write what the pickers read."""
        return json.dumps(value) if value else ""

    def clean(self, value: Any) -> conditions.Stored | None:
        """Refuse tests that are not finished, but in a draft; and what can't be read."""
        for place, _wrong in () if self.is_deferred_validation else conditions.problems(value):
            message = _("Finish or remove test %(place)s of “Shown if”.") % {"place": place + 1}
            raise ValidationError(message)
        text = conditions.compiled(value)
        try:
            names(text or "yes")
        except Invalid as wrong:
            raise ValidationError(sentence(wrong)) from wrong
        return conditions.read(value)

    class Meta:
        icon = "view"
        label = _("Shown if")
