"""What the demo's own services remember for two minutes: requests, codes and tokens (RFC 6749)."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from example_site.persons import PEOPLE

LASTS = 120  # seconds
REFUSED = {"error": "access_denied"}
_kept: dict[str, tuple[float, dict[str, Any]]] = {}


def keep(value: dict[str, Any]) -> str:
    """Keep something; the name under which whoever learns it finds it again."""
    name = secrets.token_urlsafe(24)
    _kept[name] = (time.time() + LASTS, value)
    return name


def kept(name: str, *, once: bool = False) -> dict[str, Any] | None:
    """What was kept under a name, for the last time if it is good for `once`."""
    until, value = _kept.get(name, (0.0, {}))
    if once:
        _kept.pop(name, None)
    return value if until > time.time() else None


def sent_back(request: HttpRequest, asked: dict[str, Any], **said: str) -> HttpResponse:
    """Back to the site, with a code of whoever was chosen, or with the word that nobody was."""
    person = request.POST.get("person", "")
    chosen = {"code": keep({**asked, "person": person})} if person in PEOPLE else REFUSED
    back = {"state": asked.get("state", ""), **said, **chosen}
    return HttpResponseRedirect(f"{asked['redirect_uri']}?{urlencode(back)}")


def proves(request: HttpRequest, asked: dict[str, Any]) -> bool:
    """That the one with the code began the sign-in (RFC 7636)."""
    digest = hashlib.sha256(request.POST.get("code_verifier", "").encode()).digest()
    made = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return made == asked.get("code_challenge")
