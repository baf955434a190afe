"""S-42: an answer counts once, in the browser that left for it, for the text that was shown."""


import pytest

from tests.security.oidc.configuration import ACR, PERSON
from wagtail_contracts.signing.core import shown

pytestmark = pytest.mark.django_db


def test_an_honest_sign_in_is_kept_with_what_the_provider_said(kari, op):
    made = kari.sign_in()

    assert (made.participant, made.method, made.purpose) == (kari.person, "bankid", "signing")
    kept = shown.read(made.evidence)
    assert (kept.issuer, kept.subject, kept.acr) == (op.issuer, PERSON["sub"], ACR)
    assert (kept.name, kept.national_id) == (PERSON["name"], PERSON["nnin"])
    assert kept.answer.count(".") == 2
