"""S-15: no row takes the place of a kept one, and a trigger that no longer refuses is missed."""

import uuid

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, transaction

from tests.database import sql
from tests.kinds import GREW
from wagtail_contracts import append_only
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.checks import triggers
from wagtail_contracts.audit.models import Alarm, Trail
from wagtail_contracts.examining import Fault, ring

ROWS, BY = "wc_scratch_rows", "wc_scratch_by"
UNIQUE = (("id",), ("a",))
RULES = {
    "forward": append_only.moves_forward(ROWS, "n", "a", *UNIQUE),
    "stays": append_only.stays(ROWS, *UNIQUE),
    "named": append_only.stays_once_named(ROWS, BY, "row_id", *UNIQUE),
}
LETS_THROUGH = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN COALESCE(NEW, OLD); END $$"


@pytest.fixture
def rows(transactional_db):
    """Two rows, of which the first is named."""
    sql(f"CREATE TABLE {ROWS} (id integer PRIMARY KEY, a integer UNIQUE, n integer)")
    sql(f"CREATE TABLE {BY} (id integer PRIMARY KEY, row_id integer)")
    sql(f"INSERT INTO {ROWS} (id, a, n) VALUES (1, 1, 1), (2, 2, 2)")
    sql(f"INSERT INTO {BY} (id, row_id) VALUES (1, 1)")
    yield
    sql(f"DROP TABLE {ROWS}")
    sql(f"DROP TABLE {BY}")


def taken(statement, *values):
    """Whether the database takes a statement; on SQLite also over what stands in its way."""
    if connection.vendor == "sqlite":
        for verb in ("UPDATE", "INSERT"):
            statement = statement.replace(f"{verb} ", f"{verb} OR REPLACE ", 1)
    try:
        with transaction.atomic():
            sql(statement, *values)
    except IntegrityError:
        return False
    return True


def kept():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, a, n FROM {ROWS} ORDER BY id")
        return cursor.fetchall()


@pytest.mark.parametrize("name", RULES)
def test_no_row_takes_the_place_of_another_and_each_may_change_in_its_own(rows, name):
    append_only.apply(connection, RULES[name])
    assert [
        tried
        for tried in (
            f"UPDATE {ROWS} SET id = 1, n = n + 1 WHERE id = 2",
            f"UPDATE {ROWS} SET id = '1', n = n + 1 WHERE id = 2",
            f"UPDATE {ROWS} SET id = 3 - id, n = n + 1 WHERE id = 2",
            f"UPDATE {ROWS} SET a = 1, n = n + 1 WHERE id = 2",
            f"INSERT INTO {ROWS} (id, a, n) VALUES (1, 7, 7)",
            f"INSERT INTO {ROWS} (id, a, n) VALUES (7, 1, 7)",
            f"INSERT INTO {ROWS} (a, n, id) VALUES (2, 7, 1), (7, 7, 7)",
        )
        if taken(tried)
    ] == []
    assert kept() == [(1, 1, 1), (2, 2, 2)]

    assert taken(f"UPDATE {ROWS} SET n = n + 1 WHERE id = 2")
    assert kept() == [(1, 1, 1), (2, 2, 3)]


@pytest.mark.parametrize("name", RULES)
def test_a_kept_row_keeps_its_primary_key_and_one_that_nothing_names_need_not(rows, name):
    append_only.apply(connection, RULES[name])

    assert not taken(f"UPDATE {ROWS} SET id = 9, n = n + 1 WHERE id = 1")
    assert taken(f"UPDATE {ROWS} SET id = 9, n = n + 1 WHERE id = 2") == (name == "named")


def test_a_row_may_take_the_place_of_one_that_nothing_names(rows):
    append_only.apply(connection, RULES["named"])
    sql(f"INSERT INTO {ROWS} (id, a, n) VALUES (3, 3, 3)")

    assert taken(f"UPDATE {ROWS} SET a = 2 WHERE id = 3") == (connection.vendor == "sqlite")
    assert kept()[0] == (1, 1, 1)


def test_no_alarm_and_no_trail_goes_because_another_takes_its_place(transactional_db):
    for about in ("first", "second"):
        ring(Alarm, Fault("chain_broken", about, "is missing"))
        with transaction.atomic():
            audit.record(about + uuid.uuid4().hex, GREW, by=SYSTEM)
    for model, more in ((Alarm, "why = why"), (Trail, "length = length + 1")):
        first, second = model.objects.order_by("pk").values_list("pk", flat=True)
        change = f"UPDATE {model._meta.db_table} SET {more}"
        assert not taken(f"{change}, id = %s WHERE id = %s", first, second)
        assert not taken(f"{change}, id = %s WHERE id = %s", second + 9, second)
        assert model.objects.filter(pk__in=(first, second)).count() == 2
        assert taken(f"{change} WHERE id = %s", second)


