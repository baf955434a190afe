"""S-41: a token that lies is refused by the check that is named, and its honest twin accepted."""

import pytest

from tests.security.oidc import lies
from tests.security.oidc.configuration import ACR
from wagtail_contracts.audit.models import Event
from wagtail_contracts.signing.errors import SignInRefused
from wagtail_contracts.signing.models import Identification

pytestmark = pytest.mark.django_db
NOT_TODAY = 3600
PAIRS = {  # the check: (the truth, lie, lie, …)
    "issuer": (lies.claim(), lies.claim(iss="https://evil.example"), lies.claim(iss=None)),
    "audience": (
        lies.claim(aud="contracts"),
        lies.claim(aud="other"),
        lies.claim(aud=["contracts", "other"]),
        lies.claim(aud=None),
    ),
    "authorized_party": (lies.claim(azp="contracts"), lies.claim(azp="other")),
    "expiry": (lies.after("exp", -30), lies.after("exp", -120), lies.claim(exp=None)),
    "issued_at": (lies.after("iat", 30), lies.after("iat", NOT_TODAY), lies.claim(iat=None)),
    "not_before": (lies.after("nbf", -1), lies.after("nbf", NOT_TODAY), lies.claim(nbf="never")),
    "nonce": (
        lies.claim(),
        lies.claim(nonce="of another version"),
        lies.claim(nonce=None),
        lies.claim(nonce=""),
    ),
    "level": (
        lies.claim(acr=ACR),
        lies.claim(acr="low"),
        lies.claim(acr=None),
        lies.claim(acr=[ACR]),
    ),
    "subject": (lies.claim(), lies.claim(sub=None)),
    "algorithm": (
        lies.algorithm("ES256"),
        lies.unsigned,
        lies.public_key_as_secret,
        lies.algorithm("RS384"),
    ),
    "signature": (
        lies.algorithm("PS256"),
        lies.foreign_key,
        lies.unknown_key,
        lies.key_in_the_header,
        lies.altered,
        lambda op, honest: "no.token",
    ),
}
CASES = [
    pytest.param(check, lie, truth, id=f"{check}-{number}")
    for check, (truth, *told) in PAIRS.items()
    for number, lie in enumerate(told)
]


@pytest.mark.parametrize(("check", "lie", "truth"), CASES)
def test_a_lie_is_refused_by_its_check_and_its_twin_accepted(check, lie, truth, op, kari):
    op.twist = lie
    with pytest.raises(SignInRefused) as refused:
        kari.sign_in()
    assert refused.value.check == check
    assert not Identification.objects.exists()
    failed = Event.objects.filter(name="identification.failed").get()
    assert failed.data["why"] == check

    op.twist = truth
    assert kari.sign_in()


def test_keys_are_believed_for_a_while_and_fetched_once_more_for_an_unknown_one(op, kari):
    assert kari.sign_in()
    assert kari.sign_in()
    assert op.asked.count("jwks.json") == 1

    op.twist = lies.unknown_key
    with pytest.raises(SignInRefused):
        kari.sign_in()
    assert op.asked.count("jwks.json") == 2


def test_a_new_key_of_the_provider_is_found(op, kari, monkeypatch):
    known = op.op.keyjar.export_jwks()
    monkeypatch.setattr(op.op.keyjar, "export_jwks", lambda: {"keys": known["keys"][1:]})
    with pytest.raises(SignInRefused):
        kari.sign_in()

    monkeypatch.undo()
    assert kari.sign_in()
