"""What a signature is worth."""

import pytest

from wagtail_contracts.signing.core import levels


def test_a_one_time_code_makes_a_simple_signature():
    assert {levels.level(method) for method in ("email_code", "totp")} == {"simple"}


def test_a_method_without_a_level_is_an_error():
    with pytest.raises(KeyError):
        levels.level("handshake")
