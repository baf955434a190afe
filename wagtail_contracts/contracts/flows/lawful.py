"""Whether a contract may be signed as it is meant to be, by the list of laws that is kept here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wagtail_contracts.contracts.core import law
from wagtail_contracts.contracts.errors import Unlawful
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering import law as words

Person = Mapping[str, Any]  # of a contract's content


def unlawful(contract: Contract, people: Iterable[Person]) -> list[str]:
    """Why it can't be signed electronically, or not by these people in these capacities."""
    kind, place = contract.kind, contract.jurisdiction
    void = words.void(kind, place)
    return [void] if void else words.barred(kind, place, asked_of(people))


def insist_lawful(contract: Contract, people: Iterable[Person]) -> None:
    """Raise Unlawful for the first of them."""
    if found := unlawful(contract, people):
        raise Unlawful(found[0])


def asked_of(people: Iterable[Person]) -> set[str]:
    """The capacities of these people, and whether any needs a witness."""
    found = list(people)
    capacities = {person.get("acts_as") or "" for person in found}
    needs = any(person.get("witnesses") for person in found)
    return capacities | ({law.WITNESS} if needs else set())
