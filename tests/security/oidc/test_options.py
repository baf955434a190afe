"""What a provider has to be set up with, and what is said of half of it."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.checks import run_checks
from joserfc.jwk import ECKey, RSAKey

from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.signing.backends import methods
from wagtail_contracts.signing.errors import NotIdentified, ProviderUnusable

pytestmark = pytest.mark.django_db


def pem(key):
    """A private key as text."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


RSA = pem(rsa.generate_private_key(65537, 2048))
P256 = pem(ec.generate_private_key(ec.SECP256R1()))
HALF = [
    ({"acr": []}, "ACR"),
    ({"acr": "high"}, "ACR"),
    ({"acr": ["high", ""]}, "ACR"),
    ({"client_secret": ""}, "one of them"),
    ({"private_key": RSA}, "one of them"),
    ({"client_secret": "", "private_key": "no key"}, "no private key"),
    ({"authentication": "private_key_jwt"}, "AUTHENTICATION"),
    ({"authentication": "none"}, "AUTHENTICATION"),
    ({"client_id": ""}, "CLIENT_ID"),
    ({"issuer": "http://id.example"}, "https"),
    ({"issuer": ""}, "https"),
    ({"algorithms": ["none"]}, "proves nothing"),
    ({"algorithms": ["RS256", "HS256"]}, "proves nothing"),
    ({"algorithms": []}, "proves nothing"),
    ({"scope": "profile"}, "openid"),
    ({"claims": {"nid": "pid"}}, "CLAIMS"),
    ({"label": ""}, "LABEL"),
]


def told():
    """What the system check says of means of identification."""
    return [found.msg for found in run_checks() if found.id == "wagtail_contracts.E035"]


@pytest.mark.parametrize(("changes", "words"), HALF)
def test_half_a_provider_is_told_and_nobody_is_sent_there(asked, bankid, changes, words):
    bankid(**changes)
    assert [message for message in told() if words in message]
    assert methods.method("bankid").missing(asked.kari)

    bankid()
    assert told() == []
    assert methods.method("bankid").missing(asked.kari) == ""


def test_nobody_comes_back_to_half_a_provider(kari, bankid):
    answer = kari.answer()
    bankid(acr=[])
    with pytest.raises(ProviderUnusable):
        kari.back(answer)

    bankid()
    assert kari.sign_in()


def test_no_means_takes_the_key_of_one_of_ours(bankid, settings):
    signing = settings.WAGTAIL_CONTRACTS["SIGNING"]
    mine = {"link": signing["METHODS"]["bankid"]}
    changed = {**signing, "METHODS": {**signing["METHODS"], **mine}}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": changed}

    assert [message for message in told() if "['link']" in message]
    assert methods.methods()["link"].kind == methods.method("link").kind == "link"
    bankid()
    assert methods.methods()["bankid"].kind == "away"


def test_a_mistyped_option_is_told(bankid):
    bankid(isuer="https://id.example")
    assert [message for message in told() if "isuer" in message]


def test_a_provider_without_names_needs_a_number(asked, bankid):
    bankid(claims={"name": "", "national_id": "nnin"})
    found = methods.method("bankid")
    assert "number" in found.missing(asked.kari)
    assert found.missing(Participant(national_id="01018510002")) == ""


@pytest.mark.parametrize(("key", "kind"), [(RSA, RSAKey), (P256, ECKey)], ids=["RSA", "P-256"])
def test_we_prove_who_we_are_with_a_key(kari, op, bankid, key, kind):
    public = kind.import_key(key).as_dict(private=False) | {"kid": "ours", "use": "sig"}
    op.op.keyjar.import_jwks({"keys": [public]}, "contracts")
    bankid(client_secret="", private_key=key, key_id="ours")
    assert kari.sign_in()


def test_another_key_proves_nothing(kari, op, bankid):
    public = RSAKey.import_key(RSA).as_dict(private=False) | {"kid": "theirs", "use": "sig"}
    op.op.keyjar.import_jwks({"keys": [public]}, "contracts")
    other = pem(rsa.generate_private_key(65537, 2048))
    bankid(client_secret="", private_key=other, key_id="theirs")
    with pytest.raises(ProviderUnusable):
        kari.sign_in()

    bankid(client_secret="", private_key=RSA, key_id="theirs")
    assert kari.sign_in()


def test_no_secret_stands_in_what_is_printed(options):
    found = methods.method("bankid")
    assert found is None
    from wagtail_contracts.signing.backends.oidc.options import Options

    assert options["client_secret"] not in repr(Options(**options))
    assert options["client_secret"] not in repr(Options(**options).client)


def test_a_means_that_is_gone_lets_nobody_leave(kari, bankid, settings):
    ours = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**ours, "SIGNING": {}}
    with pytest.raises(NotIdentified):
        kari.leave()

    settings.WAGTAIL_CONTRACTS = ours
    assert kari.leave()
