"""`python -m tests.bench`, which is `make bench`: measure, print, and write the table in docs.

Every engine is measured in a process and a folder of its own. Ends with 1 when a figure is beyond
its bar. `--tiny` measures each part once and little, `--only PARTS` not all, `--to FILE` writes
elsewhere.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from importlib import metadata
from itertools import groupby
from pathlib import Path

from tests import postgres
from tests.bench import measure
from tests.bench.timing import Row, cells, line

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "docs" / "reference" / "benchmarks.md"
BEGIN, END = "<!-- make bench writes from here -->", "<!-- to here -->"
PARTS = (
    *("seals", "levels", "pages", "templates", "trails", "journeys", "desk"),
    *("first_visit", "following", "page_in_hand", "million"),
)
ON_POSTGRES = ("trails", "desk", "million")
Beside = AbstractContextManager[dict[str, str]]


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--tiny", action="store_true")
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--to", type=Path, default=TABLE)
    options = parser.parse_args()
    postgres.stop_when_told()
    before, parts = os.getloadavg(), options.only.split(",")
    rows = measured(parts, tiny=options.tiny)
    load = f"{before[0]:.1f} before, {os.getloadavg()[0]:.1f} after"
    options.to.write_text(written(options.to.read_text(), rows, load))
    beyond = [row for row in rows if not row.holds]
    for row in beyond:
        print(f"Beyond its bar: {line(row)}", file=sys.stderr)  # noqa: T201
    return 1 if beyond else 0


def measured(parts: Sequence[str], *, tiny: bool) -> list[Row]:
    """On SQLite, and what differs by engine on PostgreSQL too."""
    there = [] if tiny else [part for part in parts if part in ON_POSTGRES]
    found = _run(parts, nullcontext({}), tiny=tiny)
    return found + (_run(there, postgres.server(), tiny=tiny) if there else [])


def _run(parts: Sequence[str], beside: Beside, *, tiny: bool) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="wc-bench-") as folder, beside as place:
        command = [sys.executable, "-m", "tests.bench.measure", folder, ",".join(parts)]
        settings = {"EXAMPLE_VAR": folder, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        if postgres.run(command + ["--tiny"] * tiny, **settings, **place):
            raise SystemExit("A part could not be measured; see above.")
        return measure.read(Path(folder))


def written(page: str, rows: Sequence[Row], load: str) -> str:
    """The page with the table of this run between its marks."""
    before, _begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not end:
        raise SystemExit("The page has lost its marks.")
    return f"{before}{BEGIN}\n{_table(rows, load)}\n{end}{after}"


def _table(rows: Sequence[Row], load: str) -> str:
    versions = [f"{name} {metadata.version(name)}" for name in ("Django", "Wagtail", "WeasyPrint")]
    where = ", ".join([f"Python {platform.python_version()}", *versions])
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    made = [f"Measured on {today}: {os.cpu_count()} cores, load {load}; {where}.", ""]
    for part, found in groupby(sorted(rows, key=_order), key=lambda row: row.part):
        made += [f"### {part}", "", "| What | Ours | Bare | Ratio | Bar |", "|---|---|---|---|---|"]
        made += ["| " + " | ".join(cells(row)) + " |" for row in found] + [""]
    return re.sub(r"\n+$", "", "\n".join(made))


def _order(row: Row) -> int:
    """The parts as they were measured first, whichever engine comes later."""
    return [*ORDER, row.part].index(row.part)


ORDER = (
    "Sealing",
    "Levels of the seal",
    "The public page",
    "The template editor",
    "The audit trail",
    "The journey",
    "The desk",
    "The first visit",
    "The other side's page",
    "The page in the hand",
    "A million events",
)

if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
