"""S-15: what is kept cannot be updated or deleted, also not by SQL, on both engines."""

import uuid

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, models, transaction

from tests.database import sql, triggers_lifted
from tests.kinds import ENDED, GREW
from wagtail_contracts import append_only
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.checks import triggers
from wagtail_contracts.audit.models import Event, Trail

EVENT, TRAIL = Event._meta.db_table, Trail._meta.db_table
COLUMNS = "id, trail_id, sequence, record, digest, name, at, actor_kind, actor_key"
PLACES = ", ".join(["%s"] * 9)
SCRATCH = "wc_scratch"
SCRATCHED = append_only.grows(SCRATCH, ("id",), ("a", "b"))


@pytest.fixture
def key(ola, transactional_db):
    key = uuid.uuid4().hex
    with transaction.atomic():
        for _ in range(3):
            audit.record(key, GREW, by=ola)
    return key


def row(event, **changes):
    names = COLUMNS.split(", ")
    return [changes.get(name, getattr(event, name)) for name in names]


def by_django(key):
    event = Event.objects.of(key).last()
    trail = Trail.objects.get(key=key)
    yield "update", lambda: Event.objects.filter(pk=event.pk).update(name="x")
    yield "save", event.save
    yield "delete", event.delete
    yield "delete all", Event.objects.all().delete
    yield "bulk update", lambda: Event.objects.bulk_update([event], ["record"])
    yield "rewind", lambda: Trail.objects.filter(key=key).update(length=1)
    yield "same length", lambda: Trail.objects.filter(key=key).update(head="x" * 64)
    yield "another key", lambda: Trail.objects.filter(key=key).update(key="x", length=4)
    yield "delete trail", lambda: Trail.objects.filter(pk=trail.pk)._raw_delete("default")


def by_sql(key):
    event = Event.objects.of(key).last()
    insert = f"INSERT INTO {EVENT} ({COLUMNS}) VALUES ({PLACES})"
    same, fresh = row(event, name="x"), row(event, id=event.pk + 1000, name="x")
    gap = row(event, id=event.pk + 1000, sequence=99)
    upsert = "ON CONFLICT (trail_id, sequence) DO UPDATE SET name = 'x'"
    yield "sql update", lambda: sql(f"UPDATE {EVENT} SET digest = 'x' WHERE id = %s", event.pk)
    yield "sql delete", lambda: sql(f"DELETE FROM {EVENT} WHERE id = %s", event.pk)
    yield "sql delete trail", lambda: sql(f"DELETE FROM {TRAIL}")
    yield "insert with a gap", lambda: sql(insert, *gap)
    yield "upsert", lambda: sql(f"{insert} ON CONFLICT (id) DO UPDATE SET name = 'x'", *same)
    yield "upsert by unique columns", lambda: sql(f"{insert} {upsert}", *fresh)
    if connection.vendor == "postgresql":
        yield "truncate", lambda: sql(f"TRUNCATE {EVENT}")
        yield "truncate cascade", lambda: sql(f"TRUNCATE {TRAIL} CASCADE")
        return
    replace = insert.replace("INSERT", "INSERT OR REPLACE")
    without_id = replace.replace("(id, ", "(").replace("(%s, ", "(", 1)
    yield "replace", lambda: sql(replace, *same)
    yield "replace by unique columns", lambda: sql(replace, *fresh)
    yield "replace without an id", lambda: sql(without_id, *fresh[1:])
    yield "update or replace", lambda: sql(f"UPDATE OR REPLACE {EVENT} SET sequence = 1")
    yield (
        "replace trail",
        lambda: sql(f"INSERT OR REPLACE INTO {TRAIL} (key, length, head) VALUES (%s, 0, 'x')", key),
    )


def refused(attempt):
    try:
        with transaction.atomic():
            attempt()
    except IntegrityError:
        return True
    return False


def insist_that_all_is_refused(key):
    whole = audit.verify(key, deep=True)
    attempts = [*by_django(key), *by_sql(key)]
    assert [name for name, attempt in attempts if not refused(attempt)] == []
    assert len(attempts) == {"sqlite": 20, "postgresql": 17}[connection.vendor]
    assert audit.verify(key, deep=True) == whole


def test_the_database_refuses_every_way_to_rewrite_and_takes_the_next_event(key, ola):
    insist_that_all_is_refused(key)

    with transaction.atomic():
        audit.record(key, ENDED, by=ola)
    assert audit.verify(key).length == 4


def widened(model, name):
    """A field as a migration would alter it: SQLite remakes the whole table for it."""
    old = model._meta.get_field(name)
    new = models.CharField(max_length=old.max_length + 10, unique=old.unique)
    new.set_attributes_from_name(name)
    new.model = model
    return old, new


def test_altered_tables_are_protected_again_after_migrate(key):
    altered = [(Event, *widened(Event, "actor_key")), (Trail, *widened(Trail, "head"))]
    for model, old, new in altered:
        with connection.schema_editor() as editor:
            editor.alter_field(model, old, new)
    lost = [name for rule in append_only.kept() for name in append_only.missing(connection, rule)]
    assert bool(lost) == (connection.vendor == "sqlite")

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    insist_that_all_is_refused(key)
    for model, old, new in altered:
        with connection.schema_editor() as editor:
            editor.alter_field(model, new, old)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")


def test_every_kept_table_has_its_triggers_after_migrate(transactional_db):
    rules = append_only.kept()

    assert {EVENT, TRAIL} <= {rule.table for rule in rules}
    assert [append_only.missing(connection, rule) for rule in rules] == [[]] * len(rules)


def test_the_check_names_a_trigger_that_is_gone_or_switched_off(key):
    assert triggers(None) == []
    with triggers_lifted():
        (found,) = triggers(None)
    assert found.id == "wagtail_contracts.E001"
    assert f"{EVENT}_" in found.msg
    assert f"{TRAIL}_forward" in found.msg
    assert triggers(None) == []


@pytest.fixture
def scratch(transactional_db):
    """A table with a unique pair, one of which may be NULL."""
    sql(f"CREATE TABLE {SCRATCH} (id integer PRIMARY KEY, a integer, b integer, UNIQUE (a, b))")
    append_only.apply(connection, SCRATCHED)
    yield
    sql(f"DROP TABLE {SCRATCH}")


def test_nulls_may_repeat_in_a_unique_set_and_values_may_not(scratch):
    for number in range(3):
        sql(f"INSERT INTO {SCRATCH} (id, a, b) VALUES (%s, 1, NULL)", number)
    sql(f"INSERT INTO {SCRATCH} (id, a, b) VALUES (7, 1, 2)")

    words = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    for id_ in (7, 8):
        with pytest.raises(IntegrityError), transaction.atomic():
            sql(f"{words} INTO {SCRATCH} (id, a, b) VALUES (%s, 1, 2)", id_)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"UPDATE {SCRATCH} SET b = 3")
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(f"DELETE FROM {SCRATCH}")


def test_triggers_may_be_set_again_and_what_is_missing_is_named(scratch):
    append_only.apply(connection, SCRATCHED)
    assert append_only.missing(connection, SCRATCHED) == []

    name = {"sqlite": "no_update", "postgresql": "no_change"}[connection.vendor]
    on = f" ON {SCRATCH}" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER {SCRATCH}_{name}{on}")

    assert append_only.missing(connection, SCRATCHED) == [f"{SCRATCH}_{name}"]
    assert append_only.missing(connection, append_only.grows("wc_no_such_table", ("id",))) == []
