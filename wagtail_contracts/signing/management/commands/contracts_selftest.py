"""manage.py contracts_selftest: prove an installation by a contract that leaves nothing."""

from __future__ import annotations

import json
import signal
import sys
import time
import traceback
from argparse import ArgumentParser
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_contracts.contracts.management import agreements
from wagtail_contracts.signing.flows import trial
from wagtail_contracts.signing.flows.trial import Step
from wagtail_contracts.signing.management.selftest import files, needs, worker

NEEDS = [
    ("settings", needs.settings_are_right),
    ("tables", needs.tables_are_there),
    ("seal", needs.identity),
    ("fonts", needs.fonts),
    ("storage", needs.storage),
]


class Command(BaseCommand):
    """Exit 0 when the installation is proved, 1 when something is missing, which is named."""

    help = "Take a contract its whole way on scratch data; say what is missing and how to mend it."
    requires_system_checks: list[str] = []  # it says what they say, with the rest

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to try it on, and where to put the result."""
        parser.add_argument(
            "--from", nargs="+", type=Path, dest="sources", metavar="FILE.md", default=[]
        )
        parser.add_argument("--out", type=Path, metavar="FILE.pdf", help="keep the sealed file")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, walk, look again; everything that was made is gone when it ends."""
        sources = [(str(path), agreements.text(path)) for path in options["sources"]]
        if options["out"]:
            files.insist_on_place(options["out"])
        stopped = _stops_when_told()
        journey = trial.Trial(sources or [trial.AGREEMENT])
        done = []
        with closing(proved(journey)) as steps:
            for step in steps:
                done.append(step)
                self._tell(step, **options)
                if stopped:
                    sys.exit(stopped[0])
        missing = [one for step in done for one in step.missing]
        if options["out"] and not missing:
            files.put(options["out"], journey.pdf)
        if options["json"]:
            self.stdout.write(json.dumps(_plain(done), ensure_ascii=False))
        if missing:
            raise CommandError(f"Not ready: {len(missing)} missing, see above how to mend it.")
        self._say("Ready: a contract went its whole way, and nothing of it is left.", **options)

    def _tell(self, step: Step, **options: Any) -> None:
        word = "MISSING" if step.missing else "ok"
        first, *notes = step.told.splitlines() or [""]
        self._say(f"{step.name:20} {word:8} {step.seconds:6.2f} s  {first}".rstrip(), **options)
        for note in notes:
            self._say(f"{'':21}{note}", **options)
        for one in step.missing:
            self._say(f"    {one.what}\n    Mend it: {one.cure}", **options)
        if step.error and options["traceback"]:
            self.stderr.write("".join(traceback.format_exception(step.error)))

    def _say(self, line: str, **options: Any) -> None:
        if not options["json"]:
            self.stdout.write(line)
            self.stdout.flush()


def _stops_when_told() -> list[int]:
    """Exit at SIGTERM, at the latest after the step: an exit raised in a destructor is lost."""
    stopped: list[int] = []

    def stop(number: int, _frame: object) -> None:
        stopped.append(128 + number)
        sys.exit(stopped[0])

    signal.signal(signal.SIGTERM, stop)
    return stopped


def proved(journey: trial.Trial) -> Generator[Step]:
    """Every step as it is taken. A contract is only tried where nothing it needs is missing."""
    begun = time.monotonic()
    lacks = False
    for name, act in NEEDS:
        yield (step := trial.timed(name, act, needs.cure))
        lacks = lacks or bool(step.missing)
    yield (watching := trial.timed("worker", worker.seen, needs.cure))
    if not lacks:
        yield from _walked(journey)
    if not watching.missing:
        yield trial.timed("worker, again", lambda: worker.still_seen(begun))


def _walked(journey: trial.Trial) -> Iterator[Step]:
    with ExitStack() as stack:
        yield (made := trial.timed("scratch database", lambda: _made(stack), needs.cure))
        if not made.missing:
            yield from trial.walk(journey, needs.cure)
        yield trial.timed("clean up", lambda: _unmade(stack))


def _made(stack: ExitStack) -> str:
    stack.enter_context(trial.scratch())
    return ""


def _unmade(stack: ExitStack) -> str:
    stack.close()
    return ""


def _plain(steps: list[Step]) -> dict[str, Any]:
    return {
        "ready": not any(step.missing for step in steps),
        "steps": [
            {
                "name": step.name,
                "seconds": round(step.seconds, 3),
                "told": step.told,
                "missing": [{"what": one.what, "cure": one.cure} for one in step.missing],
            }
            for step in steps
        ],
    }
