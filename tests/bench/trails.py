"""The audit trail against the bare statements, and reading it against SHA-256 and JSON."""

from __future__ import annotations

import hashlib
import json
import secrets
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import connection, transaction

from tests.bench import sizes, timing
from tests.bench.timing import Row
from tests.database import triggers_lifted
from wagtail_contracts import canonical, chain, events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.flows import verifying
from wagtail_contracts.audit.models import Disclosure, Event, Trail

PART = "The audit trail"
NAME, DATA = events.CONTRACT_VIEWED, {"version": 3, "digest": "0" * 64}
APPEND, READ = 1.3, 1.5  # the bars
BY = Actor("participant", "n9P6zhDIil31tGv6y82zxA", "Kari Nordmann", "127.0.0.1")


def rows(*, tiny: bool) -> Iterator[Row]:
    """Appending on this engine; then checking a long trail."""
    yield from _appending(20 if tiny else 300)
    yield from _checking(50 if tiny else 20_000, 0 if tiny else 5)


def _appending(count: int) -> Iterator[Row]:
    """CPU, that of the database's process too; then the clock: a commit waits for the disk."""
    plain, told = _Bare(), _Bare(disclosed=2)
    keys = {"plain": uuid.uuid4().hex, "told": uuid.uuid4().hex}
    sides: dict[str, Callable[[], object]] = {
        "plain": partial(audit.record, keys["plain"], NAME, DATA, by=SYSTEM),
        "bare plain": plain.append,
        "told": partial(audit.record, keys["told"], NAME, DATA, by=BY),
        "bare told": told.append,
    }
    middle = _medians(sides, count)
    for one in (*keys.values(), plain.trail.key, told.trail.key):
        assert Event.objects.of(one).count() == count
    assert all(audit.verify(key, deep=True).length == count for key in keys.values())
    assert Disclosure.objects.count() >= 4 * count
    what = {"plain": "an event", "told": "an event with two disclosures, encrypted"}
    for name, words in what.items():
        (cpu, wall), (bare, waited) = middle[name], middle[f"bare {name}"]
        most = APPEND if name == "plain" else None
        on = f"on {connection.vendor}"
        yield timing.compared(PART, f"{words}, {on}, CPU", cpu, bare, most)
        yield timing.compared(PART, f"{words}, {on}, on the clock", wall, waited)
    with triggers_lifted():  # nothing bare is chained: whoever verifies all would call it broken
        Event.objects.filter(trail__in=(plain.trail, told.trail)).delete()
        Trail.objects.filter(pk__in=(plain.trail.pk, told.trail.pk)).delete()


