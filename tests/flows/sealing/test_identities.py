"""A real identity seals no training, and a test identity nothing else, whatever is configured."""

import pytest

from tests import identity
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.identities import is_test
from wagtail_contracts.sealing.errors import SealRefused
from wagtail_contracts.sealing.flows import identities


@pytest.fixture
def seals(settings):
    """Changes what seals."""

    def change(**changes):
        section = {**identity.settings(), **changes}
        settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": section}

    return change


def test_each_is_taken_for_its_own_purpose(seals):
    seals()
    assert sealing.identity().certificate() != sealing.identity(test=True).certificate()


@pytest.mark.parametrize(("test", "says"), [(False, "is a test"), (True, "is no test")])
def test_neither_is_taken_for_the_other(seals, test, says):
    chosen = identity.settings()
    swapped = {
        "BACKEND": chosen["TEST_BACKEND"],
        "OPTIONS": chosen["TEST_OPTIONS"],
        "TEST_BACKEND": chosen["BACKEND"],
        "TEST_OPTIONS": chosen["OPTIONS"],
    }
    seals(**swapped)
    with pytest.raises(SealRefused, match=says):
        sealing.identity(test=test)


def test_without_a_test_identity_the_real_one_does_not_step_in(seals):
    seals(TEST_BACKEND="")
    assert sealing.identity()
    with pytest.raises(SealRefused, match="TEST_BACKEND"):
        sealing.identity(test=True)


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("TEST Eksempel AS seal", True),
        ("Eksempel AS seal", False),
        ("Testsenter AS seal", False),
        ("Eksempel TEST AS", False),
        (None, False),
    ],
)
def test_the_name_in_the_certificate_decides(name, is_one):
    assert is_test(name) is is_one


class Forgotten(dict):
    """As where another thread calls `forget` after each look and each loading."""

    def __contains__(self, key):
        found = super().__contains__(key)
        self.clear()
        return found

    def get(self, key, default=None):
        found = super().get(key, default)
        self.clear()
        return found

    def __setitem__(self, key, value):
        """It was forgotten before anybody can look."""


def test_an_identity_that_is_forgotten_meanwhile_is_given_all_the_same(monkeypatch):
    first = identities.held()
    monkeypatch.setattr(identities, "_held", Forgotten(identities._held))
    assert identities.held() is first

    again = identities.held()
    assert again is not first
    assert again.certificate() == first.certificate()
