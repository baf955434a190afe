"""Run every test and count: `make test`, and `make long` for those that take a minute or more.

`python -m tests.everything NAME` runs one part and keeps what came of it; make runs several at
a time. Without a name it sums up what was kept, and with `long` it runs what the parts left out.
The journey on real contracts is `make texts`. A skipped test counts as a failed one: what a test
needs and cannot find, it names. A long one names the test beside it that `make test` asks.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tests import postgres
from tests.engines import (
    ASKED_BESIDE,
    ASKED_THERE,
    DOORS,
    EVERYDAY,
    FLOWS,
    SQLITE_ALONE,
    WORST,
    beside_doors,
    on_postgresql,
)

PYTEST = [sys.executable, "-m", "pytest", "-q", "-m", "not long"]
LONG = [*PYTEST[:-1], "long"]


def below(names: Iterable[str]) -> list[str]:
    """The words that name these files and folders of tests."""
    return [f"tests/{name}" for name in names]


def but(names: Iterable[str]) -> list[str]:
    """The words that leave these files and folders out."""
    return [f"--ignore={place}" for place in below(names)]


def without(tests: Iterable[str]) -> list[str]:
    """The words that leave these tests out."""
    return [f"--deselect={place}" for place in below(tests)]


APART = but(("browser", "install", "texts", FLOWS, *DOORS))
# In these a person meets the example site as it runs, with its worker and its mail server.
ON_A_SITE = (
    "browser/test_bursts.py",
    "browser/test_demo.py",
    "browser/test_demo_means.py",
    "browser/test_demo_templates.py",
    "browser/test_revision.py",
    "browser/test_spine.py",
)
KEPT = Path(__file__).parents[1] / ".results"
AT_WORST = [*below([*WORST, *beside_doors()]), *without(ASKED_THERE)]
ON_POSTGRESQL = [*below(on_postgresql()), *but(SQLITE_ALONE), *without(ASKED_BESIDE)]


@dataclass
class Run:
    """One call of pytest, and what came of it."""

    where: str
    command: Sequence[str]
    beside: AbstractContextManager[dict[str, str]] = field(default_factory=lambda: nullcontext({}))
    passed: int = 0
    wrong: list[str] = field(default_factory=list)

    def go(self, folder: Path) -> None:
        """Run it, print what it said, and read what pytest wrote down."""
        found, said = folder / "found.xml", folder / "said.txt"
        found.unlink(missing_ok=True)
        with self.beside as place, said.open("w") as output:
            status = postgres.run([*self.command, f"--junitxml={found}"], output, **place)
        print(f"\n=== {self.where}\n{said.read_text()}", flush=True)  # noqa: T201
        cases = list(ET.parse(found).iter("testcase")) if found.exists() else []  # noqa: S314 - ours
        for case in cases:
            tags = [child.tag for child in case if child.tag in ("failure", "error", "skipped")]
            name = f"{case.get('classname')}::{case.get('name')}"
            self.wrong += [f"{name}: {tag}" for tag in tags[:1]]
        self.passed = len(cases) - len(self.wrong)
        if status and not self.wrong:
            self.wrong.append(f"pytest ended with {status}")


def parts() -> dict[str, Run]:
    """Each by the name that make has for it."""
    return {
        "sqlite": Run("on SQLite", [*PYTEST, *AT_WORST]),
        "doors": Run("at doors on SQLite", [*PYTEST, *below(EVERYDAY)]),
        "postgresql": Run("on PostgreSQL", [*PYTEST, *ON_POSTGRESQL], postgres.server()),
        # Apart: Playwright leaves an event loop, in which Django refuses queries.
        "chromium": Run("in Chromium", [*PYTEST, "tests/browser", *but(ON_A_SITE)]),
        "site": Run("on a running site", [*PYTEST, *below(ON_A_SITE)]),
        "pieces": Run("piece by piece", [*PYTEST, "tests", *APART]),
        "tutorial": Run("by the tutorial, in an empty environment", [*PYTEST, "tests/install"]),
        "ground": Run("on the ground floor alone, from the wheel", ["tests/ground/run"]),
    }


def long_parts() -> dict[str, Run]:
    """What the parts leave out, by name, on whatever asks it."""
    return {
        "sqlite": Run("what takes long, on SQLite", [*LONG, *AT_WORST, *below(EVERYDAY)]),
        "postgresql": Run(
            "what takes long, on PostgreSQL", [*LONG, *ON_POSTGRESQL], postgres.server()
        ),
        "chromium": Run("what takes long, in Chromium", [*LONG, "tests/browser", *but(ON_A_SITE)]),
        "site": Run("what takes long, on a running site", [*LONG, *below(ON_A_SITE)]),
        "pieces": Run("what takes long, piece by piece", [*LONG, "tests", *APART]),
    }


def go_on() -> int:
    """Run what takes long, one part after the other, and say in one line what came of it."""
    done, begun = long_parts(), time.time()
    for run in done.values():
        with tempfile.TemporaryDirectory() as folder:
            run.go(Path(folder))
    print(f"\n{summary([*done.values()], time.time() - begun)}")  # noqa: T201
    return 1 if any(run.wrong for run in done.values()) else 0


def keep(name: str, kept: Path = KEPT) -> int:
    """Run one part; what came of it waits for the sum."""
    run, place, begun = parts()[name], kept / f"{name}.json", time.time()
    place.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        run.go(Path(folder))
    kept.mkdir(exist_ok=True)
    place.write_text(json.dumps([begun, run.passed, run.wrong]))
    return 1 if run.wrong else 0


def add_up(kept: Path = KEPT) -> int:
    """Say in one line what came of all parts; a part that left nothing has not passed."""
    done, now = parts(), time.time()
    begun = [now]
    for name, run in done.items():
        place = kept / f"{name}.json"
        if place.exists():
            at, run.passed, run.wrong = json.loads(place.read_text())
            begun.append(at)
            place.unlink()
        else:
            run.wrong = ["did not come to its end"]
    print(f"\n{summary([*done.values()], now - min(begun))}")  # noqa: T201
    return 1 if any(run.wrong for run in done.values()) else 0


def summary(done: Sequence[Run], seconds: float) -> str:
    """One line for people, after the names of what went wrong."""
    lines = [f"  {run.where}: {name}" for run in done for name in run.wrong]
    parts = ", ".join(
        f"{run.passed} {run.where}" + (f" ({len(run.wrong)} NOT)" if run.wrong else "")
        for run in done
    )
    total, (minutes, rest) = sum(run.passed for run in done), divmod(round(seconds), 60)
    word = "NOT EVERYTHING PASSED" if lines else "Everything passed"
    return "\n".join([*lines, f"{word}: {total} tests in {minutes} min {rest} s: {parts}."])


def main(names: list[str]) -> int:
    """Run the part of this name, or what takes long, or sum up."""
    postgres.stop_when_told()
    if names == ["long"]:
        return go_on()
    return keep(*names) if names else add_up()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
