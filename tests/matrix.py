"""Run the rows of tox.ini and name each: `python -m tests.matrix [words for tox]`.

A row whose interpreter is not at hand did not run. It is named as such, and the whole counts as
failed: what was not tried is not known to work.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PASSED, FAILED, UNRUN = "passed", "FAILED", "UNRUN, for want of its interpreter"


def outcomes(report: dict[str, Any]) -> dict[str, str]:
    """What became of each row, from the report that tox writes."""
    rows = {name: row for name, row in report["testenvs"].items() if "result" in row}
    return {name: _outcome(row) for name, row in rows.items()}


def _outcome(row: dict[str, Any]) -> str:
    if "python" not in row:
        return UNRUN
    return PASSED if row["result"]["success"] else FAILED


def main(words: list[str]) -> int:
    """All rows, one after the other; 0 if each ran and passed."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        tox = [sys.executable, "-m", "tox", "run", "--result-json", str(told), *words]
        status = subprocess.run(tox, check=False).returncode  # noqa: S603
        found = outcomes(json.loads(told.read_text())) if told.exists() else {}
    print()  # noqa: T201
    for name, outcome in found.items():
        print(f"  {name}: {outcome}")  # noqa: T201
    return status or int(not found or set(found.values()) != {PASSED})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
