"""Demo signature service: signs for people who are made up, in the example site itself.

The API of the Cloud Signature Consortium (2.0), as far as one signature needs it. Key, certificate,
revocation list and signature are real ones; but anybody may say that they are anybody.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from example_site import grants, persons
from example_site.persons import PEOPLE
from wagtail_contracts.signing.backends.methods import Leaving
from wagtail_contracts.signing.backends.methods.remote import RemoteSignature

CLIENT, SECRET = "contracts", "only-for-the-demo"
ECDSA = "1.2.840.10045.4.3.2"
Asked = Mapping[str, Any]


class DemoSignature(RemoteSignature):
    """Nobody outside of this site learns anything."""

    stays_here = True

    def begin(self, leaving: Leaving) -> str:
        """On the address by which the browser knows this site."""
        here = f"{settings.BASE_URL}/demo-signature"
        return super().begin(leaving).replace(settings.DEMO_SIGNATURE, here, 1)


@csrf_exempt
@require_POST
def info(request: HttpRequest) -> JsonResponse:
    """What it can do, and where people authorise."""
    return JsonResponse(
        {
            "specs": "2.0.0.2",
            "name": persons.AUTHORITY,
            "authType": ["oauth2code"],
            "oauth2": settings.DEMO_SIGNATURE,
            "methods": ["credentials/list", "credentials/info", "signatures/signHash"],
        }
    )


def authorize(request: HttpRequest) -> HttpResponse:
    """Ask who one is, or whether this one hash is to be signed; send the browser back."""
    asked = request.GET.dict()
    if asked.get("client_id") != CLIENT or not _is_back(asked.get("redirect_uri", "")):
        raise Http404
    if request.method == "GET":
        people = {key: person["name"] for key, person in PEOPLE.items()}
        signer = people.get(asked.get("credentialID", ""), "")
        page = {"people": people, "signer": signer, "about": asked.get("description", "")}
        return render(request, "example_site/demo_signature.html", page)
    return grants.sent_back(request, asked)


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    """Exchange a code for a token, once."""
    asked = grants.kept(request.POST.get("code", ""), once=True)
    given = (request.POST.get("client_id"), request.POST.get("client_secret"))
    if given != (CLIENT, SECRET) or asked is None or not grants.proves(request, asked):
        return JsonResponse({"error": "invalid_grant"}, status=400)
    kind = "SAD" if asked["scope"] == "credential" else "Bearer"
    made = {"access_token": grants.keep(asked), "token_type": kind, "expires_in": grants.LASTS}
    return JsonResponse(made)


@csrf_exempt
@require_POST
def listed(request: HttpRequest) -> JsonResponse:
    """The one credential of whoever said who they are."""
    granted = _granted(request, "service")
    return JsonResponse({"credentialIDs": [granted["person"]]}) if granted else _refused()


@csrf_exempt
@require_POST
def described(request: HttpRequest) -> JsonResponse:
    """Its key and certificates."""
    granted = _granted(request, "service")
    if granted is None or _body(request).get("credentialID") != granted["person"]:
        return _refused()
    _key, certificate = persons.holder(granted["person"])
    chain = [item.public_bytes(Encoding.DER) for item in (certificate, persons.authority())]
    return JsonResponse(
        {
            "key": {"status": "enabled", "algo": [ECDSA], "len": 256},
            "cert": {"status": "valid", "certificates": [_base64(item) for item in chain]},
            "auth": {"mode": "oauth2code"},
            "SCAL": "2",
            "multisign": 1,
        }
    )


@csrf_exempt
@require_POST
def signed(request: HttpRequest) -> JsonResponse:
    """Sign the hash that the person authorised, with the key that they named, once."""
    granted, asked = _granted(request, "credential", once=True), _body(request)
    if granted is None or not _is_authorised(asked, granted):
        return _refused()
    key, _certificate = persons.holder(granted["person"])
    hashed = base64.b64decode(asked["hashes"][0])
    made = key.sign(hashed, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
    return JsonResponse({"signatures": [_base64(made)]})


@require_GET
def revoked(request: HttpRequest) -> HttpResponse:
    """The revocation list that the certificates name."""
    if not persons.are_known():
        raise Http404
    return HttpResponse(persons.revoked(), content_type="application/pkix-crl")


def _is_back(address: str) -> bool:
    """Whether it leads to our own site, whatever a stranger's link says."""
    return address == settings.BASE_URL + reverse(
        "wagtail_contracts:return", args=["demo_signature"]
    )


def _is_authorised(asked: Asked, granted: Asked) -> bool:
    """One hash, the same; by the credential of whoever pressed the button."""
    given = asked.get("hashes")
    if not isinstance(given, list) or len(given) != 1:
        return False
    named = (asked.get("credentialID"), str(given[0]).replace("+", "-").replace("/", "_"))
    allowed = (granted["person"], granted.get("hashes"))
    same = (named[0], named[1].rstrip("=")) == allowed
    return same and granted.get("credentialID") == granted["person"]


def _granted(request: HttpRequest, scope: str, *, once: bool = False) -> dict[str, Any] | None:
    name = request.headers.get("Authorization", "").removeprefix("Bearer ")
    granted = grants.kept(name, once=once)
    return granted if granted and granted.get("scope") == scope else None


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        said = json.loads(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _refused() -> JsonResponse:
    return JsonResponse({"error": "invalid_request"}, status=400)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


urlpatterns = [
    path("csc/v2/info", info),
    path("csc/v2/credentials/list", listed),
    path("csc/v2/credentials/info", described),
    path("csc/v2/signatures/signHash", signed),
    path("oauth2/authorize", authorize, name="demo_signature"),
    path("oauth2/token", token),
    path("revoked.crl", revoked),
]
