"""Leaving for a service that shows who somebody is: the way there, and why it led to nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wagtail_contracts.errors import Refusal
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import IdentityDiffers, ProviderUnusable, SignInCancelled
from wagtail_contracts.signing.models import Purpose
from wagtail_contracts.signing.public.page import ParticipantPage

BACK_TO = {Purpose.SIGNING: "sign", Purpose.OPENING: "identify", Purpose.FETCHING: "fetch"}


def leave(
    page: ParticipantPage, purpose: str, digest: str = "", waits: signing.Waits | None = None
) -> HttpResponse:
    """Send somebody off, by a page of ours that leads there at once, also without script.

    What `waits` does so here, and is no part of what travels.

    No redirect: browsers hold forms to the addresses that our policy names, and a service leads
    on to others that nobody can list.
    """
    try:
        address = signing.begin_sign_in(page.session, purpose, digest, waits=waits, by=page.by)
    except ProviderUnusable as refused:
        return not_taken(page, purpose, refused)
    return show(page, purpose, address)


def show(page: ParticipantPage, purpose: str, address: str) -> HttpResponse:
    """The page that leads there."""
    named = signing.needed(page.participant, purpose).name
    return page.show("leaving", page=page, address=address, service=named, **around(page))


def not_taken(page: ParticipantPage, purpose: str, refused: Refusal) -> HttpResponse:
    """Nothing was shown, and why; from here one begins again."""
    return page.show(
        "not_taken",
        status=422,
        page=page,
        title=_title(refused),
        text=str(refused),
        differs=isinstance(refused, IdentityDiffers),
        again=page.address_of(BACK_TO[Purpose(purpose)]),
        contact=page.contract.owner.email or page.contract.workspace.contact_email,
        **around(page),
    )


def around(page: ParticipantPage) -> dict[str, Any]:
    """What the frame of these pages says; they say nothing of the contract."""
    return {"organisation": page.contract.workspace.legal_name, "logo": ""}


def _title(refused: Refusal) -> str:
    if isinstance(refused, SignInCancelled):
        return _("Nothing is signed")
    return _("This was not you") if isinstance(refused, IdentityDiffers) else _("That did not work")
