"""Contracts by the thousand, in twenty workspaces, a tenth of them sealed."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

from tests import approvals, builders, signatures
from tests.bench.many.copying import Copy, Keys, Place
from tests.bench.many.patterns import Tables, pattern
from tests.journeys import stage
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Folder, Tag
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing import flows as signing

PLACES, BATCH = 20, 100
TAGS, FOLDER = ("Hosting", "Public sector"), "Spring"


class Maker:
    """Makes patterns by the flows once, then as many copies as are asked for, one after another."""

    def __init__(self) -> None:
        self.space = builders.workspace("many")
        self.sender = builders.staff("many", self.space)
        self.template = builders.template(self.space)
        self.made = list(stages(self.template, self.sender))
        while outbox.deliver():  # as a worker has by then
            pass
        self.patterns = [pattern(Contract.objects.get(pk=at.contract.pk)) for at in self.made]
        self.places = [self._place(number) for number in range(PLACES)]
        self.keys, self.number = Keys(), 999

    def until(self, count: int) -> None:
        """Make so many that there are `count` in all."""
        self.keys = Keys()  # pages that were looked at may have left rows
        while (left := count - Contract.objects.count()) > 0:
            self.add(min(left, BATCH))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    @transaction.atomic
    def add(self, count: int) -> list[Copy]:
        """Make some more, each kind and each workspace in turn."""
        found = []
        for _ in range(count):
            self.number += 1
            place = self.places[self.number // len(self.patterns) % PLACES]
            kind = self.patterns[self.number % len(self.patterns)]
            found.append(Copy(kind, self.number, place, self.keys))
        _insert(found)
        return found

    def _place(self, number: int) -> Place:
        space = builders.workspace(f"many-{number}", code=f"MANY{number}")
        user = builders.staff(f"ola{number}", space)
        tags = {
            old.pk: Tag.objects.create(workspace=space, name=old.name).pk
            for old in Tag.objects.filter(workspace=self.space)
        }
        folders = {
            old.pk: Folder.objects.create(workspace=space, name=old.name).pk
            for old in Folder.objects.filter(workspace=self.space)
        }
        approver = approvals.approver(space, f"per{number}")
        rule = approvals.rule(space, approvals.boss(space, f"bodil{number}"), approver)
        return Place(space.pk, user.pk, space.code, tags, folders, rule.pk, approver.pk)


def stages(template: Any, sender: Any) -> Iterator[SimpleNamespace]:
    """Ten contracts at the stages of their lives, each by the flows: a tenth is sealed."""
    by = builders.actor(sender)
    for name in (
        "sealed",
        "out",
        "out",
        "answered",
        "answered",
        "review",
        "draft",
        "withdrawn",
        "expired",
        "in_approval",  # last: its rule would hold the others back
    ):
        contract = builders.contract(template, sender)
        contracts.tag(contract, TAGS, by=by)
        contracts.put_into(contract, FOLDER, by=by)
        if name not in ("draft", "in_approval"):
            into = "negotiating" if name == "review" else "signing"
            contracts.send(contract, builders.shown(contract), into=into, by=by)
            at = stage(contract, sender)
            _opened(at)
            if name in ("sealed", "answered"):
                contracts.answer(
                    at.kari, at.version.digest, builders.ANSWERS, by=builders.guest(at.kari)
                )
                at = stage(contract, sender)
            if name == "sealed":
                signatures.sign_all(at)
                signing.seal(at.version, by=by)
            if name == "withdrawn":
                contracts.withdraw(contract, "Not now", by=by)
        if name == "in_approval":
            space = contract.workspace
            approvals.rule(space, approvals.boss(space), approvals.approver(space))
            approvals.ask(contract, sender)
        yield stage(contract, sender)


def _opened(at: SimpleNamespace) -> None:
    signing.invite(at.kari, by=at.owner)
    contracts.view(at.kari, at.version.digest, by=builders.guest(at.kari))


def _insert(copies: list[Copy]) -> None:
    tables: Tables = {}
    for copy in copies:
        for model, rows in copy.made.items():
            tables.setdefault(model, []).extend(rows)
    with connection.cursor() as cursor:
        for model, rows in tables.items():
            if rows:
                cursor.executemany(_statement(model), [list(row.values()) for row in rows])
        for sql in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(sql)


def _statement(model: type[models.Model]) -> str:
    columns = [f'"{field.column}"' for field in model._meta.local_concrete_fields]
    marks = ", ".join(["%s"] * len(columns))
    return f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ({marks})'
