"""Demo ID: a provider of identities for people who are made up, in the example site itself.

OpenID Connect as BankID and others speak it: authorisation code, PKCE, pushed requests. Anybody may
say that they are anybody, so it is good for trying out and for nothing else.
"""

from __future__ import annotations

import base64
import secrets
import time
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from joserfc import jwt
from joserfc.jwk import RSAKey

from example_site import grants
from example_site.grants import LASTS
from example_site.persons import PEOPLE
from wagtail_contracts.signing.backends.methods.oidc import OpenIDConnect


class DemoID(OpenIDConnect):
    """Nobody outside of this site learns anything."""

    stays_here = True


CLIENT, SECRET, ACR = "contracts", "only-for-the-demo", "demo-high"
DISCOVERY = ".well-known/openid-configuration"


@cache
def key() -> RSAKey:
    """Made anew whenever the demo starts."""
    return RSAKey.generate_key(2048, parameters={"kid": secrets.token_hex(4)})


@require_GET
def discovery(request: HttpRequest) -> JsonResponse:
    """Where everything is."""
    issuer = settings.DEMO_ID
    return JsonResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{settings.BASE_URL}/demo-id/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "pushed_authorization_request_endpoint": f"{issuer}/par",
            "authorization_response_iss_parameter_supported": True,
        }
    )


@require_GET
def keys(request: HttpRequest) -> JsonResponse:
    """The public key."""
    return JsonResponse({"keys": [key().as_dict(private=False)]})


@csrf_exempt
@require_POST
def pushed(request: HttpRequest) -> JsonResponse:
    """Take a request from the site, and give it a reference for the browser."""
    if not _is_client(request):
        return JsonResponse({"error": "invalid_client"}, status=401)
    reference = f"urn:demo:{grants.keep(request.POST.dict())}"
    return JsonResponse({"request_uri": reference, "expires_in": LASTS}, status=201)


def authorize(request: HttpRequest) -> HttpResponse:
    """Ask who one is, and send the browser back with a code."""
    reference = request.GET.get("request_uri", "")
    asked = grants.kept(reference.removeprefix("urn:demo:"))
    if asked is None:
        raise Http404
    if request.method == "GET":
        people = {key: person["name"] for key, person in PEOPLE.items()}
        return render(request, "example_site/demo_id.html", {"people": people})
    return grants.sent_back(request, asked, iss=settings.DEMO_ID)


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    """Exchange a code for a token, once."""
    asked = grants.kept(request.POST.get("code", ""), once=True)
    if not _is_client(request) or asked is None or not grants.proves(request, asked):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    now, who = int(time.time()), asked["person"]
    said = {"iss": settings.DEMO_ID, "aud": CLIENT, "iat": now, "exp": now + LASTS, "acr": ACR}
    claims = {**said, "sub": who, "nonce": asked["nonce"], **PEOPLE[who]}
    made = jwt.encode({"alg": "RS256", "kid": key().kid}, claims, key())
    return JsonResponse({"id_token": made, "access_token": "none", "token_type": "Bearer"})


def _is_client(request: HttpRequest) -> bool:
    expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    return request.headers.get("Authorization") == f"Basic {expected}"


urlpatterns = [
    path(DISCOVERY, discovery),
    path("keys", keys),
    path("par", pushed),
    path("authorize", authorize, name="demo_id"),
    path("token", token),
]
