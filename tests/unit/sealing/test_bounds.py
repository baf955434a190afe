"""The command line judges in its own process: a hostile file takes it bounded time and memory."""

import contextlib
import resource
import signal
import subprocess
import sys
import time

import pytest

from tests.unit.sealing import crowded, hostile
from tests.unit.sealing.test_cli import CLOSED, RUN, TRUST
from wagtail_contracts.sealing.__main__ import main
from wagtail_contracts.sealing.core.judging import bounds
from wagtail_contracts.sealing.core.reports import TOO_MUCH

SHORT = "from wagtail_contracts.sealing.core.judging import bounds\nbounds.SECONDS = 2\n"
PEAK = """import atexit, resource
def told():  # not ru_maxrss, which a process inherits from the one that started it
    peak = int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0])
    os.write(2, f"{peak} {resource.getrlimit(resource.RLIMIT_AS)[0]}".encode())
atexit.register(told)
"""
HEAVY = ("fields_of_fields", "filters_upon_filters", "a_bomb_as_a_table", "lists_in_lists")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, lab, sealed, render):
    path = tmp_path_factory.mktemp("hostile")
    (path / "root.pem").write_bytes(lab.root.pem)
    (path / "intact.pdf").write_bytes(sealed())
    (path / "crowd.pdf").write_bytes(crowded.a_crowd_of_certificates(render()))
    for name in HEAVY:
        (path / f"{name}.pdf").write_bytes(hostile.FILES[name](sealed()))
    return path


def test_hostile_files_take_bounded_time_and_memory_and_the_next_is_judged(folder):
    """Network, processes and databases are shut: whoever tries a door ends with 99."""
    files = [*(f"{name}.pdf" for name in HEAVY), "crowd.pdf", "intact.pdf"]
    command = [sys.executable, "-I", "-c", CLOSED + SHORT + PEAK + RUN]
    begun = time.monotonic()
    done = subprocess.run(  # noqa: S603
        [*command, "verify", *TRUST, *files],
        cwd=folder,
        env={},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )

    assert time.monotonic() - begun < 200
    assert done.returncode == 5  # the worst of them
    words = [line.split(": ")[1] for line in done.stdout.splitlines() if line[0] != " "]
    assert words[-1] == "intact (B-B)"
    assert set(words[:-1]) <= {"unreadable", "unsealed"}
    assert done.stdout.count(TOO_MUCH) >= 2
    peak, limit = map(int, done.stderr.split())
    assert limit == bounds.MEMORY
    assert peak < bounds.MEMORY >> 10


def test_time_that_has_run_out_says_nothing_about_the_file(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert main(["verify", *TRUST, "intact.pdf"]) == 0
    monkeypatch.setattr(bounds, "SECONDS", 0.01)
    assert main(["verify", *TRUST, "intact.pdf"]) == 5
    assert capsys.readouterr().out.count(TOO_MUCH) == 1


def test_memory_that_has_run_out_says_nothing_about_the_file(folder, monkeypatch, capsys):
    def starved(reader, revision):
        raise MemoryError

    monkeypatch.chdir(folder)
    monkeypatch.setattr("wagtail_contracts.sealing.core.judging.maintenance.review", starved)
    assert main(["verify", *TRUST, "intact.pdf"]) == 5
    assert TOO_MUCH in capsys.readouterr().out
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert main(["verify", *TRUST, "intact.pdf"]) == 0


def busy():
    """As libraries are that catch everything, and go on."""
    end = time.process_time() + 3
    while time.process_time() < end:
        with contextlib.suppress(Exception):
            sum(range(1000))


def test_no_library_can_catch_it(monkeypatch):
    monkeypatch.setattr(bounds, "SECONDS", 0.05)
    with pytest.raises(bounds.TooMuch), bounds.bounded():
        busy()


def test_a_file_that_was_fast_leaves_no_alarm_behind(monkeypatch):
    monkeypatch.setattr(bounds, "SECONDS", 0.2)
    before = watched()
    with bounds.bounded():
        assert watched() != before
    end = time.process_time() + 0.5
    while time.process_time() < end:
        pass
    assert watched() == before


def watched():
    timers = [signal.getitimer(kind)[0] > 0 for kind in (signal.ITIMER_PROF, signal.ITIMER_VIRTUAL)]
    return [*timers, resource.getrlimit(resource.RLIMIT_AS)]


DEAF = """import itertools
from wagtail_contracts.sealing.core.judging import bounds
bounds.SECONDS, bounds.GRACE = 0.2, 0.3
with bounds.bounded():
    all(itertools.repeat(1, {count}))
"""


@pytest.mark.parametrize(("count", "code"), [(10**13, -signal.SIGVTALRM), (10, 0)])
def test_what_never_comes_back_to_python_is_ended_by_the_system(count, code):
    command = [sys.executable, "-c", DEAF.format(count=count)]
    assert subprocess.run(command, timeout=60, check=False).returncode == code  # noqa: S603
