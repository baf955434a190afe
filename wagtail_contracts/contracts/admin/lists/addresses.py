"""Where the list's own buttons lead."""

from __future__ import annotations

from django.urls import URLPattern, path

from wagtail_contracts.contracts.admin.lists import saved


def addresses() -> list[URLPattern]:
    """Keeping a view, and taking it away."""
    return [path("contract-views/", saved.ViewsView.as_view(), name=saved.VIEWS)]
