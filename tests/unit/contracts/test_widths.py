"""Whether a table fits the paper."""

import pytest

from wagtail_contracts.contracts.rendering import widths


@pytest.mark.parametrize(
    ("cells", "fit"),
    [
        (["Svar", "1 time", "neste virkedag"], widths.ORDINARY),
        (["kort"] * 6, widths.ORDINARY),
        (["overskrift"] * 7, widths.SMALL),
        (["overskrift"] * 9, widths.BROKEN),
        (["a" * 80], widths.SMALL),
        (["a" * 90], widths.BROKEN),
        (["A" * 65], widths.BROKEN),
        (["漢" * 55], widths.BROKEN),
        (["", ""], widths.ORDINARY),
    ],
)
def test_small_letters_and_parted_words_come_only_where_the_page_is_too_narrow(cells, fit):
    assert widths.fitting([cells, ["x"] * len(cells)]) == fit


def test_a_table_without_rows_fits():
    assert widths.fitting([]) == widths.ORDINARY


@pytest.mark.parametrize(
    ("row", "may"),
    [
        (["Feil", "Svar"], True),
        ([], True),
        (["ord " * 80], True),
        (["ord " * 80, "x", "x"], False),
        (["\n" * 20], False),
    ],
)
def test_a_heading_row_stands_on_every_page_only_if_it_is_short(row, may):
    assert widths.may_repeat(row) == may