def _medians(sides: dict[str, Callable[[], object]], count: int) -> dict[str, tuple[float, float]]:
    """CPU and clock of each in a transaction of its own; they take turns."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    for _ in range(count):
        for name, append in sides.items():
            begun, cpu = time.perf_counter(), sizes.cpu()
            with transaction.atomic():
                append()
            found[name].append((sizes.cpu() - cpu, time.perf_counter() - begun))
    return {
        name: (statistics.median(cpu), statistics.median(wall))
        for name, (cpu, wall) in ((name, zip(*one, strict=True)) for name, one in found.items())
    }


class _Bare:
    """The same statements with values of the same size, and nothing that computes them."""

    def __init__(self, disclosed: int = 0) -> None:
        key = uuid.uuid4().hex
        self.trail = Trail.objects.create(key=key, head=chain.genesis(key).digest)
        kinds = ("address", "label")[:disclosed]
        content = {
            "at": canonical.moment(datetime.now(UTC)),
            "by": {"kind": BY.kind, "key": BY.key},
            "commitments": [{"k": kind, "c": "0" * 64} for kind in kinds],
            "data": DATA,
            "name": NAME,
        }
        self.record = chain.link(key, chain.genesis(key), content).record
        self.disclosed, self.number, self.sql = disclosed, 0, _statements(disclosed)

    def append(self) -> None:
        """One event: its trail is locked, what it discloses, the event, the head."""
        digest, at = secrets.token_hex(32), datetime.now(UTC)
        self.number += 1
        with connection.cursor() as cursor:
            cursor.execute(self.sql["lock"], [self.trail.key])
            cursor.fetchone()
            if self.disclosed:  # in rows as long as real ones
                commitments = [secrets.token_hex(32) for _ in range(self.disclosed)]
                values = [(one, "g" * 184, "g" * 120) for one in commitments]
                cursor.execute(self.sql["values"], [item for row in values for item in row])
            event = [self.trail.pk, self.number, self.record, digest, NAME]
            cursor.execute(self.sql["event"], [*event, _adapted(at), BY.kind, BY.key])
            cursor.fetchone()
            cursor.execute(self.sql["head"], [self.number, digest, self.trail.pk])


def _adapted(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _statements(disclosed: int) -> dict[str, str]:
    trail, event, disclosure = (model._meta.db_table for model in (Trail, Event, Disclosure))
    lock = connection.ops.for_update_sql() if connection.vendor == "postgresql" else ""
    places = ", ".join(["(%s, %s, %s)"] * disclosed)
    return {
        "lock": f'SELECT id, length, head FROM {trail} WHERE "key" = %s {lock}',
        "values": f"INSERT INTO {disclosure} (commitment, salt, value) VALUES {places}",
        "event": f"INSERT INTO {event} (trail_id, sequence, record, digest, name, at,"
        " actor_kind, actor_key) VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id",
        "head": f"UPDATE {trail} SET length = %s, head = %s WHERE id = %s",
    }


def _checking(count: int, rounds: int) -> Iterator[Row]:
    """The bare side hashes and reads the same texts: from memory, then with the fetch."""
    key = uuid.uuid4().hex
    _grow(key, count)
    texts = list(Event.objects.of(key).values_list("record", flat=True))
    head = audit.verify(key)
    tasks: dict[str, Callable[[], object]] = {
        "replay": lambda: chain.replay(key, texts),
        "loop": lambda: _loop(texts),
        "verify": lambda: audit.verify(key),
        "fetched": lambda: _loop(_fetched(key)),
        "deep": lambda: audit.verify(key, deep=True),
    }
    checks = dict.fromkeys(("replay", "verify", "deep"), _equal(head))
    checks |= dict.fromkeys(("loop", "fetched"), _equal(count))
    timed = {name: timing.spent(job, checks[name]) for name, job in tasks.items()}
    found = timing.interleaved(timed, rounds)
    what = f"a trail of {count:,} events"
    yield timing.compared(PART, f"{what}: follow the chain", found["replay"], found["loop"])
    yield timing.compared(
        PART, f"{what}: fetch and verify", found["verify"], found["fetched"], READ
    )
    yield timing.compared(PART, f"{what}: fetch and verify deep", found["deep"], found["fetched"])


def _equal(wanted: object) -> Callable[[object], None]:
    def check(made: object) -> None:
        assert made == wanted

    return check


def _loop(texts: Any) -> int:
    done = 0
    for text in texts:
        json.loads(text)
        hashlib.sha256(text.encode()).hexdigest()
        done += 1
    return done


def _fetched(key: str) -> Iterator[str]:
    rows = Event.objects.of(key).values_list("record", flat=True)
    return rows.iterator(chunk_size=verifying.CHUNK)


@transaction.atomic
def _grow(key: str, count: int) -> None:
    """In one go: appending is measured elsewhere."""
    head, at, made = chain.genesis(key), datetime.now(UTC), []
    trail = Trail.objects.create(key=key, head=head.digest)
    for number in range(1, count + 1):
        content = {
            "at": canonical.moment(at),
            "by": {"kind": SYSTEM.kind, "key": SYSTEM.key},
            "commitments": [{"k": "label", "c": "0" * 64}],
            "data": {**DATA, "number": number},
            "name": NAME,
        }
        link = chain.link(key, head, content)
        head = chain.Head(number, link.digest)
        told = {"name": NAME, "at": at, "actor_kind": SYSTEM.kind}
        event = Event(trail=trail, sequence=number, record=link.record, digest=link.digest, **told)
        event.actor_key = SYSTEM.key
        made.append(event)
    Event.objects.bulk_create(made, batch_size=500)
    for event in made:  # the database lets a trail move forward by one
        Trail.objects.filter(pk=trail.pk).update(length=event.sequence, head=event.digest)
