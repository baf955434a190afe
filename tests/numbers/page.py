"""docs/reference/numbers.md, made of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tests.browser.site import ROOT
from tests.numbers.table import NUMBERS, Number

PAGE = ROOT / "docs" / "reference" / "numbers.md"
BENCHMARKS = ROOT / "docs" / "reference" / "benchmarks.md"
HEAD = """# Numbers

What the pages for outsiders, and the ways to them, set themselves before they were built.
`make numbers` counts what can be counted, and writes this page; what goes by the clock is measured
by [`make bench`](benchmarks.md). Thirty of the thirty-two are held by tests or by rows of the
benchmarks; what is above its target says so. The last two need people and are open.
"""
COLUMNS = "| | What | Target | Measured | By |\n|---|---|---|---|---|"


def written(figures: Mapping[int, str], day: str) -> str:
    """The whole page."""
    return "\n".join([HEAD, f"Counted on {day}.\n", COLUMNS, *_rows(figures), ""])


def _rows(figures: Mapping[int, str]) -> Iterator[str]:
    for number in NUMBERS:
        measured = ", ".join(filter(None, [figures.get(number.number), *_clock(number)]))
        said = " ".join(filter(None, [measured or "open", number.note and f"({number.note})"]))
        by = ", ".join([*_tests(number), *(["benchmarks"] if number.bench else [])]) or "–"
        yield f"| {number.number} | {number.what} | {number.target} | {said} | {by} |"


def _clock(number: Number) -> Iterator[str]:
    """What the benchmarks say."""
    rows = [line.strip("| ").split(" | ") for line in BENCHMARKS.read_text().splitlines()]
    for what in number.bench:
        yield from (_said(*row[1:]) for row in rows if row[0] == what)


def _said(ours: str, _bare: str = "", ratio: str = "", bar: str = "") -> str:
    """What was measured, and whether that is more than it may be."""
    return f"{ours}, above the target" if bar and float(ratio) > float(bar) else ours


def _tests(number: Number) -> list[str]:
    files = dict.fromkeys(re.sub("::.*", "", name) for name in number.tests)
    return [f"`{file.removeprefix('tests/')}`" for file in files]
