"""What a new contract begins with, and what the forms of its parties show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.admin.known import PERSON, Known
from wagtail_contracts.contracts.blocks.means import PURPOSES
from wagtail_contracts.contracts.models import Contract, person_name
from wagtail_contracts.contracts.models.parties import Party
from wagtail_contracts.contracts.rendering import means

LONGEST = 120  # characters of a title
Role = Mapping[str, Any]


def parties(
    contract: Contract, said: Mapping[str, Mapping[str, str]], user: Any
) -> list[contracts.PartyDraft]:
    """The parties of a contract that is to be made: our own with `user`, the others by `said`."""
    workspace = contract.workspace
    ours = {"name": workspace.legal_name, "organisation_number": workspace.organisation_number}
    ours |= {"address": _own_address(contract)}
    made = []
    for role in contract.roles:
        words: dict[str, Any] = {
            **(ours if role["own"] else {"name": ""}),
            **said.get(role["key"], {}),
        }
        mine = me(contract, role, user) if role["own"] else {}
        if "user" in mine:
            mine["user"] = user
        people = [contracts.PersonDraft(**mine)] if mine else []
        made.append(contracts.PartyDraft(role["key"], people=people, **words))
    return made


def forms(contract: Contract, role: Role, user: Any) -> dict[str, Any]:
    """What the forms of one party of a draft begin with."""
    party = next(party for party in contract.parties.all() if party.role == role["key"])
    known = [
        {
            **{name: getattr(person, name) for name in PERSON},
            "user": person.user_id,
            "national_id": person.national_id,
        }
        for person in party.people.all()
    ]
    seen = permissions.may(user, "sensitive", contract)
    people = known if seen else [means.masked(person) for person in known]
    blank = another(contract, role)
    shown = {"kind": party.kind, "name": party.name, "address": party.address}
    made = {
        "colleagues": permissions.colleagues(contract.workspace),
        "party": {**shown, "organisation_number": party.organisation_number},
        "people": people or [blank],
        "another": blank,
        "contract": contract,
        "numbers": {whose(person): person["national_id"] for person in known},
    }
    return {**made, "me": me(contract, role, user)} if role["own"] else made


def whose(person: Mapping[str, Any]) -> str:
    """By what somebody is known again in a form that was posted."""
    user = getattr(person["user"], "pk", person["user"])
    return str(user or person["email"].lower() or person["name"])


def _own_address(contract: Contract) -> Any:
    """The address that our own side had last, as the same registered organisation."""
    earlier = Party.objects.filter(
        contract__workspace=contract.workspace,
        organisation_number=contract.workspace.organisation_number,
        name=contract.workspace.legal_name,
        address__isnull=False,
    )
    return earlier.order_by("-pk").values_list("address", flat=True).first()


def another(contract: Contract, role: Role) -> dict[str, Any]:
    """A person more; our own side signs last where others still fill in."""
    filled_in = {item.get("role") for item in contract.fields} - {None, role["key"]}
    last = role["own"] and filled_in
    position = 2 if last else 1
    asked = {name: role.get(name) or "" for name in (*PURPOSES, "acts_as")}
    asked["witnesses"] = role.get("witnesses") or 0
    return {"role": "signatory", "language": contract.language, "position": position, **asked}


def me(contract: Contract, role: Role, user: Any) -> dict[str, Any]:
    """Whoever makes the contract, as one of our people."""
    mine = {"name": person_name(user), "email": user.email}
    if permissions.colleagues(contract.workspace).filter(pk=user.pk).exists():
        mine["user"] = user.pk
    return {**another(contract, role), **mine}


def with_me(
    draft: contracts.PartyDraft, mine: Mapping[str, Any], user: Any
) -> contracts.PartyDraft:
    """The party with `user` among its people, once."""
    if any(user == person.user or user.email == person.email for person in draft.people):
        return draft
    added = contracts.PersonDraft(**{**mine, "user": user if "user" in mine else None})
    return replace(draft, people=[*draft.people, added])


def taken(role: Role, party: Known) -> contracts.PartyDraft:
    """A party of an earlier contract with its people, in this role."""
    people = [contracts.PersonDraft(**said) for said in party.people]
    return contracts.PartyDraft(role["key"], people=people, **party.party)


def title(template: Any, others: Sequence[str]) -> str:
    """The template's title, and whom the contract is with."""
    named = template.title if template else ""
    return ", ".join(filter(None, [named, *others]))[:LONGEST]
