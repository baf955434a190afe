"""Where these pages are, and the way to them from one's account."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.factors import enrolling, own, pages, people, recovering
from wagtail_contracts.contracts.admin.stepup import OWN

STEM = "contract-factors"


def addresses() -> list[URLPattern]:
    """For `register_admin_urls`."""
    return [
        path(f"{STEM}/", own.OwnView.as_view(), name=OWN),
        path(f"{STEM}/add/", enrolling.BeginView.as_view(), name=pages.ADD),
        path(f"{STEM}/confirm/", enrolling.ConfirmView.as_view(), name=pages.CONFIRM),
        path(f"{STEM}/remove/<path:device>/", own.RemoveView.as_view(), name=pages.REMOVE),
        path(f"{STEM}/recovery/", recovering.RecoveryView.as_view(), name=pages.RECOVERY),
        path(f"{STEM}/people/", people.PeopleView.as_view(), name=pages.PEOPLE),
        path(f"{STEM}/people/<int:pk>/", people.ResetView.as_view(), name=pages.RESET),
    ]


def in_account(request: HttpRequest) -> dict[str, str] | None:
    """For `register_account_menu_item`."""
    if not contracts.factors_offered():
        return None
    return {
        "url": reverse(OWN),
        "label": _("Second factor"),
        "help_text": _("The devices and recovery codes by which you confirm that it is you."),
    }
