"""The words by which contracts are found, and the index over them, which each engine has its own.

Who may see a contract, its state and its owner are no part of it: a search narrows a queryset that
was narrowed already, so that no hit, count or suggestion holds more. Rows are written by
`flows.indexing` alone. The index is made after every migrate: SQLite loses triggers when Django
remakes a table.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from wagtail_contracts import encryption
from wagtail_contracts.contracts.core import searching
from wagtail_contracts.contracts.models.contracts import Contract

NAMES, WORDS = "names", "words"  # what a contract is called by; all of its words
TABLE, FTS = "wagtail_contracts_searchtext", "wagtail_contracts_searchtext_fts"
VECTOR = "array_to_tsvector(string_to_array({}, ' '))"
OLD = f"""INSERT INTO "{FTS}" ("{FTS}", rowid, names, words)
VALUES ('delete', OLD.contract_id, OLD.names, OLD.words);"""  # noqa: S608 - our own words
NEW = f"""INSERT INTO "{FTS}" (rowid, names, words)
VALUES (NEW.contract_id, NEW.names, NEW.words);"""  # noqa: S608 - our own words
TRIGGERS = {"INSERT": NEW, "UPDATE": OLD + NEW, "DELETE": OLD}
# ASCII: what stands between spaces is one word, whatever letters this SQLite has heard of.
SQLITE = [
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS "{FTS}" USING fts5(names, words, content='{TABLE}',
    content_rowid='contract_id', tokenize='ascii', detail=column)""",
    *(f'DROP TRIGGER IF EXISTS "{TABLE}_{verb}"' for verb in TRIGGERS),
    *(
        f'CREATE TRIGGER "{TABLE}_{verb}" AFTER {verb} ON "{TABLE}" BEGIN {then} END'
        for verb, then in TRIGGERS.items()
    ),
    f"""INSERT INTO "{FTS}" ("{FTS}") VALUES ('rebuild')""",  # noqa: S608 - our own words
]
POSTGRESQL = {
    f"wc_search_{name}_idx": f'CREATE INDEX "wc_search_{name}_idx" ON "{TABLE}" '
    f"USING gin (({VECTOR.format(name)}))"
    for name in (NAMES, WORDS)
}


class Holds(models.Func):
    """Whether a column of a row holds the words that somebody typed, in one of the ways."""

    arity = 2
    output_field = models.BooleanField()

    def __init__(self, column: str, ways: searching.Ways) -> None:
        super().__init__(models.F(column), models.F("pk"))
        self.column, self.ways = column, ways

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """By the index over words."""
        row, params = compiler.compile(self.source_expressions[1])
        asked = f"{{{self.column}}} : ({searching.sqlite(self.ways)})"
        found = f'{row} IN (SELECT rowid FROM "{FTS}" WHERE "{FTS}" MATCH %s)'  # noqa: S608
        return found, [*params, asked]

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Any]:
        """By the index over the same expression."""
        column, params = compiler.compile(self.source_expressions[0])
        asked = searching.postgresql(self.ways)
        return f"{VECTOR.format(column)} @@ %s::tsquery", [*params, asked]


def digests_of(email: str) -> list[str]:
    """What an address is found by without being readable: one for each key, to store first."""
    return encryption.keyed_digests(searching.address(email))


class SearchTextQuerySet(models.QuerySet["SearchText"]):
    """The vocabulary of searching."""

    def holding(self, typed: str, column: str = WORDS) -> SearchTextQuerySet:
        """Those with all that was typed; none where nothing was."""
        ways = searching.ways(typed, encryption.keyed_digests)
        return self.filter(Holds(column, ways)) if ways else self.none()


class SearchText(models.Model):
    """The words of one contract: those that name it, and all there are; both kept plain."""

    contract = models.OneToOneField(
        Contract, models.CASCADE, primary_key=True, related_name="search_text"
    )
    names = models.TextField()
    words = models.TextField()

    objects = SearchTextQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"Words of {self.contract_id}"


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index, or make it whole. Safe to repeat, after every migrate."""
    with connection.cursor() as cursor:
        for statement in SQLITE if connection.vendor == "sqlite" else _absent(cursor):
            cursor.execute(statement)


def _absent(cursor: Any) -> list[str]:
    """What PostgreSQL has not made yet: that it keeps by itself."""
    cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [TABLE])
    there = {name for (name,) in cursor.fetchall()}
    return [statement for name, statement in POSTGRESQL.items() if name not in there]
