"""Where the list's own buttons lead."""

from __future__ import annotations

from django.urls import URLPattern, path

from wagtail_contracts.contracts.admin.lists import saved


def addresses() -> list[URLPattern]:
    """Keeping a view, and taking it away."""
    return [
        path("contract-views/", saved.SaveView.as_view(), name=saved.SAVE),
        path("contract-views/<int:pk>/remove/", saved.RemoveView.as_view(), name=saved.REMOVE),
    ]
