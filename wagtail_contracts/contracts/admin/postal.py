"""The postal address of a party, in the forms of the admin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.value_widgets import PartsWidget
from wagtail_contracts.contracts.core import answers
from wagtail_contracts.contracts.core.content import field
from wagtail_contracts.contracts.errors import AnswersRefused

KEY = "address"
DEFINITION = field({"kind": "address", "key": KEY, "label": "", "country": "NO"})


class AddressField(forms.Field):
    """Read and shown as a data field for an address is; left empty it is none."""

    def __init__(self) -> None:
        label: Any = _("Postal address")
        widget = PartsWidget({**DEFINITION, "label": label})
        super().__init__(required=False, label=label, widget=widget)

    def prepare_value(self, value: Any) -> Any:
        """What stands in the inputs, for what is stored as for what was typed."""
        stored = isinstance(value, Mapping) and isinstance(value.get("street"), list)
        return answers.raw(DEFINITION, value) if stored else value

    def clean(self, value: Any) -> Any:
        """The stored form of what was typed."""
        try:
            return contracts.read_values([DEFINITION], {KEY: value})[KEY]
        except AnswersRefused as refusal:
            raise forms.ValidationError(refusal.problems[KEY]) from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what stands in the inputs; a country alone says nothing."""
        was, now = (answers.tidied(DEFINITION, self.prepare_value(v)) for v in (initial, data))
        empty = [answers.is_empty(DEFINITION, each) for each in (was, now)]
        return not all(empty) and was != now
