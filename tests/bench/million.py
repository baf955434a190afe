"""`audit_verify` over a million events: the two trails of real contracts, over and over.

The events of contracts at all stages of their lives, made by the flows, are copied with their
kinds, sizes and commitments into trails of their own, each chained from its own genesis.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import override_settings

from tests.bench import agreements, memory, sizes, timing
from tests.bench.timing import Row
from tests.database import triggers_lifted
from wagtail_contracts import canonical, chain, notes
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event, LogEntry, Trail
from wagtail_contracts.signing import flows as signing

PART = "A million events"
FEW, MANY = 10_000, 1_000_000
MOST, MOST_GROWTH = 1.5, 1.1
BATCH = 20_000
TAG, PREVIOUS = canonical.AUDIT_EVENT.encode() + b"\n", '"prev":'


class Copied(NamedTuple):
    """An event as it was: the text up to `prev`, and the copies for lists."""

    text: str
    name: str
    at: Any
    actor_kind: str
    actor_key: str


def rows(*, tiny: bool) -> Iterator[Row]:
    """Memory at both sizes, with a log over all trails; the log on the way, and time at the end."""
    few, many = (200, 1_000) if tiny else (FEW, MANY)
    patterns, key = _patterns(), Path(settings.VAR) / "checkpoint.pem"
    audit.make_key(key)
    named = {"ORIGIN": "bench.example/audit", "KEY": key}
    with override_settings(WAGTAIL_CONTRACTS={**settings.WAGTAIL_CONTRACTS, "AUDIT": named}):
        _fill(patterns, few)
        audit.checkpoint()
        before = _peak()
        _fill(patterns, many)
        yield from _logging(f"on {connection.vendor}")
        after, trails = _peak(), Trail.objects.count()
        what = f"{many:,} events in {trails:,} trails with a log, on {connection.vendor}"
        told = f"{after:.0f} MB", f"{before:.0f} MB"
        against = f"memory of audit_verify at {what}, against {few:,}"
        yield Row(PART, against, *told, after / before, MOST_GROWTH)
        yield from _verifying(what, 0 if tiny else 2)


def _patterns() -> list[list[Copied]]:
    """The trails of a contract that was signed, sealed and downloaded, and of one in the making."""
    at = agreements.signed(agreements.CLAUSES[1])
    signing.seal(at.version, by=SYSTEM)
    signing.download(at.contract, by=SYSTEM)
    making = agreements.answered(agreements.CLAUSES[1])
    found = []
    for contract in (at.contract, making.contract):
        rows = Event.objects.of(contract.trail).order_by("sequence")
        found.append(
            [Copied(row.record[: row.record.rindex(PREVIOUS)], *_told(row)) for row in rows]
        )
    return found


def _told(row: Event) -> tuple[str, Any, str, str]:
    at = connection.ops.adapt_datetimefield_value(row.at)
    return row.name, at, row.actor_kind, row.actor_key


def _fill(patterns: Sequence[Sequence[Copied]], count: int) -> None:
    """Trail by trail, each pattern in turn, until there are so many events."""
    have, events, heads = Event.objects.count(), [], []
    event, trail = (model.objects.latest("pk").pk for model in (Event, Trail))
    with transaction.atomic(), triggers_lifted():
        while have < count:
            trail, pattern = trail + 1, patterns[trail % len(patterns)]
            key, have = uuid.UUID(int=trail).hex, have + len(pattern)
            head = chain.genesis(key).digest
            for sequence, copied in enumerate(pattern, start=1):
                event += 1
                text = f'{copied.text}{PREVIOUS}"{head}","seq":{sequence},"trail":"{key}","v":1}}'
                head = hashlib.sha256(TAG + text.encode()).hexdigest()
                events.append((event, trail, sequence, text, head, *copied[1:]))
            heads.append((trail, key, len(pattern), head))
            if len(events) > BATCH or have >= count:
                _insert(heads, events)
                events, heads = [], []
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Event, Trail]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def _insert(heads: Sequence[Any], events: Sequence[Any]) -> None:
    for model, rows in ((Trail, heads), (Event, events)):
        names = [field.column for field in model._meta.local_concrete_fields]
        columns, places = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
        with connection.cursor() as cursor:
            table = model._meta.db_table
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


VERIFYING = """import sys, django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "AUDIT": {"EARLIER": sys.argv[1:]}}
call_command("audit_verify")
"""


def _peak() -> float:
    """The most memory, in MB, of a process of its own that runs the command, log and all."""
    connection.close()
    said, most = memory.peak(VERIFYING, *map(str, audit.verifiers()))
    assert said == f"{Trail.objects.count() + 2} whole.\n", said  # the log and its time-stamps
    return most


def _verifying(what: str, rounds: int) -> Iterator[Row]:
    """The bare side fetches the same rows in the same order, hashes and parses them."""
    logged, count = LogEntry.objects.count(), Event.objects.count()
    tasks = {
        "ours": timing.spent(_verified, _equal((Trail.objects.count(), logged))),
        "bare": timing.spent(_bare, _equal((count, logged))),
    }
    found = timing.interleaved(tasks, rounds)
    yield timing.compared(PART, f"{what}: verify all", found["ours"], found["bare"], MOST)


def _verified() -> tuple[int, int]:
    """What the command does: trails, log, time-stamps."""
    verdicts = [fault for _key, fault in audit.verify_all()]
    assert not any(verdicts)
    logged = audit.verify_log()
    audit.stamped()
    return len(verdicts), logged


def _bare() -> tuple[int, int]:
    done = logged = 0
    fetched = Event.objects.order_by("trail", "sequence").values_list("record", flat=True)
    for text in fetched.iterator(chunk_size=5000):
        json.loads(text)
        hashlib.sha256(text.encode()).hexdigest()
        done += 1
    entries = LogEntry.objects.order_by("index").values_list("trail__key", "length", "head")
    for entry in entries.iterator(chunk_size=5000):
        notes.entry(*entry)
        logged += 1
    return done, logged


def _equal(wanted: int) -> Callable[[object], None]:
    def check(made: object) -> None:
        assert made == wanted

    return check


def _logging(on: str) -> Iterator[Row]:
    """A checkpoint over what has grown, one when nothing has since, and the log verified."""
    grown = Trail.objects.count() - LogEntry.objects.count()
    for words, job in (
        (f"checkpoint over {grown:,} more", audit.checkpoint),
        ("look for what has grown since", audit.checkpoint),
        ("verify the log", audit.verify_log),
    ):
        begun = sizes.cpu()
        job()
        spent = timing.milliseconds(sizes.cpu() - begun)
        yield Row(PART, f"{Trail.objects.count():,} trails, {on}: {words}", spent)
    assert LogEntry.objects.count() == Trail.objects.count()
