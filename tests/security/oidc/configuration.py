"""What the provider of the tests is told: endpoints, keys, its one person and its one client."""

from __future__ import annotations

from typing import Any

SECRET = "s" * 40
PERSON = {"sub": "kari", "name": "Kari Nordmann", "nnin": "13097248022"}
ACR = "urn:bankid:bid"
Words = dict[str, Any]


def of(issuer: str) -> Words:
    """The whole configuration."""
    signing = [{"type": "RSA", "use": ["sig"]}, {"type": "EC", "crv": "P-256", "use": ["sig"]}]
    secret = [{"type": "OCT", "use": ["enc"], "kid": kid} for kid in ("password", "salt")]
    crypt = {"kwargs": {"keys": {"key_defs": secret}, "iterations": 1}}
    user = {
        "acr": ACR,
        "class": "idpyoidc.server.user_authn.user.NoAuthn",
        "kwargs": {"user": PERSON["sub"]},
    }
    return {
        "issuer": issuer,
        "keys": {"key_defs": signing, "uri_path": "jwks.json"},
        "preference": {"subject_types_supported": ["public"], "acr_values_supported": [ACR]},
        "endpoint": _endpoints(),
        "add_on": {"pkce": _pkce()},
        "authentication": {"at_once": user},
        "userinfo": {
            "class": "idpyoidc.server.user_info.UserInfo",
            "kwargs": {"db": {PERSON["sub"]: PERSON}},
        },
        "token_handler_args": _tokens(crypt),
        "session_params": {"encrypter": crypt},
        "scopes_to_claims": {"openid": ["sub"], "profile": ["name"], "nnin": ["nnin"]},
    }


def client(callback: str) -> Words:
    """The one that it knows."""
    return {
        "client_id": "contracts",
        "client_secret": SECRET,
        "client_salt": "salt",
        "redirect_uris": [(callback, {})],
        "token_endpoint_auth_method": "client_secret_basic",
        "response_types": ["code"],
        "allowed_scopes": ["openid", "profile", "nnin"],
    }


def _tokens(crypt: Words) -> Words:
    claims = {"lifetime": 300, "base_claims": {"name": None, "nnin": None, "acr": None}}
    return {
        "code": {"lifetime": 600, "kwargs": {"crypt_conf": crypt}},
        "token": {
            "class": "idpyoidc.server.token.jwt_token.JWTToken",
            "kwargs": {"lifetime": 3600},
        },
        "id_token": {"class": "idpyoidc.server.token.id_token.IDToken", "kwargs": claims},
    }


def _endpoints() -> Words:
    proofs = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
    code = {"response_types_supported": ["code"], "response_modes_supported": ["query"]}
    return {
        "provider_info": _endpoint(
            ".well-known/openid-configuration", "oidc.provider_config.ProviderConfiguration", None
        ),
        "authorization": _endpoint(
            "authorization", "oidc.authorization.Authorization", None, **code
        ),
        "token": _endpoint("token", "oidc.token.Token", proofs),
        "pushed_authorization": _endpoint(
            "par", "oauth2.pushed_authorization.PushedAuthorization", proofs
        ),
    }


def _endpoint(path: str, name: str, proofs: list[str] | None, **options: Any) -> Words:
    return {
        "path": path,
        "class": f"idpyoidc.server.{name}",
        "kwargs": {"client_authn_method": proofs, **options},
    }


def _pkce() -> Words:
    return {
        "function": "idpyoidc.server.oauth2.add_on.pkce.add_support",
        "kwargs": {"essential": True, "code_challenge_methods": {"S256": None}},
    }
