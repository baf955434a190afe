"""S-23: a sensitive value that was planted is told to nobody without the right, at no door.

Somebody holds every verb in the workspace but that one, owns one of the contracts and is asked to
approve another; they knock at every door of ours, at those of Wagtail that show something of ours,
and at every act on many. A door that is new falls under it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from tests import approvals, builders
from tests.admin import many as acts
from tests.security.walk import addresses, bodies, doors, fills, planted, reaches
from tests.security.walk.planted import ACCOUNT, BORN, told
from tests.security.walk.visitors import Visitor
from tests.security.walk.world import World, undone
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks
from wagtail_contracts.contracts.models import Notification
from wagtail_contracts.contracts.models.notifications import How, Kind

pytestmark = pytest.mark.django_db
ELSEWHERE = ("own", "secret", "seat")  # pages of participants, to whom the values belong
SEARCHED = ("list", "list_results", "choose", "choose_results", "_search", "_search_results")
SHOWING = ("edit", "version", "preview_page")
# What shows another contract than the state in which its act is done.
INSIDE = {"approve": "in_approval", "call_off": "planned", "reminders": "owned"}
FOR_IT = " for it"
FLOOR = 150
Ask = tuple[str, str, str, Any]  # what it is called, method, address, body


@pytest.fixture(scope="module")
def vault(world: World) -> Iterator[World]:
    """The world with the values in it."""
    with undone():
        yield planted.plant(world)


def asks(world: World) -> Iterator[Ask]:
    """Every door, looked at; and posted to, where it is one of ours."""
    for key, address in addresses.every().items():
        door, other = doors.ours().get(key), doors.others().get(key)
        if door is None and not (other and other.names_ours and connection.vendor == "sqlite"):
            continue
        if door and door.kind in ELSEWHERE:
            continue
        name = key.removeprefix(bodies.CONTRACT)
        state = INSIDE.get(name) or (reaches.state_of(door) if door else "signing")
        url = address.filled(fills.of(world, key, state))
        yield key, "GET", url + bodies.query(key, world), None
        if key.endswith(SEARCHED):
            yield from (
                (f"{key}{FOR_IT}", "GET", f"{url}?q={word}", None) for word in (ACCOUNT, BORN)
            )
        if door:
            yield key, "POST", url + bodies.query(key, world), _body(key, world, state)


def _body(key: str, world: World, state: str) -> Any:
    """What a browser would post, without the values: those who may not see them don't have them."""
    posted = bodies.body(key, world, state)
    return {name: said for name, said in posted.items() if not told(str(said))}


def many(world: World) -> Iterator[Ask]:
    """Every act on many, for all that was planted: its page, and what it does or gives."""
    chosen = [world.contracts[state] for state in planted.MADE]
    for action, body in {**acts.POSTS, "delete": {}, "export xlsx": {"format": "xlsx"}}.items():
        url = acts.address(action.split()[0], *chosen)
        yield action, "GET", url, None
        yield action, "POST", url, {**body, "owner": world.people["view"].pk}


def letters(world: World) -> list[Any]:
    """The mails to whoever may not see the values."""
    address = world.people["without"].email
    return [letter for letter in mail.outbox if address in letter.to]


def ask_again(world: World) -> None:
    """Take the request for their approval back, and make it once more."""
    owner, waiting = world.people["owner"], world.contracts["in_approval"]
    contracts.recall_approval(waiting, by=builders.actor(owner))
    approvals.ask(waiting, owner)


def words(letter: Any) -> str:
    """All that is in a mail, and in what hangs on it."""
    files = [part.content for part in letter.attachments]
    parts = [file if isinstance(file, bytes) else file.encode() for file in files]
    said = [letter.subject, letter.body, *(text for text, _kind in letter.alternatives)]
    return "\n".join([*said, *map(planted.read, parts)])


def test_whoever_lacks_the_right_is_told_the_value_at_no_door_in_no_mail_and_in_no_log(vault):
    bad, done = [], 0
    with undone():
        visitor = Visitor("without", vault)
        mail.outbox.clear()
        with planted.listening() as heard:
            for name, method, url, body in asks(vault):
                with undone():
                    answer = visitor.ask(method, url, body)
                    if method == "POST" and answer.status == 302:
                        planted.deliver()
                done += 1
                # A page of hits says what was typed; it has found nothing.
                hit = "coffer" in answer.words if name.endswith(FOR_IT) else told(answer.words)
                if hit:
                    bad.append(f"{method} {name}")
        assert [line for line in heard.lines if told(line)] == []
        assert [letter.subject for letter in mail.outbox if told(words(letter))] == []
        assert (done > FLOOR, len(mail.outbox) > 0) == (True, True)
    assert bad == []


def test_no_act_on_many_nor_what_it_gives_tells_it_to_whoever_lacks_the_right(vault):
    given = {}
    with undone(), planted.listening() as heard:
        for name, method, url, body in many(vault):
            for who in ("without", "owner"):
                with undone():
                    call = getattr(Visitor(who, vault).client, method.lower())
                    answer = call(url, body)
                    content = b"".join(answer) if answer.streaming else answer.content
                    given[who, name, method] = told(planted.read(content))
    assert [key for key, said in given.items() if said and key[0] == "without"] == []
    files = {name for (who, name, _method), said in given.items() if said and who == "owner"}
    assert files == {"export", "export xlsx", "zip"}
    assert [line for line in heard.lines if told(line)] == []
    assert len(given) == 4 * (len(acts.POSTS) + 2)


def test_no_notice_and_no_mail_of_the_day_tells_it_to_whoever_lacks_the_right(vault):
    """As owner and as approver: at once what was answered, the next day what was signed."""
    user, owned = vault.people["without"], vault.contracts["owned"]
    by = builders.actor(user)
    with undone(), planted.listening() as heard:
        for how, act in ((How.AT_ONCE, planted.answer), (How.DAILY, planted.sign)):
            contracts.choose(user, dict.fromkeys(Kind.values, how), by=by)
            act(owned)
            ask_again(vault)
            planted.deliver()
        at = timezone.now() - timedelta(seconds=1)
        Notification.objects.exclude(due_at=None).update(due_at=at)
        tasks.post_digests()
        planted.deliver()
        mine = letters(vault)
    assert [letter.subject for letter in mine if told(words(letter))] == []
    assert [line for line in heard.lines if told(line)] == []
    named = [letter for letter in mine if "Coffer" in words(letter)]
    assert len(named) > 2


def test_whoever_has_the_right_is_told_it_at_some(vault):
    """The doors that must keep it from others do show it."""
    known = set()
    with undone():
        visitor = Visitor("owner", vault)
        for name in SHOWING:
            key = f"{bodies.CONTRACT}{name}"
            url = addresses.every()[key].filled(fills.of(vault, key, "signing"))
            if told(visitor.ask("GET", url).words):
                known.add(name)
    assert known == set(SHOWING)
