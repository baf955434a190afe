"""Parties of earlier contracts of a workspace, to be taken over into a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.scoping import numbers
from wagtail_contracts.contracts.flows.drafting import EITHER
from wagtail_contracts.contracts.models import Contract, Participant, Party

NEWEST = 300  # so many parties are looked at
SHOWN = 100
PERSON = (
    *("name", "email", "phone", "invited_by", "capacity", "role", "language", "position"),
    *("opens_by", "signs_by", "fetches_by", "acts_as", "witnesses"),
)


@dataclass(frozen=True)
class Known:
    """A party as it was when it last took part."""

    row: Party

    @property
    def label(self) -> str:
        """What tells it from others: number and people."""
        people = ", ".join(person.name for person in self.row.people.all())
        named = ", ".join(filter(None, (self.row.name, self.row.organisation_number)))
        return _("%(party)s: %(people)s") % {"party": named, "people": people} if people else named

    @property
    def party(self) -> dict[str, Any]:
        """For the form of the party."""
        row = self.row
        return {
            "name": row.name,
            "organisation_number": row.organisation_number,
            "address": row.address,
            "kind": row.kind,
        }

    @property
    def people(self) -> list[dict[str, Any]]:
        """For the forms of its people."""
        return [{name: getattr(row, name) for name in PERSON} for row in self.row.people.all()]


def earlier(user: Any, contract: Contract) -> list[Known]:
    """The counterparties of other contracts in its workspace that `user` may see, newest first.

    Each once.
    """
    seen = permissions.visible(user).filter(workspace=contract.workspace).exclude(pk=contract.pk)
    people = Participant.objects.order_by("pk").defer("email")
    rows = (
        Party.objects.filter(contract__in=seen)
        .select_related("contract")
        .prefetch_related(Prefetch("people", people))
        .order_by("-pk")[:NEWEST]
    )
    found: dict[tuple[str, ...], Known] = {}
    for row in rows:
        own = row.contract.own_roles
        if row.role not in own and row.name.strip():
            key = (row.kind, row.name.strip().lower(), row.organisation_number.replace(" ", ""))
            found.setdefault(key, Known(row))
    return list(found.values())[:SHOWN]


def fitting(known: Sequence[Known], kind: str) -> list[Known]:
    """Those that may take a role of this kind."""
    return [item for item in known if kind in (item.row.kind, EITHER)]


def chosen(known: Sequence[Known], pk: Any) -> Known | None:
    """The one that a form names."""
    return next((item for item in known if [item.row.pk] == numbers([pk])), None)
