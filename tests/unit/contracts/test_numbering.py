"""Numbers of clauses and markers of list items."""

import pytest

from wagtail_contracts.contracts.core import numbering


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
    assert numbering.numbers(levels) == numbers


def test_markers_change_with_the_level_and_begin_anew_below():
    items = [(1, True), (2, True), (2, True), (3, True), (4, True), (1, True), (2, True)]
    assert numbering.markers(items) == ["1.", "a.", "b.", "i.", "1.", "2.", "a."]


def test_bullets_are_bullets_at_every_level():
    assert numbering.markers([(1, False), (2, False), (3, False)]) == ["•"] * 3


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
