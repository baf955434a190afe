"""No cell of an exported file runs, whatever the program that opens it splits its lines at."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from wagtail_contracts.contracts.core import cells

NUMBER = re.compile(r"-?\d+(\.\d+)?")
RUNS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
NASTY = st.text(st.sampled_from("=+-@\t\r\n;,\"' \u00a01a\uff1d"), max_size=12)
AMOUNTS = st.decimals(-9999, 9999, places=2)
ROW = st.tuples(NASTY, st.lists(NASTY | AMOUNTS, max_size=3)).map(lambda row: [row[0], *row[1]])
ROWS = st.lists(ROW, min_size=1, max_size=4)


@given(rows=ROWS)
@example(rows=[["n", "a;=1"], ["n", 'a;"=1'], ["n", "x,;"], ["b", Decimal("-5.00")]])
@example(rows=[["n", 'a,"b";'], [";=1", "\t;-1"]])
def test_no_cell_begins_as_a_formula_does_at_whatever_it_is_split(rows):
    text = "".join(cells.lines(rows))
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert NUMBER.fullmatch(cell) or not cell.startswith(RUNS), (delimiter, cell)


@given(rows=ROWS)
def test_split_at_commas_all_of_it_is_read_back(rows):
    kept = [[cells.plain(cell) for cell in row] for row in rows]
    text = "".join(cells.lines(rows))
    read = csv.reader(io.StringIO(text, newline=""))
    assert [[cell.replace("'", "") for cell in row] for row in read] == [
        [cell.replace("'", "") for cell in row] for row in kept
    ]
