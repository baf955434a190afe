"""S-15: versions, answers, links, what was signed and sealed, and the log only grow."""

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests import builders, signatures, tables
from tests.database import sql, triggers_lifted
from tests.reliability import rivals
from wagtail_contracts import append_only
from wagtail_contracts.audit.checks import triggers
from wagtail_contracts.audit.models import Anchored, Checkpoint, CheckpointToken, LogEntry, Trail
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Answer, Contract, ContractLink, ContractVersion
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.models import (
    Decline,
    Disclosed,
    Identification,
    Retraction,
    Signature,
)

GIVEN = (Identification, Signature, Disclosed, Retraction, Decline)
LOG = (LogEntry, Checkpoint, CheckpointToken, Anchored)
KEPT = (ContractVersion, Answer, *GIVEN, SealedFile, ContractLink, *LOG)
# Another value for one column of each that the model itself would take.
OTHER = {
    ContractVersion: {"reason": "x"},
    Answer: {"key": "other"},
    ContractLink: {"kind": "renews"},
    Identification: {"method": "totp"},
    Signature: {"name": "Somebody Else"},
    Disclosed: {"text": "Never."},
    Retraction: {"at": timezone.now()},
    Decline: {"kind": "terms"},
    SealedFile: {"pages": 9},
    LogEntry: {"length": 9},
    Checkpoint: {"note": "another"},
    CheckpointToken: {"content": "another"},
    Anchored: {"anchor": "another"},
}
EACH = pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)


@pytest.fixture
def evidence(transactional_db):
    """A row in each table; the contract was declined after one signature."""
    stage = rivals.out(*rivals.arena())
    by = builders.guest(stage.kari)
    contracts.answer(stage.kari, stage.version.digest, {"remarks": "More"}, by=by)
    given = signatures.sign(stage.ola, signatures.proof(stage.ola))
    shown = {"kind": "before", "source": "ours", "number": 1, "language": "en", "text": "Ask."}
    Disclosed.objects.create(signature=given, **shown)
    who = {"version": given.version, "participant": stage.kari, "at": timezone.now()}
    Retraction.objects.create(contract=stage.contract, **who)
    signatures.decline(stage.kari)
    digest = Contract.objects.get().current_version.digest
    owner = stage.contract.owner
    contracts.duplicate(stage.contract, owner=owner, by=builders.actor(owner))
    SealedFile.objects.create(
        subject=digest,
        name=f"{digest}.pdf",
        digest=digest,
        size=1,
        pages=1,
        level="B-B",
        signer_fingerprint=digest,
        sealed_at=timezone.now(),
    )
    attest(stage.contract)
    return {model: model.objects.order_by("pk").last() for model in KEPT}


def attest(contract):
    """A log of one trail, signed, stamped and placed."""
    trail, at = Trail.objects.get(key=contract.trail), timezone.now()
    LogEntry.objects.create(index=0, trail=trail, length=trail.length, head=trail.head)
    point = Checkpoint.objects.create(
        size=1, root=trail.head, events=trail.length, peaks="[]", note="a note", at=at
    )
    CheckpointToken.objects.create(checkpoint=point, content="a token", at=at, leaf="0" * 64)
    Anchored.objects.create(checkpoint=point, anchor="disk", at=at)


def by_django(row):
    model, other = type(row), OTHER[type(row)]
    name, value = next(iter(other.items()))
    yield "update", lambda: model.objects.filter(pk=row.pk).update(**other)
    yield "save", row.save
    yield "delete", row.delete
    yield "delete all", lambda: model.objects.all()._raw_delete("default")
    yield "bulk update", lambda: model.objects.bulk_update([changed(row, name, value)], [name])


def changed(row, name, value):
    copy = type(row).objects.get(pk=row.pk)
    setattr(copy, name, value)
    return copy


def by_sql(row):
    table, columns = row._meta.db_table, columns_of(type(row))
    names = ", ".join(f'"{name}"' for name in columns)
    values = stored(row, columns)
    places = ", ".join(["%s"] * len(columns))
    insert = f'INSERT INTO "{table}" ({names}) VALUES ({places})'
    yield "sql update", lambda: sql(f'UPDATE "{table}" SET id = id WHERE id = %s', row.pk)
    yield "sql delete", lambda: sql(f'DELETE FROM "{table}" WHERE id = %s', row.pk)
    yield "upsert", lambda: sql(f"{insert} ON CONFLICT (id) DO UPDATE SET id = {row.pk}", *values)
    if connection.vendor == "postgresql":
        yield "truncate", lambda: sql(f'TRUNCATE "{table}" CASCADE')
        return
    replace = insert.replace("INSERT", "INSERT OR REPLACE")
    yield "replace", lambda: sql(replace, *values)
    yield "update or replace", lambda: sql(f'UPDATE OR REPLACE "{table}" SET id = {row.pk + 1}')
    for unique in append_only.unique_sets(type(row)):
        if unique != ("id",):
            fresh = [row.pk + 1000, *values[1:]]
            yield f"replace by {unique}", lambda fresh=fresh: sql(replace, *fresh)


def columns_of(model):
    return [field.column for field in model._meta.local_concrete_fields]


def stored(row, columns):
    """The values as the database has them."""
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])
        found = cursor.fetchone()
    return [_writable(value) for value in found]


def _writable(value):
    if isinstance(value, dict | list):
        return connection.ops.adapt_json_value(value, None)
    return value


def insist_that_all_is_refused(row):
    attempts = [*by_django(row), *by_sql(row)]
    taken = []
    with tables.unchanged():
        for name, attempt in attempts:
            try:
                with transaction.atomic():
                    attempt()
                    taken.append(name)
                    transaction.set_rollback(True)
            except IntegrityError:
                continue
    assert taken == []
    return len(attempts)


@EACH
def test_the_database_refuses_every_way_to_rewrite(evidence, model):
    tried = insist_that_all_is_refused(evidence[model])

    assert tried >= {"sqlite": 10, "postgresql": 9}[connection.vendor]


def test_the_next_row_is_taken(evidence):
    """The same tables, one more row each, by the flows that write them."""
    before = {model: model.objects.count() for model in KEPT[:4]}
    page, user = Contract.objects.first().template.specific, Contract.objects.first().owner
    stage = rivals.out(page, user)
    by = builders.guest(stage.kari)
    contracts.answer(stage.kari, stage.version.digest, {"remarks": "More"}, by=by)
    signatures.sign(stage.ola, signatures.proof(stage.ola))

    assert all(model.objects.count() > count for model, count in before.items())


def test_all_tables_are_kept_and_the_check_names_what_is_missing(transactional_db):
    rules = {rule.table for rule in append_only.kept()}
    assert {model._meta.db_table for model in KEPT} <= rules

    assert triggers(None) == []
    with triggers_lifted():
        (found,) = triggers(None)
    assert all(model._meta.db_table in found.msg for model in KEPT)


def widened(model):
    """A column of the model that takes nothing, and the same as one that may be empty."""
    old = next(
        field
        for field in model._meta.local_concrete_fields
        if not (field.null or field.unique or field.is_relation)
    )
    new = old.clone()
    new.null = True
    new.set_attributes_from_name(old.name)
    new.model = model
    return old, new


def alter(model, old, new):
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)


def test_altered_tables_are_protected_again_after_migrate(evidence):
    altered = [(model, *widened(model)) for model in KEPT]
    for model, old, new in altered:
        alter(model, old, new)
    try:
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        for row in evidence.values():
            insist_that_all_is_refused(row)
    finally:
        for model, old, new in altered:
            alter(model, new, old)
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert triggers(None) == []
