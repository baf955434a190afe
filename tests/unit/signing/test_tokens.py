"""Secrets of links, cookies and codes."""

import hashlib
import re
from collections import Counter

from wagtail_contracts.signing.core import tokens


def test_a_secret_has_43_characters_that_need_no_quoting_and_none_repeats():
    made = [tokens.issue() for _ in range(1000)]

    assert all(tokens.TOKEN.fullmatch(secret) for secret in made)
    assert len(set(made)) == 1000


def test_what_is_kept_is_the_plain_sha_256():
    assert tokens.fingerprint("x" * 43) == hashlib.sha256(b"x" * 43).digest()


def test_a_code_has_six_digits_and_may_begin_with_zero():
    made = Counter(tokens.new_code() for _ in range(3000))

    assert all(re.fullmatch(r"\d{6}", code) for code in made)
    assert any(code.startswith("0") for code in made)
    assert max(made.values()) <= 3
