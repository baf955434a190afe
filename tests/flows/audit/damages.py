"""What whoever owns database and files can do to three trails and to what is kept of them.

Each damage with the codes of the alarms that it rings, and the trail that it is done to.
"""

from pathlib import Path

from django.db import connection

from tests.database import sql
from wagtail_contracts.audit import conf
from wagtail_contracts.audit.models import (
    Anchored,
    Checkpoint,
    Disclosure,
    Event,
    LogEntry,
    Trail,
)

EVENT, TRAIL = "wagtail_contracts_audit_event", "wagtail_contracts_audit_trail"
CUT, CHANGED, REPLACED, NONE = 0, 1, 2, None  # which of the trails


def cut(key, length):
    head = Event.objects.of(key).get(sequence=length)
    sql(f'DELETE FROM "{EVENT}" WHERE trail_id = %s AND sequence > %s', head.trail_id, length)
    sql(f'UPDATE "{TRAIL}" SET length = %s, head = %s WHERE key = %s', length, head.digest, key)


def change(keys):
    sql(f'UPDATE "{EVENT}" SET digest = %s WHERE id = %s', "0" * 64, first(keys).pk)


def rename(keys):
    """A copy for lists, which is no part of what was hashed."""
    sql(f'UPDATE "{EVENT}" SET actor_key = %s WHERE id = %s', "8", first(keys).pk)


def first(keys):
    return Event.objects.of(keys[1]).first()


def remove(keys):
    sql(f'DELETE FROM "{EVENT}" WHERE id = %s', first(keys).pk)


def insert(keys):
    one = Event.objects.of(keys[1]).last()
    Event.objects.create(
        trail=one.trail, sequence=one.sequence + 1, record=one.record, digest=one.digest,
        name=one.name, at=one.at, actor_kind="user", actor_key="7",
    )  # fmt: skip


def reorder(keys):
    one, other = Event.objects.of(keys[1])[1:3]
    for event, told in ((one, other), (other, one)):
        words = (told.record, told.digest, event.pk)
        sql(f'UPDATE "{EVENT}" SET record = %s, digest = %s WHERE id = %s', *words)


def lose(keys):
    """The row of a trail, and not its events."""
    if connection.vendor == "sqlite":
        sql("PRAGMA defer_foreign_keys = ON")
    sql(f'DELETE FROM "{TRAIL}" WHERE key = %s', keys[1])


def cut_tail(keys):
    cut(keys[0], 3)


def regrow(keys, grow):
    cut(keys[0], 3)
    grow(9, keys[0])


def replace(keys, grow):
    """Another trail under the same key, whole in itself."""
    old = Trail.objects.get(key=keys[2])
    sql(f'UPDATE "{TRAIL}" SET key = %s WHERE id = %s', "gone", old.pk)
    grow(4, keys[2])


def forge(keys):
    point = Checkpoint.objects.earliest()
    table = Checkpoint._meta.db_table
    sql(f'UPDATE "{table}" SET root = %s WHERE id = %s', "0" * 64, point.pk)


def roll_back(keys):
    """Everything as it was before the last checkpoint; only the file knows better."""
    take_newest_back()
    cut(keys[0], 6)


def take_newest_back():
    """The log as it was before its newest checkpoint."""
    newest = Checkpoint.objects.latest()
    older = Checkpoint.objects.exclude(pk=newest.pk).latest()
    Anchored.objects.filter(checkpoint=newest)._raw_delete(connection.alias)
    Checkpoint.objects.filter(pk=newest.pk)._raw_delete(connection.alias)
    LogEntry.objects.filter(index__gte=older.size)._raw_delete(connection.alias)


def forget_all(keys):
    """No log at all any more."""
    for model in (Anchored, Checkpoint, LogEntry):
        model.objects.all()._raw_delete(connection.alias)


def empty(keys):
    """The file, by whoever owns the disk; nothing in the database is touched."""
    place(keys).write_text("")


def cut_file(keys):
    """Down to the first note, as an older copy of the file would have it."""
    first = Checkpoint.objects.earliest()
    place(keys).write_text(f"{first.note}\n")


def place(keys):
    return Path(conf.audit().anchors["disk"]["OPTIONS"]["path"])


def disclose_otherwise(keys):
    told = Disclosure.objects.get(commitment=first(keys).commitments["label"])
    Disclosure.objects.filter(pk=told.pk).update(value="Kari Nordmann")


DAMAGES = {
    "an event was changed": (change, {"trail"}, CHANGED),
    "a copy for lists was changed": (rename, {"trail"}, CHANGED),
    "an event was removed": (remove, {"trail"}, CHANGED),
    "an event was inserted": (insert, {"trail"}, CHANGED),
    "two events changed places": (reorder, {"trail"}, CHANGED),
    "the tail was cut": (cut_tail, {"log"}, CUT),
    "the tail was cut and grew anew": (regrow, {"log"}, CUT),
    "a trail was replaced": (replace, {"log", "trail"}, REPLACED),
    "a checkpoint was forged": (forge, {"kept", "log"}, NONE),
    "the database was rolled back": (roll_back, {"kept"}, CUT),
    "the log was forgotten": (forget_all, {"kept"}, NONE),
    "the anchor's file was emptied": (empty, {"kept_gone"}, NONE),
    "the anchor's file was cut": (cut_file, {"kept_gone"}, NONE),
    "a disclosed value was changed": (disclose_otherwise, {"disclosure_other"}, CHANGED),
}
