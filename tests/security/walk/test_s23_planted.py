"""S-23: a sensitive value that was planted is told to nobody without the right, at no door.

Somebody holds every verb in the workspace but that one, and knocks at every door of ours and at
those of Wagtail that show something of ours. A door that is new falls under it by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from tests import builders, signatures
from tests.security.walk import addresses, bodies, doors, fills, reaches
from tests.security.walk.visitors import Visitor
from tests.security.walk.world import VERBS, World, undone
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox import flows as outbox

pytestmark = pytest.mark.django_db
ACCOUNT, BORN = "NO9386011117947", "15108695088"
SECRETS = ("86011117947", BORN)  # as they are in a text without its spaces
FIELDS = [
    builders.made.field("iban", "account", "Account", "supplier", sensitive=True),
    builders.made.field("national_id", "born", "Identity number", "customer"),
]
BODY = [
    builders.made.clause("Ours", f"{builders.made.chip('account')} is ours.", policy="editable"),
    builders.made.text(f"For {builders.made.chip('born')}."),
    builders.made.signatures("Signatures"),
]
PLANTED = ("draft", "signing", "signed")
ELSEWHERE = ("own", "secret", "seat")  # pages of participants, to whom the values belong
SEARCHED = ("list", "list_results", "choose", "choose_results")
SHOWING = ("edit", "version", "preview_page")
FOR_IT = " for it"
FLOOR = 130
Ask = tuple[str, str, str, Any]  # what it is called, method, address, body


def plant(world: World, owner: Any) -> World:
    """The same world, in which every contract holds the two values."""
    page = builders.template(world.workspace, "QzxmarkVault", fields=FIELDS, body=BODY)
    made = {state: _in_state(page, owner, state) for state in PLANTED}
    deliver()
    return replace(world, contracts={s: made.get(s, made["signing"]) for s in world.contracts})


def _in_state(page: Any, owner: Any, state: str) -> Contract:
    draft = builders.contract(page, owner, title=f"Coffer {state}", values={"account": ACCOUNT})
    draft.save_revision(user=owner)
    if state != "draft":
        by = builders.actor(owner)
        contracts.send(draft, builders.shown(draft), into="signing", by=by)
        people = Participant.objects.filter(party__contract=draft)
        kari = people.get(party__role="customer")
        digest = Contract.objects.get(pk=draft.pk).current_version.digest  # type: ignore[union-attr]
        contracts.answer(kari, digest, {"born": BORN}, by=builders.guest(kari))
        for person in people.order_by("party__role") if state == "signed" else ():
            signatures.sign(person)
    return Contract.objects.get(pk=draft.pk)


def asks(world: World) -> Iterator[Ask]:
    """Every door, looked at; and posted to, where it is one of ours."""
    for key, address in addresses.every().items():
        door, other = doors.ours().get(key), doors.others().get(key)
        if door is None and not (other and other.names_ours and connection.vendor == "sqlite"):
            continue
        if door and door.kind in ELSEWHERE:
            continue
        state = reaches.state_of(door) if door else "signing"
        url = address.filled(fills.of(world, key, state))
        yield key, "GET", url + bodies.query(key, world), None
        if key.endswith(SEARCHED):
            yield f"{key}{FOR_IT}", "GET", f"{url}?q={ACCOUNT}", None
        if door:
            yield key, "POST", url + bodies.query(key, world), _body(key, world, state)


def _body(key: str, world: World, state: str) -> Any:
    """What a browser would post, without the values: those who may not see them don't have them."""
    posted = bodies.body(key, world, state)
    return {name: said for name, said in posted.items() if not told(str(said))}


def deliver() -> None:
    """Do what the worker would do; one of the walk's messages has failed for good."""
    while outbox.deliver():
        pass


def told(words: str) -> bool:
    """Whether one of the values is in a text."""
    plain = "".join(words.split()).replace("\u00a0", "").replace("&nbsp;", "")
    return any(secret in plain for secret in SECRETS)


class Heard(logging.Handler):
    """Everything that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[Heard]:
    """Also to what nobody would write into a file."""
    heard, root = Heard(), logging.getLogger()
    logging.disable(logging.NOTSET)
    root.addHandler(heard)
    try:
        yield heard
    finally:
        root.removeHandler(heard)
        logging.disable(logging.CRITICAL)


def without(world: World) -> Any:
    """Somebody who holds every verb but the one."""
    verbs = tuple(verb for verb in VERBS if verb != "sensitive")
    user = world.people["without"] = builders.staff("without", world.workspace, verbs)
    return user


def test_whoever_lacks_the_right_is_told_the_value_at_no_door_in_no_mail_and_in_no_log(world):
    bad, done = [], 0
    with undone():
        planted = plant(world, world.people["owner"])
        without(planted)
        visitor = Visitor("without", planted)
        mail.outbox.clear()
        with listening() as heard:
            for name, method, url, body in asks(planted):
                with undone():
                    answer = visitor.ask(method, url, body)
                    if method == "POST" and answer.status == 302:
                        deliver()
                done += 1
                # A page of hits says what was typed; it has found nothing.
                hit = "coffer" in answer.words if name.endswith(FOR_IT) else told(answer.words)
                if hit:
                    bad.append(f"{method} {name}")
        letters = [f"{m.subject} {m.body} {getattr(m, 'alternatives', '')}" for m in mail.outbox]
    assert bad == []
    assert [line for line in [*heard.lines, *letters] if told(line)] == []
    assert (done > FLOOR, len(letters) > 0) == (True, True)


def test_whoever_has_the_right_is_told_it_at_some(world):
    """The doors that must keep it from others do show it."""
    known = set()
    with undone():
        planted = plant(world, world.people["owner"])
        visitor = Visitor("owner", planted)
        for name in SHOWING:
            key = f"{bodies.CONTRACT}{name}"
            url = addresses.every()[key].filled(fills.of(planted, key, "signing"))
            if told(visitor.ask("GET", url).words):
                known.add(name)
    assert known == set(SHOWING)
