"""Text in its normal form, however it was typed."""

import unicodedata

import pytest

from wagtail_contracts.contracts.core.text import BETWEEN, IN_A_ROW, normal

HIGH, LOW = "\u0315", "\u0316"  # in the order in which nobody has to type them


def test_marks_are_put_in_order_and_joined_with_their_letter():
    assert normal(f"a{HIGH}{LOW}") == f"a{LOW}{HIGH}"
    assert normal("A\u030a\r\nb\rc") == "Å\nb\nc"


@pytest.mark.parametrize("marks", [2 * IN_A_ROW, 20_000])  # ten times as many took minutes
def test_rows_of_marks_stay_short_and_lose_none(marks):
    made = normal("a" + HIGH * (marks // 2) + LOW * (marks // 2))
    rows = made.split(BETWEEN)
    assert len(rows) == -(-marks // IN_A_ROW)
    assert max(map(len, rows)) <= IN_A_ROW + 1
    assert len(made) == 1 + marks + len(rows) - 1
    assert made == normal(made) == unicodedata.normalize("NFC", made)


@pytest.mark.parametrize(
    "text", ["นี้" * 40, "क्षत्रिय" * 20, "שָׁלוֹם" * 20, "漢字" * 50, "Tiếng Việt " * 9]
)
def test_what_languages_write_has_no_such_rows(text):
    assert normal(text) == unicodedata.normalize("NFC", text)
