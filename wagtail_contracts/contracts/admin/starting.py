"""What a new contract begins with: its parties, its title, and how it will look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.models import Workspace

LONGEST = 120  # characters of a title
Definitions = Sequence[Mapping[str, Any]]


def of(role: Mapping[str, Any], template: Any, fields: Definitions, user: Any) -> dict[str, Any]:
    """What the forms of one party begin with."""
    workspace: Workspace = template.workspace
    filled_in = {item.get("role") for item in fields} - {None, role["key"]}
    last = role["own"] and filled_in
    language = template.language or workspace.language
    another = {"role": "signatory", "language": language, "position": 2 if last else 1}
    if not role["own"]:
        return {"workspace": workspace, "party": {}, "people": [another], "another": another}
    mine = {**another, "name": permissions.actor(user).label, "email": user.email}
    if permissions.colleagues(workspace).filter(pk=user.pk).exists():
        mine["user"] = user.pk
    party = {"name": workspace.legal_name, "organisation_number": workspace.organisation_number}
    people = {"people": [mine], "another": another, "me": mine}
    return {"workspace": workspace, "party": party, **people}


def title(template: Any, parties: Sequence[contracts.PartyDraft]) -> str:
    """The template's title, and whom the contract is with."""
    own = {block.value["key"] for block in template.roles if block.value["own"]}
    others = [party.name for party in parties if party.role not in own]
    return ", ".join(filter(None, [str(template.title), *others]))[:LONGEST]
