"""What is known of a provider of identities, and the calls to it, all by the wire room."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from wagtail_contracts.signing.backends.methods import base
from wagtail_contracts.signing.backends.oidc.clients import Client
from wagtail_contracts.signing.errors import ProviderUnusable, SignInRefused
from wagtail_contracts.wire.calls import Answer, Refused, Rules, Undelivered, call

KEPT = 300.0  # seconds that a document of a provider is believed without being asked for again
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
HERE = ("127.0.0.1", "localhost")
_documents: dict[str, tuple[float, dict[str, Any]]] = {}


@dataclass(frozen=True)
class Provider:
    """`names_itself`: its answers carry `iss` (RFC 9207)."""

    issuer: str
    authorization: str
    token: str
    keys: str
    pushed: str
    names_itself: bool


def discover(issuer: str, rules: Rules) -> Provider:
    """What the provider that was asked says of itself. Raises ProviderUnusable."""
    place = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    found = document(place, rules)
    if found.get("issuer") != issuer:
        raise _unfit(place, "discovery under another name")
    if not _is_for_browsers(found.get("authorization_endpoint")):
        raise _unfit(place, "an address for browsers that is not https")
    try:
        return Provider(
            issuer=issuer,
            authorization=found["authorization_endpoint"],
            token=found["token_endpoint"],
            keys=found["jwks_uri"],
            pushed=found.get("pushed_authorization_request_endpoint", ""),
            names_itself=found.get("authorization_response_iss_parameter_supported") is True,
        )
    except KeyError as missing:
        raise _unfit(place, f"discovery without {missing}") from missing


def keys(provider: Provider, rules: Rules, *, fresh: bool = False) -> KeySet:
    """Its public keys, believed for a while; `fresh` asks again. Raises ProviderUnusable."""
    if fresh:
        _documents.pop(provider.keys, None)
    found: Any = document(provider.keys, rules)
    try:
        return KeySet.import_key_set(found)
    except (JoseError, KeyError, ValueError, TypeError) as wrong:
        raise _unfit(provider.keys, "keys that can’t be read") from wrong


def push(provider: Provider, client: Client, parameters: Mapping[str, str], rules: Rules) -> str:
    """Hand the request over directly (RFC 9126); the browser carries only a reference to it."""
    answer = _posted(provider.pushed, provider, client, parameters, rules)
    reference = _object(answer).get("request_uri") if answer.taken else None
    if not isinstance(reference, str):
        raise unusable(f"{answer.code} for a pushed request")
    return reference


def exchange(provider: Provider, client: Client, given: Mapping[str, str], rules: Rules) -> str:
    """The ID token for a code. Raises SignInRefused where the provider does not take the code."""
    form = {"grant_type": "authorization_code", **given}
    answer = _posted(provider.token, provider, client, form, rules)
    said = _object(answer)
    if answer.code == 400 and said.get("error") == "invalid_grant":
        raise SignInRefused("code")
    token = said.get("id_token") if answer.taken else None
    if not isinstance(token, str):
        raise unusable(f"{answer.code} for a code")
    return token


def document(url: str, rules: Rules) -> dict[str, Any]:
    """A JSON object that a provider publishes, as it was a short while ago at most."""
    kept = _documents.get(url)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    answer = _called(url, b"", {"Accept": "application/json"}, rules, method="GET")
    found = _object(answer) if answer.taken else {}
    if not found:
        raise unusable(f"{answer.code} for a document")
    _documents[url] = (time.monotonic() + KEPT, found)
    return found


def forget() -> None:
    """Believe nothing that was said before."""
    _documents.clear()


def unusable(why: str) -> ProviderUnusable:
    """No secret may stand in `why`, which is logged."""
    return base.unusable(_("The service can’t be used now. Nothing is signed."), why)


def _unfit(url: str, why: str) -> ProviderUnusable:
    """A document that says what can't be is not believed for a while, either."""
    _documents.pop(url, None)
    return unusable(why)


def _posted(
    url: str, provider: Provider, client: Client, form: Mapping[str, str], rules: Rules
) -> Answer:
    headers, proof = client.proof(provider.issuer)
    return _called(url, urlencode({**form, **proof}).encode(), {**FORM, **headers}, rules)


def _called(
    url: str, body: bytes, headers: Mapping[str, str], rules: Rules, *, method: str = "POST"
) -> Answer:
    try:
        return call(url, body, headers, rules, method=method)
    except (Refused, Undelivered) as failed:
        raise unusable(str(failed)) from failed


def _object(answer: Answer) -> dict[str, Any]:
    """The JSON object in an answer; empty where it is none."""
    try:
        found = json.loads(answer.start)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_for_browsers(address: object) -> bool:
    """Whether a browser may be sent there: by https, or to a provider on the same machine."""
    parts = urlsplit(str(address))
    here = parts.scheme == "http" and parts.hostname in HERE
    return bool(parts.hostname) and (parts.scheme == "https" or here)
