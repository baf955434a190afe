"""Run every test on every engine and count: `python -m tests.everything`, which is `make test`.

The journey on real contracts is `make texts`. A skipped test counts as a failed one: what a test
needs and cannot find, it names.
"""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tests import postgres

PYTEST = [sys.executable, "-m", "pytest", "-q"]
APART = ["--ignore=tests/browser", "--ignore=tests/texts"]
FOLDERS = ("admin", "flows", "property", "public", "reliability", "security")
WITH_TABLES = [f"tests/{name}" for name in FOLDERS]


@dataclass
class Run:
    """One call of pytest, and what came of it."""

    where: str
    command: Sequence[str]
    beside: AbstractContextManager[dict[str, str]] = field(default_factory=lambda: nullcontext({}))
    passed: int = 0
    wrong: list[str] = field(default_factory=list)

    def go(self, folder: Path) -> None:
        """Run it, and read what pytest wrote down."""
        print(f"\n=== {self.where}", flush=True)  # noqa: T201
        found = folder / "found.xml"
        found.unlink(missing_ok=True)
        with self.beside as place:
            status = postgres.run([*self.command, f"--junitxml={found}"], **place)
        cases = list(ET.parse(found).iter("testcase")) if found.exists() else []  # noqa: S314 - ours
        for case in cases:
            tags = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
            name = f"{case.get('classname')}::{case.get('name')}"
            self.wrong += [f"{name}: {tag}" for tag in tags[:1]]
        self.passed = len(cases) - len(self.wrong)
        if status and not self.wrong:
            self.wrong.append(f"pytest ended with {status}")


def runs() -> Iterator[Run]:
    """The runs in order."""
    yield Run("on SQLite", [*PYTEST, "tests", *APART])
    # In a process of its own: Playwright leaves an event loop, in which Django refuses queries.
    yield Run("in Chromium", [*PYTEST, "tests/browser"])
    yield Run("on PostgreSQL", [*PYTEST, *WITH_TABLES], postgres.server())
    yield Run("on the ground floor alone, from the wheel", ["tests/ground/run"])


def summary(done: Sequence[Run], seconds: float) -> str:
    """One line for people, after the names of what went wrong."""
    lines = [f"  {run.where}: {name}" for run in done for name in run.wrong]
    parts = ", ".join(
        f"{run.passed} {run.where}" + (f" ({len(run.wrong)} NOT)" if run.wrong else "")
        for run in done
    )
    total, minutes = (
        sum(run.passed for run in done),
        f"{seconds // 60:.0f} min {seconds % 60:.0f} s",
    )
    word = "NOT EVERYTHING PASSED" if lines else "Everything passed"
    return "\n".join([*lines, f"{word}: {total} tests in {minutes}: {parts}."])


def main() -> int:
    """Run all, also after a failure."""
    postgres.stop_when_told()
    done, begun = list(runs()), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for run in done:
            run.go(Path(folder))
    print(f"\n{summary(done, time.monotonic() - begun)}")  # noqa: T201
    return 1 if any(run.wrong for run in done) else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
