"""Placeholders in texts of mails: filled once, and named where there is none."""

import pytest

from wagtail_contracts.contracts.core import placeholders

WORDS = dict.fromkeys(placeholders.NAMES, "x") | {"title": "Rent {sender}", "sender": "Ola"}


def test_each_is_filled_and_what_it_says_is_not_read_again():
    assert placeholders.filled("{title} from {sender}", WORDS) == "Rent {sender} from Ola"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Dear {name}, answer by {deadline}.", []),
        ("Dear {nmae}", ["{nmae}"]),
        ("{ title } {}", ["{ title }", "{}"]),
        ("{title} } {", ["}", "{"]),
        ("{{title}}", ["{", "}"]),
        ("{price}", ["{price}"]),
    ],
)
def test_what_is_no_placeholder_is_named(text, wrong):
    assert placeholders.unknown(text) == wrong


def test_an_empty_line_parts_paragraphs_and_other_breaks_do_not():
    assert placeholders.paragraphs("One\r\ntwo\r\n\r\n \r\nthree ") == ["One two", "three"]
