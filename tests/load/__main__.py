"""`make load`: 200 people read and 20 sign at once, over TCP, until all have signed.

Two more follow a contract in two browsers, and see what the other one does. Server and worker run
as processes on PostgreSQL. It ends with 1 where anything was lost, came twice, came late or went
wrong.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.bench.following import of_each_kind  # noqa: E402
from tests.load.followers import Followers  # noqa: E402
from tests.load.guests import Gathering, Guest  # noqa: E402
from tests.load.mailboxes import Mailboxes  # noqa: E402
from tests.outages.site import Site, wait_until  # noqa: E402

NICE, LONGEST, LEFT = 8, 3600, 5
# Two for each core and one more, as gunicorn's documentation advises.
SERVER = ("--workers=5", "--log-level=warning", "tests.load.wsgi")
EXPECTED = {200, 303, 304}


def main() -> int:
    """Let them come, wait until all is sealed, judge, and say the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--people", type=int, default=220)
    parser.add_argument("--signing", type=int, default=20, help="how many sign at once")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        site = Site(Path(folder), stack, "tests.load.office", "tests.load.settings")
        guests = site.ask("people", options.people)
        begun = time.monotonic()
        followers = _opened(site)
        crowd = _through(site, guests, options.signing)
        followers.over.set()
        followers.join()
        wait_until(lambda: site.ask("busy") == 0, LONGEST)
        faults = [*crowd.faults, *followers.faults(), *_unexpected(crowd)]
        if len(crowd.remarks) != options.people:
            faults.append(f"{len(crowd.remarks)} people answered")
        faults += _judged(site, crowd, options.people + followers.contracts)
        _say(crowd, followers, time.monotonic() - begun)
    for fault in faults:
        print(fault)  # noqa: T201
    return 1 if faults else 0


def _opened(site: Site) -> Followers:
    """The web server and the worker run, and two people follow a contract."""
    site.web = site.run("gunicorn", f"--bind=127.0.0.1:{site.port}", *SERVER)
    wait_until(site.listens)
    site.work()
    os.setpriority(os.PRIO_PROCESS, site.worker.pid, NICE)  # as the guide says
    followers = Followers(f"http://127.0.0.1:{site.port}", site.open_office())
    followers.start()
    return followers


def _through(site: Site, guests: Sequence[dict[str, str]], signing: int) -> Gathering:
    """All come by their mails; once all read, so many sign at a time until everybody has."""
    people, boxes = len(guests), Mailboxes(site.mail.letters)
    crowd = Gathering(
        site.port,
        boxes.codes,
        time.monotonic() + LONGEST,
        links=boxes.links,
        signing=threading.Semaphore(0),
    )
    threads = [threading.Thread(target=Guest(crowd, **one).stay, daemon=True) for one in guests]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(crowd.landed) == people, LONGEST)
    crowd.signing.release(signing)
    own = 0
    while own < people:
        own += site.ask("finish", LEFT)
        time.sleep(0.2)
    wait_until(lambda: len(crowd.finished) == people, LONGEST)
    crowd.over.set()
    for thread in threads:
        thread.join()
    return crowd


def _unexpected(crowd: Gathering) -> list[str]:
    """Every answer that nobody should get."""
    found = Counter(status for _at, status in crowd.statuses if status not in EXPECTED)
    return [f"{count} answers with {status}" for status, count in sorted(found.items())]


def _judged(site: Site, crowd: Gathering, contracts: int) -> list[str]:
    """What is wrong in the database, the files and the mails."""
    faults: list[str] = site.ask("faults", crowd.remarks)
    checked = site.ask("checked")
    if checked != f"contracts: {contracts}, damages: 0, warnings: 0.\n":
        faults.append(f"contracts_check says: {checked}")
    twice = [name for name, count in site.mail.counted().items() if count > 1]
    return faults + [f"a mail came twice: {name}" for name in twice]


def _say(crowd: Gathering, followers: Followers, seconds: float) -> None:
    print(f"{len(crowd.remarks)} people, {len(crowd.statuses)} answers in {seconds:.0f} s")  # noqa: T201
    for what, found in sorted(crowd.seconds.items()):
        print(f"{what}: {_spread(found)}")  # noqa: T201
    for what, seen in of_each_kind(followers.found):
        print(f"{what}, until it is done: {_spread([one.acting for one in seen])}")  # noqa: T201
        came = _spread([one.coming for one in seen])
        print(f"{what}, from there to the other side's page: {came}")  # noqa: T201


def _spread(found: Sequence[float]) -> str:
    edges = statistics.quantiles(found, n=20) if len(found) > 1 else [found[0]] * 19
    half, most = edges[9] * 1000, edges[18] * 1000
    return f"{len(found)} times, half within {half:.0f} ms, 95 % within {most:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
