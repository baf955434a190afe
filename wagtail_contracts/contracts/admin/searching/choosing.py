"""The search of choosers: the same words as everywhere, among what may be chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm

TRAINING = "training"  # in an address: 1 for contracts for training, 0 for real ones


class OfOneKindMixin:
    """For a chooser's list: contracts for training, or real ones, where one of these is asked."""

    request: Any

    def get_object_list(self) -> Any:
        """All without being asked."""
        found = super().get_object_list()  # type: ignore[misc]
        asked = {"1": True, "0": False}.get(self.request.GET.get(TRAINING, ""))
        return found if asked is None else found.filter(workspace__training=asked)


class SearchForm(BaseFilterForm):
    """One field, as Wagtail's choosers have it."""

    q = forms.CharField(label=_("Find a contract"), required=False)

    def filter(self, objects: Any) -> Any:
        """Only those with all the words."""
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        return objects.holding(self.search_query) if self.is_searching else objects
