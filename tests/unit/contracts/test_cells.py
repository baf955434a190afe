"""What stands in the cells of a spreadsheet."""

from datetime import date
from decimal import Decimal

import pytest

from wagtail_contracts.contracts.core import cells

RUNS = ["=1+1", "+47 22", "-2", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "＝1", "＋1", "－1", "＠x"]  # noqa: RUF001


@pytest.mark.parametrize("text", RUNS)
def test_a_text_that_would_run_stands_after_an_apostrophe(text):
    assert cells.plain(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Hosting", "1 + 1 = 2", "ola@eksempel.example", "'=1"])
def test_any_other_text_stays_as_it_is(text):
    assert cells.plain(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a; +47 22", "a; '+47 22"),
        ('a;"=1', "a;\"'=1"),
        ("a\t-2", "a\t'-2"),
        ("a\n@x", "a\n'@x"),
        ("a;", "a;'"),
        ("a, =1", "a, =1"),
        ("a;b = c; d-e", "a;b = c; d-e"),
    ],
)
def test_a_part_that_would_run_elsewhere_stands_after_an_apostrophe(text, kept):
    assert cells.plain(text) == kept


def test_numbers_and_days_stay_what_they_are():
    assert cells.plain(Decimal("-5300.50")) == "-5300.50"
    assert cells.plain(date(2027, 1, 2)) == "2027-01-02"
    assert cells.plain(None) == ""
    assert cells.typed(Decimal("-5.5")) == ("n", Decimal("-5.5"))
    assert cells.typed(date(2027, 1, 2)) == ("d", date(2027, 1, 2))


def test_a_workbook_gets_text_as_text_without_what_xml_has_no_place_for():
    assert cells.typed("=1+1") == ("s", "=1+1")
    assert cells.typed("a\x00b\x1fc\td\n") == ("s", "abc\td\n")
