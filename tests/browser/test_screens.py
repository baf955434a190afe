"""Every screen of ours in the admin: for everybody, in both schemes, and no wider than a phone.

Each is loaded once, as the map of the doors says, with a contract in the state in which what it is
about is done. It is judged light at 1280 pixels, and then measured at 375; by `make long` it is
judged there, too, dark and by what is to be seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse

from tests.admin import posts
from tests.admin.many import POSTS, address
from tests.browser.authoring import enter
from tests.browser.judging import LOOKS, overflow, violations
from tests.house.test_guides import screens
from tests.security.walk import addresses, bodies, doors, fills, reaches
from tests.security.walk import world as worlds

Size = tuple[str, int, tuple[str, ...] | None]
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
# Who is let in, besides whoever may do all.
WHOM = {"wagtail_contracts_contract:approve": "approve", "wagtail_contracts_approvals": "approve"}
STATES = {"wagtail_contracts_contract:revise": "signing"}  # of which something was changed
BARE = ("wagtail_contracts_circular_state",)  # what a page asks for, and no page
BESIDES = ("wagtailadmin_home", "wagtail_contracts_search")
LIGHT: Size = ("light", 1280, ())
DARK: Size = ("dark", 375, LOOKS)
NARROW: Size = ("dark", 375, None)  # no wider than that
HERE = "browser/test_screens.py::test_every_screen_is_for_everybody_and_no_wider_than_a_phone"
SIZES = [(LIGHT, NARROW), pytest.param((DARK,), marks=pytest.mark.long(HERE))]


@pytest.fixture
def world(settings: Any) -> worlds.World:
    """A contract in every state, and everything that a workspace may have."""
    settings.ROOT_URLCONF = addresses.URLCONF
    with ThreadPoolExecutor(1) as elsewhere:  # Playwright's event loop is in the way of sealing
        return elsewhere.submit(prepared).result()


def prepared() -> worlds.World:
    """The world of the walk, whose owner may do all."""
    made = worlds.World()
    try:
        worlds.others(made)
        worlds.marked(made)
        made.people["owner"].is_superuser = True
        made.people["owner"].save()
        made.contracts["signing"].title = "Changed since it was sent"
        made.contracts["signing"].save()
    finally:
        connections.close_all()
    return made


def looks(world: worlds.World) -> Iterator[tuple[str, str]]:
    """The screens by name, each with its address."""
    for key in [*(key for key in screens() if key not in BARE), *BESIDES]:
        door = doors.ours().get(key)
        state = STATES.get(key) or (reaches.state_of(door) if door else "signing")
        filled = addresses.every()[key].filled(fills.of(world, key, state))
        yield key, filled + bodies.query(key, world)
    chosen = [world.contracts[state] for state in ("draft", "signing", "signed")]
    yield from ((f"many: {action}", address(action, *chosen)) for action in [*POSTS, "delete"])
    yield "list: waiting", f"{reverse('wagtail_contracts_contract:list')}?view=waiting"
    yield "choose a template", reverse("wagtail_contracts_contract:add")
    for state in ("draft", "in_approval", "signed", "declined", "expired"):
        yield f"overview: {state}", posts.address("inspect", world.contracts[state].pk)


def judged(page: Any, where: str, sizes: tuple[Size, ...]) -> Iterator[str]:
    """What is wrong with a screen in these sizes."""
    answer = page.goto(where)
    if answer.status != 200 or page.url.split("?")[0] != answer.url.split("?")[0]:
        yield f"{answer.status} at {page.url}"
    for scheme, width, tags in sizes:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        if over := overflow(page):
            yield f"{over} pixels wider than {width}"
        if tags is not None:
            yield from (f"{scheme} {width}: {said}" for said in violations(page, *tags))


@pytest.mark.parametrize("sizes", SIZES, ids=["always", "long"])
def test_every_screen_is_for_everybody_and_no_wider_than_a_phone(
    live_server, client, open_page, world, sizes
):
    pages, found, done = {}, {}, 0
    for who in ("owner", "approve"):
        pages[who] = open_page()
        enter(pages[who], client, world.people[who], live_server.url)
        client.cookies.clear()
    for key, where in looks(world):
        if said := list(judged(pages[WHOM.get(key, "owner")], where, sizes)):
            found[key] = said
        done += 1
    assert found == {}
    assert done > 90
