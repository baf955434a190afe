"""Nothing acknowledged is lost: web and worker killed at random, PostgreSQL stopped at once.

One run of people with browsers, a web server of several processes, a worker, a mail server and a
database server that syncs; the tests here each ask one thing of it.
"""

import signal
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from tests.outages.site import PATIENCE, Site, wait_until
from tests.outages.visitors import Crowd

SEALED, THREADS, PROCESSES = 6, 6, 3
KINDS = ("entered", "given", "asked", "signed")
HERE = "outages/test_outage.py::test_nothing_acknowledged_is_lost_when_postgresql_stops_at_once"


@dataclass(frozen=True)
class Extent:
    """How many contracts, and after how many answers something is killed and all is stopped."""

    contracts: int
    before_the_stop: int
    kills: tuple[int, ...]


SHORT, LONG = Extent(20, 180, (40, 75, 110, 145)), Extent(48, 500, (100, 180, 260, 340, 420))


def load(site, seen):
    """Kill web processes at random and the worker once, then stop the database at once."""
    crowd = seen.crowd
    for number in seen.extent.kills:
        wait_until(lambda number=number: len(crowd.told) >= number)
        site.web.send_signal(signal.SIGUSR1)
    site.worker.kill()
    site.worker.wait()
    site.work()
    site.free()
    wait_until(lambda: len(crowd.told) >= seen.extent.before_the_stop)
    seen.stopping = time.monotonic()
    site.postgres.stop_at_once()
    seen.stopped, seen.before = time.monotonic(), list(crowd.told)
    time.sleep(2)
    seen.starting = time.monotonic()
    site.postgres.start()
    site.free()
    seen.missing_at_once = site.ask("missing", seen.before)


def invented(kind, told):
    """Something of this kind that nobody was told; of a person who did nothing else either."""
    one = next(one for one in told if one["kind"] == kind)
    return {**one, "public_id": "-" * 22}


@contextmanager
def gone_through(folder, extent):
    with ExitStack() as stack:
        site, seen = Site(folder, stack), SimpleNamespace(extent=extent)
        people = site.ask("prepare", extent.contracts)
        seen.durability = site.ask("durability")
        site.web = site.run("tests.outages.web", str(site.port), str(PROCESSES))
        wait_until(site.listens)
        site.work()
        seen.crowd = Crowd(site.port, site.codes, time.monotonic() + PATIENCE)
        threads = seen.crowd.go(people, THREADS)
        load(site, seen)
        for thread in threads:
            thread.join()
        seen.finished = site.ask("finish", SEALED)
        wait_until(lambda: site.ask("busy") == 0)
        seen.missing = site.ask("missing", seen.crowd.told)
        seen.claims = [invented(kind, seen.crowd.told) for kind in KINDS]
        seen.invented = site.ask("missing", seen.claims)
        seen.ended = site.ask("ended")
        seen.mailed = site.mail.counted()
        yield seen


@pytest.fixture(
    scope="module",
    params=[SHORT, pytest.param(LONG, marks=pytest.mark.long(HERE))],
    ids=["short", "long"],
)
def seen(request, tmp_path_factory):
    with gone_through(tmp_path_factory.mktemp("site"), request.param) as seen:
        yield seen


def test_the_server_syncs_what_it_acknowledges(seen):
    assert seen.durability == dict.fromkeys(
        ("fsync", "full_page_writes", "synchronous_commit"), "on"
    )


def test_nothing_acknowledged_is_lost_when_postgresql_stops_at_once(seen):
    kinds = Counter(one["kind"] for one in seen.before)
    assert kinds.total() >= seen.extent.before_the_stop
    assert set(kinds) == set(KINDS)
    assert seen.missing_at_once == []
    assert seen.missing == []
    assert len(seen.crowd.told) > len(seen.before)


def test_what_was_never_acknowledged_is_called_missing(seen):
    """So that the list of what is missing isn't empty by mistake."""
    assert seen.invented == seen.claims
    assert len(seen.claims) == len(KINDS)


def test_while_the_database_is_away_every_answer_is_503(seen):
    meanwhile = [
        status for at, status in seen.crowd.statuses if seen.stopped + 0.2 < at < seen.starting
    ]
    assert set(meanwhile) == {503}
    assert len(meanwhile) > 10


def test_no_answer_ever_is_a_crash(seen):
    statuses = Counter(status for _at, status in seen.crowd.statuses)
    assert set(statuses) <= {0, 200, 303, 404, 409, 422, 503}
    assert 0 < statuses[0] <= len(seen.extent.kills) * THREADS  # where a web process was killed


def test_afterwards_every_journey_ends(seen):
    contracts = seen.extent.contracts
    assert len(seen.crowd.finished) == contracts
    assert Counter(one["kind"] for one in seen.crowd.told)["signed"] == contracts
    assert seen.finished == SEALED
    assert seen.ended["signed"] == SEALED
    assert seen.ended["signatures"] == contracts + SEALED


def test_afterwards_every_seal_and_mail_is_there(seen):
    assert seen.ended["files"] == [{"verdict": "intact", "events": 1}] * SEALED
    assert seen.ended["dead"] == 0
    trails = set(seen.ended["trails"])
    assert "retention" in trails  # what the worker removed once a day
    nights = {"retention", "site"}  # and, if night fell, what it found in its examination
    assert len(trails - nights) == seen.extent.contracts
    assert seen.ended["said"] == f"{len(trails)} whole.\n"
    assert len(seen.ended["mails"]) == 2 * SEALED
    came = {identity.partition("@")[0].strip("<") for identity in seen.mailed}
    assert set(seen.ended["mails"]) <= came
