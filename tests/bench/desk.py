"""The desk at 10,000 contracts against 1,000: list, filters, search, overview, home."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin import posts
from tests.bench.many.making import Maker
from tests.bench.timing import Row, milliseconds
from wagtail_contracts.contracts.models import Contract

PART = "The desk"
MOST = 1.3
FEW, MANY, ROUNDS = 1_000, 10_000, 15
# SQLite works in this process: what it takes is CPU of ours. PostgreSQL does not.
CLOCKS = {"sqlite": time.process_time, "postgresql": time.perf_counter}
LIST = posts.address("list")
FOUND = reverse("wagtail_contracts_search_results")


def rows(*, tiny: bool) -> Iterator[Row]:
    """Each page at both sizes: what it takes with the database, and how often that is asked."""
    maker, rounds = Maker(), 1 if tiny else ROUNDS
    few, many = (20, 40) if tiny else (FEW, MANY)
    maker.until(few)
    before = _measured(maker, rounds)
    maker.until(many)
    after = _measured(maker, rounds)
    assert Contract.objects.count() == many
    for what, (seconds, queries) in after.items():
        was, asked = before[what]
        told = f"{what}, {many:,} contracts against {few:,}, on {connection.vendor}"
        most = None if tiny else MOST
        yield Row(PART, told, milliseconds(seconds), milliseconds(was), seconds / was, most)
        assert queries == asked, (what, asked, queries)


def _measured(maker: Maker, rounds: int) -> dict[str, tuple[float, int]]:
    """The least time of each page, as a busy machine only ever adds to it, and its queries.

    A superuser sees all of them; once round, only one of the workspaces is looked at.
    """
    superuser = maker.sender
    superuser.is_superuser = True
    superuser.save()
    member = get_user_model().objects.get(pk=maker.places[0].owner)
    found = {}
    people = {"of a member of one workspace": member, "of a superuser": superuser}
    for who, user in list(people.items())[: 1 if rounds == 1 else None]:
        client = Client(HTTP_HOST="localhost")
        client.force_login(user)
        for what, get in pages(client, user).items():
            found[f"{what} {who}"] = _timed(get, rounds)
    return found


def pages(client: Client, user: Any) -> dict[str, Callable[[], Any]]:
    """What gets each page of the desk, by name."""
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "list": (LIST, {}),
        "list, filtered by state": (LIST, {"state": "signing"}),
        "list, due soon": (LIST, {"view": "soon"}),
        "list, what needs me": (LIST, {"view": "needs_me"}),
        "list, searched": (LIST, {"q": "hosting"}),
        "suggestions": (FOUND, {"q": "kari1"}),
        "home": (reverse("wagtailadmin_home"), {}),
    }
    for state in ("signing", "signed") if not user.is_superuser else ():  # whose looks are recorded
        one = Contract.objects.visible_to(user).filter(state=state).order_by("pk")[0]
        asked[f"overview, {state}"] = (posts.address("inspect", one.pk), {})
    return {name: _getter(client, *of) for name, of in asked.items()}


def _getter(client: Client, url: str, query: dict[str, str]) -> Callable[[], Any]:
    def get() -> Any:
        page = client.get(url, query)
        assert page.status_code == 200, (url, page.status_code)
        return page

    return get


def _timed(get: Callable[[], Any], rounds: int) -> tuple[float, int]:
    get()
    times, clock = [], CLOCKS[connection.vendor]
    for _ in range(rounds):
        begun = clock()
        get()
        times.append(clock() - begun)
    with CaptureQueriesContext(connection) as asked:
        get()
    return min(times), len(asked)
