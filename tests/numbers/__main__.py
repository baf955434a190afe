"""`python -m tests.numbers`, which is `make numbers`: run what counts, and write the table."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.numbers.page import PAGE, written
from tests.numbers.table import NUMBERS

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Ends with 1 when a number does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.xml"
        names = sorted({name for number in NUMBERS for name in number.tests})
        # The browser comes last: what Playwright leaves behind is in the way of others.
        names.sort(key=lambda name: name.startswith("tests/browser"))
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={found}", *names]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode  # noqa: S603
        cases = [*ET.parse(found).iter("testcase")]  # noqa: S314 - ours
    PAGE.write_text(written(_figures(cases), f"{datetime.now(UTC):%Y-%m-%d}"))
    return status


def _figures(cases: list[ET.Element]) -> dict[int, str]:
    """What each number came to: a figure that a test told, else that all of its tests passed."""
    wrong = {_name(case) for case in cases if case.find("failure") is not None}
    wrong |= {_name(case) for case in cases if case.find("error") is not None}
    told = {
        item.get("name"): item.get("value", "") for case in cases for item in case.iter("property")
    }
    return {
        number.number: "does not hold"
        if wrong & set(number.tests)
        else told.get(f"number {number.number}", "holds")
        for number in NUMBERS
        if number.tests
    }


def _name(case: ET.Element) -> str:
    file = (case.get("classname") or "").replace(".", "/")
    return f"{file}.py::{(case.get('name') or '').partition('[')[0]}"


if __name__ == "__main__":
    sys.exit(main())
