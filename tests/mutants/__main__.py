"""Run mutants: each is applied to a copy, its tests are run there and must fail.

First all of these tests run on an untouched copy, where they must pass.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from xml.etree import ElementTree as ET

from tests import postgres
from tests.mutants.mutant import POSTGRESQL, ROOT, SQLITE, Mutant
from tests.mutants.table import MUTANTS

CARRIED = ("docs", "example_site", "pyproject.toml", "setup.cfg", "tests", "wagtail_contracts")
JUNK = shutil.ignore_patterns("__pycache__", "var", "_build", "pictures")
PATIENCE, EACH = 300, 5  # seconds for pytest, and for each test that it is given


@dataclass
class Bench:
    """A copy of the tree, with a database of its own."""

    folder: Path
    place: dict[str, str]
    failed: list[tuple[str, str]] = field(default_factory=list)
    child: subprocess.Popen[bytes] | None = None
    stopped: bool = False

    def test(self, tests: Sequence[str], on: str) -> int:
        """Run tests on the copy; returns how many ran to their end, `failed` says which failed."""
        found = self.folder / "found.xml"
        found.unlink(missing_ok=True)
        words = [sys.executable, "-m", "pytest", "-q", f"--junitxml={found}", *tests]
        with tempfile.TemporaryDirectory() as scratch:
            self.child = subprocess.Popen(  # noqa: S603
                words,
                cwd=self.folder,
                env=self._environment(scratch, on),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                self.child.wait(0 if self.stopped else PATIENCE + EACH * len(tests))
            finally:
                self.child.kill()
        cases = list(ET.parse(found).iter("testcase")) if found.exists() else []  # noqa: S314
        wrong = [case for case in cases if case.find("failure") is not None]
        self.failed = [(case.get("classname", ""), case.get("name", "")) for case in wrong]
        return sum(case.find("error") is None for case in cases)

    def stop(self) -> None:
        """End what runs, and let nothing run any more."""
        self.stopped = True
        if self.child:
            self.child.kill()

    def _environment(self, scratch: str, on: str) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("POSTGRES_")}
        # No bytecode: two states of a file may share second and size.
        ours = {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": scratch}
        return {**inherited, **ours, **(self.place if on == POSTGRESQL else {})}

    @contextmanager
    def without(self, mutant: Mutant) -> Iterator[None]:
        """The copy, without one guard."""
        path = self.folder / mutant.file
        text = path.read_text()
        path.write_text(mutant.applied_to(text))
        try:
            yield
        finally:
            path.write_text(text)


def make_bench(folder: Path, place: dict[str, str]) -> Bench:
    """Copy what tests need."""
    folder.mkdir()
    for name in CARRIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=JUNK)
        else:
            shutil.copy2(ROOT / name, folder)
    return Bench(folder, {**place, "POSTGRES_DB": folder.name} if place else {})


def without_mutants(bench: Bench, mutants: Sequence[Mutant]) -> list[str]:
    """What already fails on the untouched copy."""
    faults = []
    for engine in (SQLITE, POSTGRESQL):
        tests = sorted({test for m in mutants if m.on == engine for test in m.tests})
        if tests and not bench.test(tests, engine):
            faults.append(f"on {engine} pytest does not run")
        faults += [f"{where}::{name} on {engine}" for where, name in bench.failed if tests]
    return faults


def judge(bench: Bench, mutant: Mutant) -> str:
    """An empty text if every named test missed the guard, else what went wrong."""
    try:
        with bench.without(mutant):
            ran = bench.test(mutant.tests, mutant.on)
    except (LookupError, subprocess.TimeoutExpired) as error:
        return f"{type(error).__name__}: {error}"
    if not ran:
        return "pytest does not run without it"
    missed = {test for case in bench.failed for test in mutant.covers(*case)}
    return ", ".join(f"{test} passes without it" for test in mutant.tests if test not in missed)


def run(mutants: Sequence[Mutant], benches: Sequence[Bench]) -> int:
    """Judge all, as many at a time as there are benches; returns how many were not caught."""
    free: SimpleQueue[Bench] = SimpleQueue()
    for bench in benches:
        free.put(bench)

    def one(mutant: Mutant) -> str:
        bench = free.get()
        try:
            return judge(bench, mutant)
        finally:
            free.put(bench)

    wrong, pool = 0, ThreadPoolExecutor(len(benches))
    try:
        for mutant, fault in zip(mutants, pool.map(one, mutants), strict=True):
            wrong += bool(fault)
            word = f"NOT CAUGHT: {fault}" if fault else "caught"
            print(f"{mutant.guard} ({mutant.on}): {word}", flush=True)  # noqa: T201
    finally:  # also when told to stop: what has not begun never does
        pool.shutdown(wait=False, cancel_futures=True)
        for bench in benches:
            bench.stop()
        pool.shutdown()
    return wrong


def choose(words: Sequence[str]) -> list[Mutant]:
    """Those whose guard or file holds one of the words; all without any."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help="only guards with one of these in name or file")
    wanted = parser.parse_args(words).words
    chosen = [m for m in MUTANTS if not wanted or any(w in f"{m.guard} {m.file}" for w in wanted)]
    if not chosen:
        parser.error(f"no guard has {' or '.join(wanted)} in its name or file")
    return chosen


def main(words: Sequence[str]) -> int:
    """Run the mutants that the words choose."""
    chosen = choose(words)
    begun, needs_server = time.monotonic(), any(m.on == POSTGRESQL for m in chosen)
    postgres.stop_when_told()
    with (
        postgres.server() if needs_server else nullcontext({}) as place,
        tempfile.TemporaryDirectory(prefix="mutants-") as folder,
    ):
        count = min(len(chosen), os.cpu_count() or 1)
        benches = [make_bench(Path(folder) / f"bench{n}", place) for n in range(count)]
        if faults := without_mutants(benches[0], chosen):
            print("Before any guard is taken away:", *faults, sep="\n  ")  # noqa: T201
            return 2
        wrong = run(chosen, benches)
    spent = time.monotonic() - begun
    print(f"{len(chosen)} guards taken away, {wrong} not missed by the tests; {spent:.0f} s.")  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
