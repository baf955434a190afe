"""The checks of an ID token by themselves; the whole way is in `security/oidc`."""

import time

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from tests.security.oidc import lies
from tests.security.oidc.configuration import ACR
from wagtail_contracts.signing.backends.oidc import tokens
from wagtail_contracts.signing.backends.oidc.clients import Client
from wagtail_contracts.signing.errors import SignInRefused

ISSUER, NONCE = "https://id.example", "n" * 43
CASES = [
    pytest.param(check, lie, truth, id=f"{check}-{number}")
    for check, (truth, *told) in lies.PAIRS.items()
    for number, lie in enumerate(told)
]


class Signer:
    """The keys of a provider, without the provider."""

    keys = {
        "RS": RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}),
        "ES": ECKey.generate_key("P-256", {"kid": "two", "use": "sig"}),
    }

    def public_keys(self):
        """Those that it publishes."""
        public = [key.as_dict(private=False) for key in self.keys.values()]
        return KeySet.import_key_set({"keys": public})

    def sign(self, claims, *, alg="RS256"):
        """A token of these claims."""
        key = self.keys["ES" if alg.startswith("ES") else "RS"]
        return jwt.encode({"alg": alg, "kid": key.kid}, claims, key, algorithms=[alg])


def honest():
    """What a provider says that does not lie."""
    now = int(time.time())
    times = {"iat": now, "exp": now + 300}
    who = {"sub": "kari", "name": "Kari Nordmann", "acr": ACR}
    return {"iss": ISSUER, "aud": "contracts", "nonce": NONCE, **times, **who}


def judged(token):
    """The claims, if they pass."""
    client = Client(id="contracts", acr=(ACR,))
    claims = tokens.read(token, Signer().public_keys(), client)
    tokens.judge(claims, ISSUER, client, NONCE)
    return claims


@pytest.mark.parametrize(("check", "lie", "truth"), CASES)
def test_a_lie_fails_its_check_and_its_twin_passes(check, lie, truth):
    with pytest.raises((SignInRefused, tokens.UnknownKey)) as refused:
        judged(lie(Signer(), honest()))
    assert getattr(refused.value, "check", "signature") == check

    assert judged(truth(Signer(), honest()))["sub"] == "kari"


CLAIMED = [case for case in CASES if case.values[0] not in ("algorithm", "signature")]


@pytest.mark.parametrize(("check", "lie", "truth"), CLAIMED)
def test_without_its_check_a_lie_passes(check, lie, truth, monkeypatch):
    """So it is that check alone that keeps it out, and each check is needed."""
    insist = tokens._insist
    monkeypatch.setattr(tokens, "_insist", lambda holds, name: insist(holds or name == check, name))
    assert judged(lie(Signer(), honest()))["name"] == "Kari Nordmann"


def test_no_level_at_all_is_good_enough_where_none_is_listed():
    client = Client(id="contracts", acr=())
    with pytest.raises(SignInRefused, match="level"):
        tokens.judge(honest(), ISSUER, client, NONCE)

    tokens.judge(honest(), ISSUER, Client(id="contracts", acr=(ACR,)), NONCE)
