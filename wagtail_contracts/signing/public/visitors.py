"""Who asks: the cookie of a participant's session, and the network address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from wagtail_contracts.signing.conf import signing
from wagtail_contracts.signing.models import SigningSession

A_YEAR = 365 * 86_400  # seconds
LONGEST = 45  # characters of an address, IPv4 in IPv6 included


def cookie_name(request: HttpRequest, public_id: str) -> str:
    """One cookie for each participant, so that two contracts in one browser never mix.

    Browsers take the prefix __Host- over https alone; development on plain http goes without it.
    """
    stem = signing().cookie
    return f"{stem if request.is_secure() else stem.removeprefix('__Host-')}-{public_id}"


def cookie_of(request: HttpRequest, public_id: str) -> str:
    """The secret that this browser has for a participant; empty for none."""
    return request.COOKIES.get(cookie_name(request, public_id), "")


def remember(
    request: HttpRequest, response: HttpResponseBase, session: SigningSession, secret: str
) -> None:
    """Give the browser the secret of a session, for as long as that goes on."""
    seconds = int((session.expires_at - timezone.now()).total_seconds())
    keep(request, response, cookie_name(request, session.participant.public_id), secret, seconds)


def forget(request: HttpRequest, response: HttpResponseBase, public_id: str) -> None:
    """Take from the browser all that it keeps of a participant."""
    stem = cookie_name(request, public_id)
    for name in [name for name in request.COOKIES if name.startswith(stem)]:
        response.delete_cookie(name, samesite="Lax")


def device_of(request: HttpRequest, public_id: str) -> str:
    """The secret by which a participant's browser is known again; empty for none."""
    return request.COOKIES.get(f"{cookie_name(request, public_id)}-device", "")


def remember_device(
    request: HttpRequest, response: HttpResponseBase, public_id: str, secret: str
) -> None:
    """Give the browser such a secret, for as long as browsers keep any."""
    keep(request, response, f"{cookie_name(request, public_id)}-device", secret, A_YEAR)


def keep(
    request: HttpRequest, response: HttpResponseBase, name: str, value: str, seconds: int
) -> None:
    """Set a cookie that no script reads and no other site's page sends."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def address(request: HttpRequest) -> str:
    """The client's network address, as the outermost proxy that we trust saw it.

    What stands further left in X-Forwarded-For is what the client wants us to believe.
    """
    given = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    passed = [*filter(None, given), request.META.get("REMOTE_ADDR", "")]
    proxies = signing().proxies
    return passed[-1 - proxies if proxies < len(passed) else -1][:LONGEST]
