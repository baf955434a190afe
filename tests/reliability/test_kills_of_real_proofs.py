"""Raising and renewing by keys and by an authority of its own process, killed on the way."""

import os
import signal
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from tests.reliability import afterwards, kills, scenes
from tests.reliability.test_kills_of_proofs import Following
from tests.tsa import apart as labs
from tests.tsa import lab
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_files")]
HERE = "reliability/test_kills_of_real_proofs.py"
PATIENCE = 60


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as apart:
        yield apart


@pytest.fixture
def apart(opened, settings):
    opened.start()
    opened.be()
    lab.configure(settings, opened.lab)
    return opened


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    """Where this process and all that it starts put what is of no use later."""
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return place


@pytest.fixture
def signed(transactional_db, apart, scratch):
    """A contract that all have signed; nothing else waits in the outbox."""
    return scenes.all_signed()


class Real(Following):
    """What came of it is judged as a stranger's file is, and nothing lies about."""

    def __init__(self, contract, event, mails, flow, scratch):
        super().__init__(contract, event, mails, flow)
        self.scratch = scratch

    def verdict(self):
        super().verdict()
        newest = SealedFile.objects.latest("generation")
        report = signing.verify(sealing.content(newest)).report
        assert (report.verdict, report.level) == ("intact", "B-LTA")
        assert sealing.inspect(newest).fault == ""
        self._verdict_of_leavings()

    def die_at(self, number):
        """And run once more, by a worker that is started then: none leaves what it had open."""
        lying = set(self.scratch.iterdir())
        death = kills.killed(self.flow, number)
        assert death, number
        self.found(death)
        self.run()
        assert set(self.scratch.iterdir()) == lying, str(death)
        return death

    def run(self):
        """One that nobody kills."""
        assert kills.survives(self.flow, kills.TOO_MANY)

    def _verdict_of_leavings(self):
        """At most the one file that the dead one left whole; a part of one goes after a day."""
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            sealing.remove_parts(by=SYSTEM)
        names = {row.name for row in SealedFile.objects.all()}
        left = {path.name for path in self.folder.iterdir()} - names
        assert [Path(name).suffix for name in left] in ([], [".pdf"])


@pytest.fixture
def raising(apart, signed, scratch):
    """Sealed while nobody said the time; by now somebody does."""
    apart.be("silence on time")
    afterwards.deliver(limit=1)
    Message.objects.all().delete()
    apart.be()

    def flow():
        signing.complete_seals(by=SYSTEM)

    return Real(signed, events.DOCUMENT_COMPLETED, ["kari", "owner"], flow, scratch)


@pytest.fixture
def renewing(signed, scratch):
    """Sealed as far as a seal goes."""
    afterwards.deliver(limit=1)
    Message.objects.all().delete()
    kept = SealedFile.objects.get()

    def flow():
        [told] = signing.renew_files([kept], by=SYSTEM)
        assert told.made

    scene = Real(signed, events.DOCUMENT_RENEWED, [], flow, scratch)
    scene.before = "B-LTA"
    return scene


def points(scene, every):
    """The steps of a whole run that is judged, but for pipes that close: one of so many.

    Those by which a file and its row come to be are always among them.
    """
    steps = enumerate(kills.steps_of(scene.flow), start=1)
    found = [(number, step.name) for number, step in steps if step.name != "os.close"]
    scene.verdict()
    scene.again()
    *asked, written = [one for one in found if one[1] == "os.write"]
    assert len(asked) >= 3  # each call of another host is a process, which is told what to ask
    kept = [one for one in found if one[1] in ("os.replace", "before commit", "after commit")]
    assert len(kept) == 3
    return sorted({*found[::every], written, *kept})


def killed_and_run_again(scene, every):
    """After each death the next run completes; how many deaths."""
    places = points(scene, every)
    for number, name in places:
        death = scene.die_at(number)
        assert death.step.name.split()[0] == name.split()[0]
        scene.verdict()
        scene.again()
    print(f"{len(places)} deaths")  # noqa: T201 - pytest -rP shows it
    return len(places)


def test_one_raised_file_wherever_it_is_killed_among_some_steps(raising):
    assert killed_and_run_again(raising, every=6) >= 8


def test_one_renewed_file_wherever_it_is_killed_among_some_steps(renewing):
    assert killed_and_run_again(renewing, every=6) >= 5


@pytest.mark.long(f"{HERE}::test_one_raised_file_wherever_it_is_killed_among_some_steps")
def test_one_raised_file_at_each_step(raising):
    assert killed_and_run_again(raising, every=1) >= 30


@pytest.mark.long(f"{HERE}::test_one_renewed_file_wherever_it_is_killed_among_some_steps")
def test_one_renewed_file_at_each_step(renewing):
    assert killed_and_run_again(renewing, every=1) >= 20


def children(pid):
    """The processes that one has started and that run."""
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize("name", ["raising", "renewing"])
def test_one_file_where_it_is_killed_while_the_authority_lets_it_wait(apart, request, name):
    """Whoever asks for a dead one goes by himself."""
    scene = request.getfixturevalue(name)
    connections.close_all()
    apart.pause()
    worker = kills.FORK.Process(target=scene.flow)
    worker.start()
    until(lambda: children(worker.pid))
    [asking] = children(worker.pid)
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    apart.start()
    until(lambda: not Path(f"/proc/{asking}").exists())

    scene.found("while it waited")
    scene.run()
    scene.verdict()
