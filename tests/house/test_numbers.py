"""Each number of the design names what measures it, and that is there; the page shows them all."""

import ast
import re
from pathlib import Path

import pytest

from tests.numbers.page import BENCHMARKS, PAGE, ROOT
from tests.numbers.table import NUMBERS

OPEN = {31, 32}  # they need people
ROWS = {
    int(row[0]): row
    for line in PAGE.read_text().splitlines()
    if (row := line.strip("| ").split(" | "))[0].isdecimal()
}


def named_in(file):
    """The names of the tests in a file."""
    tree = ast.parse(Path(ROOT / file).read_text())
    return {item.name for item in tree.body if isinstance(item, ast.FunctionDef)}


def test_there_are_thirty_two_and_two_are_open():
    assert [number.number for number in NUMBERS] == list(range(1, 33))
    unheld = {number.number for number in NUMBERS if not (number.tests or number.bench)}
    assert unheld == OPEN


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: str(number.number))
def test_what_measures_it_is_there(number):
    for name in number.tests:
        file, _colons, test = name.partition("::")
        assert test in named_in(file), name
    table = BENCHMARKS.read_text()
    for row in number.bench:
        assert f"\n| {row} |" in table, row


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: str(number.number))
def test_the_page_says_what_it_came_to(number):
    _number, what, target, measured, by = ROWS[number.number]
    assert (what, target) == (number.what, number.target)
    assert measured.startswith("open") is (number.number in OPEN)
    assert "does not hold" not in measured
    assert (by == "–") is (number.number in OPEN)


def test_the_page_shows_no_other():
    assert sorted(ROWS) == list(range(1, 33))
    assert re.search(r"^Counted on \d{4}-\d\d-\d\d\.$", PAGE.read_text(), re.MULTILINE)
