"""Values in the cells of a spreadsheet, none of which a program takes for a formula.

Source of the characters: OWASP, “CSV Injection”; the last four are full-width forms. A program may
also split lines at another character than we do, as it does with semicolons where the comma is the
decimal sign: then a cell begins inside of one of ours, and may lose the quotes before it.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None
BEGINS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
# What follows a separator and would run; where the cell ends there, the next line might follow.
INSIDE = re.compile('(?<=[;\t\r\n])([" \u00a0]*)(?=[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]|\\Z)')


def plain(cell: Cell) -> str:
    """A cell of a CSV file: numbers and days as they are; before what would run an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = INSIDE.sub(r"\1'", cell)
        return f"'{text}" if text.lstrip(" \u00a0").startswith(BEGINS) else text
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The lines of a CSV file, split by commas, each with its end.

    A row begins with a text: a negative number would begin whatever is split at something else.
    """
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([plain(cell) for cell in row])


class _Line:
    """What csv.writer writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def typed(cell: Cell) -> tuple[str, Cell]:
    """A cell of a workbook: its kind (s, n or d) and value; text is text, whatever it begins with.

    Characters that XML has no place for are left out.
    """
    if isinstance(cell, str):
        return "s", "".join(c for c in cell if c >= " " or c in "\t\n")
    return ("d" if isinstance(cell, date) else "n"), cell
