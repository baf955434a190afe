"""Values in the cells of a spreadsheet, none of which a program takes for a formula.

Source of the characters: OWASP, “CSV Injection”; the last four are full-width forms.
"""

from datetime import date
from decimal import Decimal

Cell = str | int | Decimal | date | None
BEGINS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def plain(cell: Cell) -> str:
    """A cell of a CSV file: numbers and days as they are; before what would run an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip(" \u00a0").startswith(BEGINS) else cell
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def typed(cell: Cell) -> tuple[str, Cell]:
    """A cell of a workbook: its kind (s, n or d) and value; text is text, whatever it begins with.

    Characters that XML has no place for are left out.
    """
    if isinstance(cell, str):
        return "s", "".join(c for c in cell if c >= " " or c in "\t\n")
    return ("d" if isinstance(cell, date) else "n"), cell
