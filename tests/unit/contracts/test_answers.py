"""What was typed, as the canonical value of a data field."""

from datetime import date
from decimal import Decimal

import pytest

from tests.property.generated import field
from wagtail_contracts.contracts.core import answers


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  en \t to ", "en to"),
        ("text", "a\u030a", "å"),
        ("long_text", " en \r\n\r\nto  ", "en\n\nto"),
        ("number", "3", "3.0000"),
        ("number", "-1 234,5", "-1234.5000"),
        ("number", "\u22120,5", "-0.5000"),
        ("number", "-0", "0.0000"),
        ("number", Decimal("2.5"), "2.5000"),
        ("number", 7, "7.0000"),
        ("money", "5 300", {"amount": "5300.00", "currency": "NOK"}),
        ("money", "5\u00a0300,50 NOK", {"amount": "5300.50", "currency": "NOK"}),
        ("money", {"amount": "1.00", "currency": "EUR"}, {"amount": "1.00", "currency": "NOK"}),
        ("date", "2026-12-31", "2026-12-31"),
        ("date", "1.2.2027", "2027-02-01"),
        ("date", date(2027, 2, 1), "2027-02-01"),
        ("email", " kari@kunde.example ", "kari@kunde.example"),
        ("choice", "office", "office"),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("yes_no", True, True),
    ],
)
def test_what_people_type_is_read_as_they_mean_it(kind, typed, value):
    assert answers.read(field(kind), typed) == value


@pytest.mark.parametrize("kind", sorted(answers.READERS))
@pytest.mark.parametrize("typed", [None, "", "  ", "\n"])
def test_nothing_typed_is_no_answer(kind, typed):
    assert answers.read(field(kind), typed) is None
    assert answers.raw(field(kind), None) == ""


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("text", "a" * 201, "too_long"),
        ("text", "a\u202eb", "characters"),
        ("text", "a\x00b", "characters"),
        ("text", "a\x85b", "characters"),
        ("text", "a\ud800", "characters"),
        ("text", ["a"], "unreadable"),
        ("text", 1.5, "unreadable"),
        ("long_text", "a" * 2001, "too_long"),
        ("number", "1.23456", "number"),
        ("number", "1e3", "number"),
        ("number", "NaN", "number"),
        ("number", "1" * 15, "number"),
        ("money", "-1", "amount"),
        ("money", "1.234", "amount"),
        ("money", "1 EUR", "amount"),
        ("date", "2026-02-30", "date"),
        ("date", "31/12/2026", "date"),
        ("date", "in spring", "date"),
        ("email", "kari", "email"),
        ("email", "a@b", "email"),
        ("email", "a@b.example\nBcc: c@d.example", "email"),
        ("email", f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.example", "email"),
        ("choice", "other", "choice"),
        ("yes_no", "maybe", "yes_no"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(kind, typed, code):
    with pytest.raises(answers.Wrong) as wrong:
        answers.read(field(kind), typed)
    assert wrong.value.code == code


def test_the_length_is_that_of_the_field():
    short = {**field("text"), "max_length": 3}
    assert answers.read(short, "abc") == "abc"
    with pytest.raises(answers.Wrong) as wrong:
        answers.read(short, "abcd")
    assert wrong.value.words == {"most": 3, "has": 4}


@pytest.mark.parametrize(
    ("kind", "value", "typed"),
    [
        ("number", "100.0000", "100"),
        ("number", "0.5000", "0.5"),
        ("money", {"amount": "5300.00", "currency": "NOK"}, "5300.00"),
        ("yes_no", False, "no"),
        ("date", "2027-02-01", "2027-02-01"),
    ],
)
def test_a_value_stands_in_its_input_as_people_would_type_it(kind, value, typed):
    assert answers.raw(field(kind), value) == typed
