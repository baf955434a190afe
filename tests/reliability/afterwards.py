"""What must hold wherever a worker died: what it held is held, and two others put it right."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Protocol

from django.core.management import call_command
from django.db import connections
from django.db.models.functions import Now

from tests.reliability import account, barrier, kills
from wagtail_contracts.outbox.models import Message, MessageQuerySet


def deliver(limit: int | None = None) -> None:
    """What `manage.py outbox_deliver` does, in this process."""
    call_command("outbox_deliver", limit=limit, stdout=StringIO())


def let_leases_run_out() -> None:
    """The time of whoever held something is over."""
    Message.objects.unfinished().update(leased_until=Now() - timedelta(seconds=1))


def insist_on_leases() -> None:
    """What a worker has begun is kept from others, also when it is dead."""
    begun = Message.objects.waiting().filter(attempts__gt=0)
    assert not begun.exists(), "a message that was begun is free"


def race(waiting: Callable[[], MessageQuerySet]) -> None:
    """Two workers at the same moment, until nothing is left of what waits."""

    def work() -> str:
        while waiting().exists():
            deliver(limit=1)
            time.sleep(0.01)
        return "idle"

    assert barrier.processes([work] * 2) == {"idle": 2}


class Periodic(Protocol):
    """A flow that is killed and that no message asks for: it runs again, by itself."""

    def flow(self) -> object:
        """What is killed."""

    def found(self, death: kills.Death) -> object:
        """Look at what a death left."""

    def verdict(self) -> object:
        """Judge the end."""

    def again(self) -> object:
        """Go back to the beginning."""


class Scene(Periodic, Protocol):
    """A flow that a message asks for, and what must come of it."""

    def waiting(self) -> MessageQuerySet:
        """What is left to do for two others after a death."""


def kill_everywhere(scene: Scene, *, first: int = 1) -> list[kills.Death]:
    """Kill the flow at each step; after each death judge what two others make of it."""
    deaths = []
    for death in kills.each_kill(scene.flow, first=first):
        deaths.append(death)
        insist_on_leases()
        scene.found(death)
        let_leases_run_out()
        race(scene.waiting)
        scene.verdict()
        scene.again()
    scene.verdict()  # of the run that lived
    print(*deaths, sep="\n")  # noqa: T201 - the list of what was killed; pytest -rP shows it
    return deaths


def kill_and_run_twice(scene: Periodic) -> list[kills.Death]:
    """Kill the flow at each step; after each death it runs twice more, in two at the same time."""
    deaths = []
    for death in kills.each_kill(scene.flow):
        deaths.append(death)
        scene.found(death)
        ends = barrier.processes([lambda: _done(scene)] * 2)
        assert ends == {"done": 2}, f"{ends} after {death}"
        scene.verdict()
        scene.again()
    scene.verdict()
    print(*deaths, sep="\n")  # noqa: T201 - the list of what was killed; pytest -rP shows it
    return deaths


def _done(scene: Periodic) -> str:
    scene.flow()
    return "done"


def recorded(scene: Periodic) -> account.Account:
    """What one whole run wrote, by the account of the database and the interpreter.

    It runs in a child, as those that are killed do: what was begun earlier here is not used.
    """
    connections.close_all()
    hear, tell = kills.FORK.Pipe(duplex=False)
    child = kills.FORK.Process(target=_account, args=(scene.flow, tell.send))
    child.start()
    child.join()
    assert hear.poll(), "the flow failed"
    given: account.Account = hear.recv()
    scene.verdict()
    scene.again()
    return given


def _account(flow: Callable[[], object], tell: Callable[[account.Account], None]) -> None:
    with account.account() as given:
        flow()
    tell(given)


def insist_on_every_write(deaths: list[kills.Death], told: account.Account) -> None:
    """The list of deaths holds every write of the flow, in order, by the account of others."""
    assert [death.number for death in deaths] == list(range(1, len(deaths) + 1))
    killed = account.effects([death.step for death in deaths])
    assert killed.tables == told.tables
    assert [_shape(one) for one in killed.files] == [_shape(one) for one in told.files]


def _shape(change: str) -> str:
    """An operation on files; names differ from run to run, as a seal has its time in it."""
    kind, *paths = change.split()
    return " ".join([kind, *(Path(path).suffix for path in paths)])
