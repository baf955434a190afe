"""The headers of every answer that goes to an outsider, refusals and errors too."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponseBase
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers

STYLES = "wagtail_contracts/signing/public.css"
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'"
    " data:; font-src 'self'; connect-src 'self'; media-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
# Error pages hold no nonce: two of them must be equal byte for byte.
BARE = (
    "default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
FILE = "default-src 'none'; sandbox"
ALWAYS = {
    "Cache-Control": "no-store, private",
    # Not no-referrer: browsers then post our own forms with "Origin: null", which Django refuses.
    "Referrer-Policy": "strict-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def nonce() -> str:
    """What names our own script and styles in one response."""
    return secrets.token_urlsafe(16)


def set_on(response: HttpResponseBase, policy: str) -> None:
    """Set all headers; a policy that the view chose itself stays."""
    for name, value in ALWAYS.items():
        response[name] = value
    response.setdefault("Content-Security-Policy", policy)
    patch_vary_headers(response, ["Cookie"])


def bare_policy() -> str:
    """The policy of a page that needs nothing but the style sheet, wherever static files are."""
    parts = urlsplit(static(STYLES))
    return BARE.format(styles=f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'")


def with_frames(hosts: Iterable[str]) -> str:
    """The policy of a page on which a reader may start players of these hosts, and no others."""
    frames = " ".join(f"https://{host}" for host in sorted(set(hosts)))
    return f"{POLICY}; frame-src {frames}" if frames else POLICY


def is_foreign(request: HttpRequest) -> bool:
    """Whether a browser says that another site's page makes this request."""
    return request.headers.get("Sec-Fetch-Site", "").lower() == "cross-site"
