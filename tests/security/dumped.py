"""What a thief of a backup reads: every table of a dump that an operator made, row by row."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db import connection

from tests.reliability import dumps

COPY = re.compile(r"^COPY \S+\.\"?(\w+)\"? \((.+)\) FROM stdin;$")
Cell = tuple[str, str, str]  # table, column, what stands there


def cells(folder: Path) -> Iterator[Cell]:
    """Dump the test database to a folder, and read what was written."""
    to = folder / "dump"
    to.unlink(missing_ok=True)
    if connection.vendor == "postgresql":
        dumps.write_out(to)
        yield from _of_script(to.read_text().splitlines())
    else:
        dumps.dump(to)
        yield from _of_file(to)


def _of_script(lines: list[str]) -> Iterator[Cell]:
    """Rows stand between the line that names their columns and one that ends them."""
    table, columns = "", list[str]()
    for line in lines:
        if begins := COPY.match(line):
            table, columns = begins[1], [name.strip('" ') for name in begins[2].split(",")]
        elif line == r"\.":
            table = ""
        elif table:
            for name, value in zip(columns, line.split("\t"), strict=True):
                yield table, name, value


def _of_file(to: Path) -> Iterator[Cell]:
    """The tables; those that an index is made of hold its words once more, compressed."""
    with closing(sqlite3.connect(to)) as found:
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts_%'"
        for (table,) in found.execute(names).fetchall():
            rows = found.execute(f'SELECT * FROM "{table}"')
            for row in rows:
                for described, value in zip(rows.description, row, strict=True):
                    yield table, described[0], _text(value)


def _text(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
