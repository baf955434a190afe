"""S-41: a token that lies is refused by the check that is named, and its honest twin accepted."""

import pytest

from tests.security.oidc import lies
from wagtail_contracts.audit.models import Event
from wagtail_contracts.signing.errors import SignInRefused
from wagtail_contracts.signing.models import Identification

pytestmark = pytest.mark.django_db
CASES = [
    pytest.param(check, lie, truth, id=f"{check}-{number}")
    for check, (truth, *told) in lies.PAIRS.items()
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
