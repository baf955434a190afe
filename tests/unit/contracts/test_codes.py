"""What a code app is given, and how people type codes."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from wagtail_contracts.contracts.core import codes

# RFC 4648, section 10, without padding.
VECTORS = {b"f": "MY", b"foo": "MZXW6", b"foobar": "MZXW6YTBOI"}


@pytest.mark.parametrize(("secret", "key"), VECTORS.items())
def test_a_key_is_base_32(secret, key):
    assert codes.key(secret) == key


@pytest.mark.parametrize("issuer", ["Eksempel AS", "a:b", "Økonomi & co", ""])
def test_the_address_gives_an_app_what_it_needs(issuer):
    url = urlsplit(codes.address(b"foobar", "ola@x.example", issuer))
    plain = issuer.replace(":", "")
    assert (url.scheme, url.netloc) == ("otpauth", "totp")
    assert unquote(url.path) == f"/{plain}:ola@x.example"
    said = {name: value[0] for name, value in parse_qs(url.query, keep_blank_values=True).items()}
    assert (said.pop("secret"), said.pop("issuer")) == ("MZXW6YTBOI", plain)
    assert said == {"algorithm": "SHA1", "digits": "6", "period": "30"}
    assert "+" not in url.query  # code apps show it as it stands


def test_recovery_codes_are_many_and_of_one_kind():
    made = {codes.recovery_code() for _number in range(200)}
    assert len(made) == 200
    assert all(codes.is_recovery(code) and set(code) <= set(codes.ALPHABET) for code in made)
    assert not set("01lo") & set(codes.ALPHABET)
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 32


@pytest.mark.parametrize(
    "typed", ["abcde fghij", "ABCDE-FGHIJ", " abcde\u00a0fghij\n", "abcdefghij"]
)
def test_people_type_codes_as_they_like(typed):
    assert codes.typed(typed) == "abcdefghij"


@pytest.mark.parametrize("code", ["123456", "12345678", "", "abcdefghijk"])
def test_nothing_else_is_taken_for_a_recovery_code(code):
    assert not codes.is_recovery(code)


def test_squares_become_a_path_and_text_becomes_groups():
    assert codes.outline([[1, 0], [0, 1]]) == "M0 0h1v1h-1zM1 1h1v1h-1z"
    assert codes.grouped("abcdefg", 3) == "abc def g"
