"""Numbers of clauses and markers of list items."""

import re

import pytest

from wagtail_contracts.contracts.core import numbering
from wagtail_contracts.contracts.core.numbering import Place


@pytest.mark.parametrize(
    ("levels", "numbers"),
    [
        ([1, 1, 2, 2, 1], ["1", "2", "2.1", "2.2", "3"]),
        ([1, 2, 3, 4, 4, 2], ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.2", "1.2"]),
        ([1, 3, 2], ["1", "1.1.1", "1.2"]),
        ([2, 1], ["1.1", "2"]),
        ([], []),
    ],
)
def test_a_clause_counts_below_the_one_above_it(levels, numbers):
    assert numbering.numbers(map(Place, levels)) == numbers


def test_markers_change_with_the_level_and_begin_anew_below():
    levels = (1, 2, 2, 3, 4, 1, 2)
    places = [Place(level, numbering.by_level(level, ordered=True)) for level in levels]
    assert numbering.numbers(places) == ["1.", "a.", "b.", "i.", "1.", "2.", "a."]


def test_bullets_are_bullets_at_every_level():
    places = [Place(level, numbering.by_level(level, ordered=False)) for level in (1, 2, 3)]
    assert numbering.numbers(places) == ["•"] * 3


@pytest.mark.parametrize(
    ("style", "second"),
    [
        ("1.1", "2"),
        ("1.", "2."),
        ("(1)", "(2)"),
        ("a)", "b)"),
        ("(A)", "(B)"),
        ("i.", "ii."),
        ("I", "II"),
        ("§ 1", "§ 2"),
        ("Article I.", "Article II."),
        ("•", "•"),
    ],
)
def test_a_style_is_written_as_its_first_number_looks(style, second):
    first = "1" if style == "1.1" else style
    assert numbering.numbers([Place(1, style)] * 2) == [first, second]


@pytest.mark.parametrize("style", ["", "x", "2.", "((a)", "1.2", "two words a"])
def test_what_is_no_style_is_refused(style):
    with pytest.raises(ValueError, match=re.escape(style)):
        numbering.numbers([Place(1, style)])


def test_another_style_begins_anew_and_the_path_counts_through_it():
    places = [
        Place(1, "(A)"),
        Place(1, "(A)"),
        Place(1),
        Place(2, "(a)"),
        Place(2, "(a)"),
        Place(3),
    ]
    assert numbering.numbers(places) == ["(A)", "(B)", "1", "(a)", "(b)", "1.2.1"]


def test_a_count_begins_with_what_it_is_told_to_and_goes_on_from_there():
    places = [Place(1), Place(1, start=7), Place(2), Place(1)]
    assert numbering.numbers(places) == ["1", "7", "7.1", "8"]


@pytest.mark.parametrize(
    ("count", "letters"), [(1, "a"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba"), (703, "aaa")]
)
def test_letters_go_on_after_z_as_browsers_count(count, letters):
    assert numbering.alphabetic(count) == letters


@pytest.mark.parametrize(
    ("count", "letters"),
    [(4, "iv"), (9, "ix"), (40, "xl"), (49, "xlix"), (90, "xc"), (444, "cdxliv"), (999, "cmxcix")],
)
def test_roman_numbers_are_those_of_the_schoolbook(count, letters):
    assert numbering.roman(count) == letters
