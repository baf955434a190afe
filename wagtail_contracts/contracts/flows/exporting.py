"""Taking out what many contracts hold: one row for each, what is sensitive for those who may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.core.cells import Cell
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.composing import compose
from wagtail_contracts.contracts.flows.seeing import seen
from wagtail_contracts.contracts.models import Contract, person_name

READ: dict[str, Callable[[str], Cell]] = {"number": Decimal, "date": date.fromisoformat}


@dataclass(frozen=True)
class Sheet:
    """The headings, and a row for each contract."""

    head: list[str]
    rows: list[list[Cell]]

    @property
    def lines(self) -> list[list[Cell]]:
        """All of it, from the top."""
        return [list(self.head), *self.rows]


@transaction.atomic
def export(found: Sequence[Contract], user: Any, *, by: Actor) -> Sheet:
    """The facts and data fields of contracts, for `user` to take away. Raises NotAllowed.

    A field stands in a column of its own, by its key; amounts have their currency in another. Each
    workspace's trail says what was taken from it, in the transaction of the reading. What is for
    training is no data, and is left out.
    """
    for contract in found:
        insist("export", contract, by=by)
    found = [contract for contract in found if not contract.workspace.training]
    contents = [seen(contract, _content(contract), user, by=by) for contract in found]
    columns = _columns(contents)
    rows = [
        [*_facts(contract), *_values(content, columns)]
        for contract, content in zip(found, contents, strict=True)
    ]
    note_export(found, "data", by=by)
    return Sheet([*_heads(), *columns.values()], rows)


@transaction.atomic
def note_export(found: Sequence[Contract], what: str, *, by: Actor) -> None:
    """Say in each workspace's trail which of its contracts somebody took away: data or files."""
    ordered = sorted(found, key=lambda contract: (contract.workspace_id, contract.pk))
    for _space, group in groupby(ordered, key=lambda contract: contract.workspace_id):
        taken = list(group)
        data = {"what": what, "contracts": [contract.number for contract in taken]}
        chronicle(taken[0].workspace, events.CONTRACTS_EXPORTED, data, by=by)


def _content(contract: Contract) -> dict[str, Any]:
    """Of the newest version; of a draft as it stands."""
    if contract.current_version is not None:
        return contract.current_version.content
    try:
        return compose(contract)
    except NotReady:
        return {"fields": [], "values": [], "language": contract.language}


def _columns(contents: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Keys of the fields in the order of their first place, each with its heading."""
    found: dict[str, str] = {}
    for content in contents:
        for field in content["fields"]:
            found.setdefault(field["key"], f"{field['label']} ({field['key']})")
            if field["kind"] == "money":
                currency = _("%s, currency") % field["label"]
                found.setdefault(f"{field['key']} currency", f"{currency} ({field['key']})")
    return found


def _values(content: dict[str, Any], columns: dict[str, str]) -> Iterator[Cell]:
    fields, values = trees.fields_by_key(content), trees.values_by_key(content)
    cells: dict[str, Cell] = {}
    for key, field in fields.items():
        value = values.get(key)
        if field["kind"] == "money" and value is not None:
            cells[key], cells[f"{key} currency"] = Decimal(value["amount"]), value["currency"]
        elif value is not None and (read := READ.get(field["kind"])):
            cells[key] = read(value)
        else:
            cells[key] = shown.answer(field, value, content)
    return (cells.get(key) for key in columns)


def _heads() -> list[str]:
    return [
        _("Number"),
        _("Title"),
        _("State"),
        _("Workspace"),
        _("Owner"),
        _("Our side"),
        _("Other sides"),
        _("Version"),
        _("Answer by"),
        _("Last activity"),
        _("Folder"),
        _("Tags"),
        _("Differs from its template"),
        _("Value"),
    ]


def _facts(contract: Contract) -> list[Cell]:
    own, parties = contract.own_roles, list(contract.parties.all())
    listing = contract.listing
    return [
        contract.number,
        contract.title,
        str(contract.get_state_display()),
        contract.workspace.name,
        person_name(contract.owner),
        ", ".join(party.name for party in parties if party.role in own),
        ", ".join(party.name for party in parties if party.role not in own),
        contract.current_version.number if contract.current_version else None,
        contract.deadline,
        timezone.localtime(listing.active_at).date(),
        listing.folder.name if listing.folder else "",
        ", ".join(sorted(item.tag.name for item in contract.tagged.all())),
        _("Yes") if listing.deviates else _("No"),
        ", ".join(f"{item.amount.normalize():f} {item.currency}" for item in contract.worth.all()),
    ]
