"""The search of choosers: the same words as everywhere, among what may be chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm


class SearchForm(BaseFilterForm):
    """One field, as Wagtail's choosers have it."""

    q = forms.CharField(label=_("Find a contract"), required=False)

    def filter(self, objects: Any) -> Any:
        """Only those with all the words."""
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return objects.holding(self.search_query) if self.is_searching else objects
