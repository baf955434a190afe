"""A child process under limits: whatever it does, the parent goes on and the next job runs."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wagtail_contracts.sealing.rendering import worker as module
from wagtail_contracts.sealing.rendering.worker import (
    JobRefused,
    LimitReached,
    Limits,
    NotStarted,
    Worker,
)

ROOT = Path(__file__).resolve().parents[3]
TARGET = "tests.unit.sealing.misbehaving:job"


def worker(**limits):
    return Worker(TARGET, Limits(**limits), path=[str(ROOT)])


MISDEEDS = [
    ("eat", {"memory": 300 << 20}),
    ("spin", {"cpu": 1}),
    ("sleep", {"wall": 5.0}),
    ("die", {}),
    ("leave", {}),
    ("fail", {}),
]


@pytest.mark.parametrize(("deed", "limits"), MISDEEDS)
def test_a_limit_ends_the_job_and_not_the_worker(deed, limits):
    with worker(**limits) as run:
        first, begun = run(b"pid"), time.monotonic()
        with pytest.raises(LimitReached):
            run(deed.encode())
        assert time.monotonic() - begun < 120
        assert run(b"echo again") == b"again"
        assert run(b"pid") != first


@pytest.mark.parametrize(("deed", "limits"), [("fill", {"file": 1 << 20}), ("open", {})])
def test_what_the_system_refuses_the_job_may_answer(deed, limits):
    with worker(**limits) as run:
        with pytest.raises(JobRefused):
            run(deed.encode())
        assert run(b"echo again") == b"again"


def test_a_refusal_is_told_with_its_words_and_leaves_the_process():
    with worker() as run:
        first = run(b"pid")
        with pytest.raises(JobRefused, match="because") as refused:
            run(b"refuse because")
        assert (refused.value.kind, refused.value.characters) == ("ValueError", "")
        assert run(b"pid") == first


def test_the_child_knows_nothing_of_the_parent(monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid")
    with worker() as run:
        said = run(b"environment")
        assert run(b"folder") == b"/"
        assert set(run(b"files").split()) <= {b"0", b"1", b"2", b"3", b"4", b"5"}
    assert b"SECRET" not in said
    assert b"PROXY" not in said
    assert b"DJANGO" not in said


def test_a_stray_print_is_no_answer():
    with worker() as run:
        assert run(b"print") == b"printed"
        assert run(b"echo x") == b"x"


def test_an_empty_answer_and_a_long_one():
    with worker() as run:
        assert run(b"nothing") == b""
        text = b"x" * (3 << 20)
        assert run(b"echo " + text) == text


def test_a_worker_is_replaced_after_its_jobs():
    with worker(jobs=2) as run:
        assert len({run(b"pid") for _ in range(6)}) == 3


def test_cpu_time_counts_for_each_job_and_not_for_the_life_of_the_process():
    with worker(cpu=3) as run:
        first = run(b"pid")
        for _ in range(3):
            assert run(b"burn 1.1") == b"burnt"
        assert run(b"pid") == first


def test_threads_take_turns():
    with worker() as run:
        said = []
        threads = [
            threading.Thread(target=lambda n=n: said.append(run(b"echo %d" % n))) for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(said) == [b"%d" % n for n in range(8)]


def test_a_process_that_forks_leaves_the_folder_of_its_parent():
    with worker() as run:
        first, scratch = run(b"pid"), run._scratch
        if not (child := os.fork()):
            try:
                run(b"pid")
                run.close()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert (scratch / "fonts.conf").exists()
        assert run(b"pid") == first
    assert not scratch.exists()


def test_a_process_that_forks_gets_a_child_of_its_own():
    with worker() as run:
        first, (reader, writer) = run(b"pid"), os.pipe()
        if not (child := os.fork()):
            try:
                os.write(writer, run(b"pid"))
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert os.read(reader, 100) != first
        assert run(b"pid") == first
        os.close(reader)
        os.close(writer)


def test_a_closed_worker_leaves_no_process_and_no_folder():
    run = worker()
    number = int(run(b"pid"))
    scratch = dict(eval(run(b"environment")))["TMPDIR"]  # noqa: S307 - our own words
    assert os.path.isdir(scratch)

    run.close()
    assert not os.path.exists(scratch)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    run.close()


OWNER = """
import time
from tests.unit.sealing.test_worker import worker
run = worker()
print(dict(eval(run(b"environment")))["TMPDIR"], flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("deed", [signal.SIGKILL, signal.SIGTERM])
def test_an_owner_that_is_killed_leaves_no_folder(deed):
    owner = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", OWNER], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with owner:
        scratch = owner.stdout.readline().strip()
        assert os.path.isdir(scratch)
        owner.send_signal(deed)

    deadline = time.monotonic() + 60
    while os.path.exists(scratch) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(scratch)


def no_room(*_given, **_named):
    raise BlockingIOError(11, "Resource temporarily unavailable")


@pytest.mark.parametrize("place", ["subprocess.Popen", "tempfile.mkdtemp", "Path.write_text"])
def test_a_child_that_can_not_start_says_so_leaves_nothing_and_may_start_later(
    place, tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with worker() as run:
        with monkeypatch.context() as full:
            full.setattr(f"{module.__name__}.{place}", no_room)
            with pytest.raises(NotStarted, match="temporarily unavailable"):
                run(b"pid")
        assert list(tmp_path.iterdir()) == []
        assert run(b"echo later") == b"later"


def test_who_waits_for_a_turn_waits_no_longer_than_a_job_may_take():
    with worker(wall=4.0) as run, ThreadPoolExecutor(1) as other:
        assert run(b"echo warm") == b"warm"
        with run._lock:
            begun = time.monotonic()
            with pytest.raises(NotStarted, match="others took too long"):
                other.submit(run, b"echo never").result(timeout=60)
            assert 4.0 <= time.monotonic() - begun < 30
        assert other.submit(run, b"echo now").result() == b"now"


def test_those_who_ask_at_once_share_one_worker(monkeypatch):
    made = []

    class Slow(Worker):
        def __init__(self, *given):
            time.sleep(0.2)
            super().__init__(*given)
            made.append(self)

    monkeypatch.setattr(module, "Worker", Slow)
    limits, begin = Limits(jobs=7), threading.Barrier(4)

    def ask(_number):
        begin.wait()
        return module.shared(TARGET, limits, ())

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(ask, range(4))) == set(made)
    assert len(made) == 1
