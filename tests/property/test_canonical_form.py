"""The canonical form, against a second implementation and the package of RFC 8785."""

import json
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.property import generated
from wagtail_contracts import canonical

SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def written(value):
    """RFC 8785 by hand, for values without fractions."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return '"' + "".join(map(letter, value)) + '"'
    if isinstance(value, list):
        return "[" + ",".join(map(written, value)) + "]"
    return "{" + ",".join(f"{written(k)}:{written(value[k])}" for k in sorted(value)) + "}"


def letter(character):
    if character in SHORT:
        return SHORT[character]
    return f"\\u{ord(character):04x}" if ord(character) < 0x20 else character


def reordered(value):
    """The same value, its keys in the opposite order."""
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


@generated.steady
@given(generated.values)
def test_it_is_what_two_other_programs_write(value):
    assert canonical.encode(value) == written(value).encode() == rfc8785.dumps(value)


@generated.steady
@given(generated.values)
def test_reading_it_gives_the_value_again(value):
    assert canonical.decode(canonical.encode(value)) == value


@generated.steady
@given(generated.values)
def test_the_order_of_keys_is_not_part_of_it(value):
    assert canonical.encode(reordered(value)) == canonical.encode(value)


@generated.steady
@given(generated.values, generated.values)
def test_two_values_have_one_digest_only_if_they_are_equal(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    digests = {canonical.digest(canonical.TEMPLATE, value) for value in (one, other)}
    assert (len(digests) == 1) == same


@generated.steady
@given(generated.values)
def test_each_tag_has_digests_of_its_own(value):
    tags = (canonical.CONTRACT_CONTENT, canonical.CONTRACT_VERSION, canonical.TEMPLATE)
    assert len({canonical.digest(tag, value) for tag in tags}) == len(tags)


@generated.steady
@given(generated.values)
def test_any_other_way_to_write_a_value_is_refused(value):
    other = json.dumps(value, sort_keys=True, indent=1).encode()
    assume(other != canonical.encode(value))
    with pytest.raises(canonical.NotCanonical):
        canonical.decode(other)


@generated.steady
@given(st.text(generated.letters, max_size=8))
def test_text_that_is_not_in_nfc_is_refused_and_not_changed(text):
    if text == generated.nfc(text):
        assert canonical.decode(canonical.encode(text)) == text
    else:
        with pytest.raises(canonical.NotCanonical):
            canonical.encode(text)


class Subclass(str):
    """A text that may lie."""


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        2**53,
        -(2**53),
        b"bytes",
        ("tuple",),
        {"set"},
        Decimal(1),
        Subclass("text"),
        "\ud800",
        "a\u030a",
        {"Key": 1},
        {"key-": 1},
        {"": 1},
        {1: 1},
        {"k" * 65: 1},
    ],
)
def test_what_has_no_canonical_form_is_refused_at_any_depth(value):
    assert canonical.encode({"list": ["text"]})
    for deep in (value, [value], {"list": [value]}):
        with pytest.raises(canonical.NotCanonical):
            canonical.encode(deep)


@generated.steady
@given(st.dates())
def test_a_day_is_written_as_iso_8601_says(day):
    assert canonical.day(day) == day.isoformat()


@generated.steady
@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_decimal_keeps_its_value_and_has_fixed_places(number):
    text = canonical.decimal(number, 4)
    assert Decimal(text) == number
    assert len(text.split(".")[1]) == 4
    assert text != "-0.0000"


@pytest.mark.parametrize("number", ["0.00001", "1.23456"])
def test_a_decimal_with_more_places_is_refused_and_not_rounded(number):
    with pytest.raises(canonical.NotCanonical):
        canonical.decimal(Decimal(number), 4)
