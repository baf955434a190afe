"""What the templates of a workspace share: the catalogue, the clause library, sets of fields."""

from __future__ import annotations

import csv
import io
from typing import Any, NamedTuple

from example_site.contents.catalogue import lines
from example_site.contents.field_sets import FIELD_SETS
from example_site.contents.library import LIBRARIES, Kept, fields
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import taken
from wagtail_contracts.contracts.models import FieldSet, LibraryClause, Workspace


class Shared(NamedTuple):
    """Where the clauses and sets of a workspace are kept, by their names."""

    clauses: dict[str, LibraryClause]
    sets: dict[str, FieldSet]

    def placed(self, text: dict[str, Any]) -> dict[str, Any]:
        """A template's text, which names them, as a template stores it."""
        body = [self._clause(entry) for entry in text["body"]]
        return {**text, "body": body, "fields": [self._set(entry) for entry in text["fields"]]}

    def _clause(self, entry: dict[str, Any]) -> dict[str, Any]:
        if entry["type"] != "library":
            return entry
        value = entry["value"]
        clause = self.clauses[value["clause"]].pk
        where = {"clause": clause, "taken": taken(clause, value["taken"])}
        return {**entry, "value": {**value, **where}}

    def _set(self, entry: dict[str, Any]) -> dict[str, Any]:
        if entry["type"] != "shared":
            return entry
        return {**entry, "value": self.sets[entry["value"]].pk}


def fill(workspace: Workspace) -> Shared:
    """Fill the catalogue from a file, write every wording of the clauses, and make the sets."""
    slug = workspace.slug
    contracts.fill_catalogue(workspace, _file(slug), by=SYSTEM)
    return Shared(
        {name: _written(workspace, name, kept) for name, kept in LIBRARIES.get(slug, {}).items()},
        {
            name: FieldSet.objects.create(workspace=workspace, name=name, fields=entries)
            for name, entries in FIELD_SETS.get(slug, {}).items()
        },
    )


def _file(slug: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(lines(slug))
    return out.getvalue().encode()


def _written(workspace: Workspace, name: str, kept: Kept) -> LibraryClause:
    clause = LibraryClause(workspace=workspace, name=name)
    for number in range(1, len(kept.wordings) + 1):
        for part, words in fields(kept, number).items():
            setattr(clause, part, words)
        contracts.write_clause(clause, by=SYSTEM)
    return clause
