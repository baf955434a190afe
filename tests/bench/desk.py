"""The desk at 10,000 contracts against 1,000: list, filters, search, overview, home, approvals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin import posts
from tests.bench import sizes
from tests.bench.many.making import Maker
from tests.bench.timing import Row, milliseconds
from wagtail_contracts.contracts.admin.approving.deciding import INBOX
from wagtail_contracts.contracts.admin.lists.filters import VIEWS
from wagtail_contracts.contracts.models import Contract, Folder, Tag

PART = "The desk"
MOST = 1.3
FEW, MANY = 1_000, 10_000
TURNS, ROUNDS = 4, 2
LIST = posts.address("list")
FOUND = reverse("wagtail_contracts_search_results")
MEMBER, APPROVER, SUPERUSER = "a member of one workspace", "an approver", "a superuser"
ROWS = "approvals"  # as many as wait: 5 on the page, then 50. No question of how many there are.
SOME = {  # of the pages, for whoever is not measured with all of them
    APPROVER: {"list", "home", "approvals"},
    SUPERUSER: {
        "list",
        "list, by state",
        "list, by tag",
        "list, view soon",
        "list, searched",
        "suggestions",
        "home",
    },
}
Pages = dict[str, Callable[[], Any]]


def rows(*, tiny: bool) -> Iterator[Row]:
    """Each page at both sizes: what it takes with the database, and how often that is asked."""
    maker, (few, many) = Maker(), (20, 40) if tiny else (FEW, MANY)
    maker.until(few)
    small, large = sizes.copy(), sizes.here()
    maker.until(many)
    found = _measured(maker, [small, large], 1 if tiny else TURNS, 1 if tiny else ROUNDS)
    sizes.use(large)
    assert Contract.objects.count() == many
    for what, [(was, asked), (seconds, queries)] in found.items():
        told = f"{what}, {many:,} contracts against {few:,}, on {connection.vendor}"
        most = None if tiny or what.startswith(ROWS) else MOST
        yield Row(PART, told, milliseconds(seconds), milliseconds(was), seconds / was, most)
        assert queries == asked, (what, asked, queries)


def _measured(
    maker: Maker, databases: Sequence[str], turns: int, rounds: int
) -> dict[str, list[tuple[float, int]]]:
    """The least CPU time of each page in each database, and how many queries it asks.

    The databases take turns at each page, so that a busy machine troubles both alike.
    """
    everybody: list[Pages] = []
    for name in databases:
        sizes.use(name)
        everybody.append(_everybody(maker))
    found = {what: [(math.inf, 0)] * len(databases) for what in everybody[0]}
    for what, known in found.items():
        for turn in range(turns):
            order = range(len(databases)) if turn % 2 else reversed(range(len(databases)))
            for place in order:
                sizes.use(databases[place])
                seconds, queries = _timed(everybody[place][what], rounds)
                known[place] = min(known[place][0], seconds), queries
    return found


def _everybody(maker: Maker) -> Pages:
    """Pages of those who see one workspace, and of one who sees all."""
    users = get_user_model().objects
    users.filter(pk=maker.sender.pk).update(is_superuser=True)
    place = maker.places[0]
    keys = {MEMBER: place.owner, APPROVER: place.approver, SUPERUSER: maker.sender.pk}
    found = {}
    for who, key in keys.items():
        user, client = users.get(pk=key), Client(HTTP_HOST="localhost")
        client.force_login(user)
        made = pages(client, user)
        found |= {f"{what} of {who}": made[what] for what in made if what in SOME.get(who, made)}
    return found


def pages(client: Client, user: Any) -> Pages:
    """What gets each page of the desk, by name."""
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "list": (LIST, {}),
        **{f"list, {name}": (LIST, query) for name, query in _filters(user).items()},
        **{f"list, view {view}": (LIST, {"view": view}) for view in VIEWS},
        "list, searched": (LIST, {"q": "hosting"}),
        "suggestions": (FOUND, {"q": "kari1"}),
        "home": (reverse("wagtailadmin_home"), {}),
        "approvals": (reverse(INBOX), {}),
    }
    for state in ("signing", "signed") if not user.is_superuser else ():  # whose looks are recorded
        one = Contract.objects.visible_to(user).filter(state=state).order_by("pk")[0]
        asked[f"overview, {state}"] = (posts.address("inspect", one.pk), {})
    return {name: _getter(client, *of) for name, of in asked.items()}


def _filters(user: Any) -> dict[str, dict[str, str]]:
    """Each filter by itself, so that it finds something."""
    filed = Contract.objects.visible_to(user).filter(listing__folder__isnull=False)
    one = filed.order_by("pk")[0]
    tag = Tag.objects.filter(workspace=one.workspace_id)[0]
    folder = Folder.objects.filter(workspace=one.workspace_id)[0]
    return {
        "by state": {"state": "signing"},
        "by workspace": {"workspace": str(one.workspace_id)},
        "by template": {"template": str(one.template_id)},
        "by owner": {"owner": str(one.owner_id)},
        "by value": {"value_min": "1", "currency": "NOK"},
        "by party": {"q": "kunde1"},
        "by folder": {"folder": str(folder.pk)},
        "by tag": {"tag": str(tag.pk)},
        "by deadline": {"deadline_from": "2020-01-01"},
        "by last activity": {"active_from": "2020-01-01"},
        "by deviation": {"deviates": "no"},
        "not archived": {"archived": "no"},
    }


def _getter(client: Client, url: str, query: dict[str, str]) -> Callable[[], Any]:
    def get() -> Any:
        page = client.get(url, query)
        assert page.status_code == 200, (url, page.status_code)
        return page

    return get


def _timed(get: Callable[[], Any], rounds: int) -> tuple[float, int]:
    with CaptureQueriesContext(connection) as asked:
        get()
    times = []
    for _ in range(rounds):
        begun = sizes.cpu()
        get()
        times.append(sizes.cpu() - begun)
    return min(times), len(asked)