def by_postgresql():
    """Ways to have the triggers of a table fire no more, each with those that it silences."""
    yield "DISABLE TRIGGER USER", [f"ALTER TABLE {ROWS} DISABLE TRIGGER USER"], ALL
    for one in ALL:
        yield f"REPLICA {one}", [f"ALTER TABLE {ROWS} ENABLE REPLICA TRIGGER {ROWS}{one}"], [one]
    hollow = f"CREATE OR REPLACE FUNCTION wc_refuse() {LETS_THROUGH}"
    yield "a hollow function", [hollow], ALL
    yield "for this session", ["SET session_replication_role = replica"], ALL
    other = f"CREATE OR REPLACE FUNCTION wc_scratch_other() {LETS_THROUGH}"
    drop = f"DROP TRIGGER {ROWS}_no_change ON {ROWS}"
    for events, call in (
        ("DELETE", "EXECUTE FUNCTION wc_refuse()"),
        ("DELETE OR UPDATE", "WHEN (false) EXECUTE FUNCTION wc_refuse()"),
        ("DELETE OR UPDATE", "EXECUTE FUNCTION wc_scratch_other()"),
    ):
        made = f"CREATE TRIGGER {ROWS}_no_change BEFORE {events} ON {ROWS} FOR EACH ROW {call}"
        yield f"{events} {call}", [other, drop, made], ["_no_change"]


def by_sqlite():
    """The same on SQLite, where none can be switched off."""
    drop, create = f"DROP TRIGGER {ROWS}_no_update", f"CREATE TRIGGER {ROWS}_no_update"
    yield "gone", [drop], ["_no_update"]
    for when in (f"BEFORE UPDATE ON {ROWS} WHEN 0", f"BEFORE DELETE ON {ROWS}"):
        yield when, [drop, f"{create} {when} BEGIN SELECT 1; END"], ["_no_update"]


ALL = ["_no_change", "_no_truncate"]
WAYS = {"postgresql": by_postgresql, "sqlite": by_sqlite}


@pytest.fixture
def grown(rows):
    """The first table may only grow."""
    rule = append_only.grows(ROWS, *UNIQUE)
    append_only.apply(connection, rule)
    yield rule
    append_only.apply(connection, rule)


@pytest.fixture
def undone(grown):
    """Set all as it was before somebody had the triggers fire no more."""

    def undo():
        if connection.vendor == "postgresql":
            sql("SET session_replication_role = origin")
        append_only.apply(connection, grown)

    yield undo
    undo()


def test_triggers_that_no_longer_refuse_are_missed_until_they_are_set_again(grown, undone):
    for number, (way, statements, silent) in enumerate(WAYS[connection.vendor](), start=7):
        assert append_only.missing(connection, grown) == [], way
        for statement in statements:
            sql(statement)
        missed = append_only.missing(connection, grown)
        assert (way, missed) == (way, [f"{ROWS}{name}" for name in silent])
        statement = f"TRUNCATE {ROWS}" if silent == ["_no_truncate"] else f"UPDATE {ROWS} SET n = 7"
        assert taken(statement), way
        undone()
        sql(f"INSERT INTO {ROWS} (id) VALUES (%s)", number)
        assert not taken(statement), way


def test_triggers_that_also_fire_for_replicas_are_not_missed(grown):
    if connection.vendor == "postgresql":
        sql(f"ALTER TABLE {ROWS} ENABLE ALWAYS TRIGGER {ROWS}_no_change")

    assert append_only.missing(connection, grown) == []
    assert not taken(f"UPDATE {ROWS} SET n = 7")


def test_the_check_asks_for_migrate_where_a_trigger_of_evidence_is_another(transactional_db):
    (rule,) = (rule for rule in append_only.kept() if rule.table == Trail._meta.db_table)
    on = f'"{rule.table}_in_place"'
    if connection.vendor == "postgresql":
        sql(f"CREATE OR REPLACE FUNCTION {on}() {LETS_THROUGH}")
    else:
        sql(f"DROP TRIGGER {on}")
        sql(f"CREATE TRIGGER {on} BEFORE UPDATE ON {rule.table} WHEN 0 BEGIN SELECT 1; END")

    (found,) = triggers(None)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert (found.id, "migrate" in found.hint) == ("wagtail_contracts.E001", True)
    assert f": {rule.table}_in_place." in found.msg
    assert triggers(None) == []


def by_another_table():
    """Ways to have rows stand where no trigger looks, each with how it is taken back."""
    names = f"{ROWS}_kept", f"ALTER TABLE {ROWS}_kept RENAME TO {ROWS}"
    view = f"CREATE VIEW {ROWS} AS SELECT * FROM {names[0]}"
    yield [f"ALTER TABLE {ROWS} RENAME TO {names[0]}", view], [f"DROP VIEW {ROWS}", names[1]]
    if connection.vendor == "postgresql":
        yield [f"CREATE TABLE {names[0]} () INHERITS ({ROWS})"], [f"DROP TABLE {names[0]}"]
        rule = f"CREATE RULE wc_scratch AS ON INSERT TO {ROWS} DO INSTEAD NOTHING"
        yield [rule], [f"DROP RULE wc_scratch ON {ROWS}"]
        path = "ALTER FUNCTION wc_refuse() {} search_path"
        yield [f"{path.format('SET')} = pg_catalog"], [path.format("RESET")]


def test_all_triggers_are_missed_where_rows_go_elsewhere_or_names_mean_something_else(grown):
    ways = list(by_another_table())
    assert len(ways) == (4 if connection.vendor == "postgresql" else 1)
    for there, back in ways:
        assert append_only.missing(connection, grown) == []
        for statement in there:
            sql(statement)
        missed = append_only.missing(connection, grown)
        for statement in back:
            sql(statement)
        assert missed == sorted(grown.triggers[connection.vendor]), there
