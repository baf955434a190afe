"""The database says whose turn it is to sign as the rule says it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests import builders
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant, Party
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin import phrases
from wagtail_contracts.signing.core import quorum
from wagtail_contracts.signing.models import Identification, Signature

RULES = [("all", None), ("any", None), ("some", 2)]
ORDERS = [(1, 2, 1, 2), (2, 1, 3, 1)]


@pytest.fixture
def four(template: Any, sender: Any) -> list[Participant]:
    """Two people of each party who may sign in the admin, and a reader."""
    drafts = builders.parties(sender)
    for number, draft in enumerate(drafts):
        users = [builders.staff(f"u{number}{one}") for one in range(2)]
        reader = contracts.PersonDraft("Reader", "r@eksempel.example", role="reader", user=sender)
        people = [contracts.PersonDraft(user.username, user.email, user=user) for user in users]
        draft.people[:] = [reader, *people]
    made = builders.contract(template, sender, parties=drafts)
    contracts.send(made, builders.shown(made), into="signing", by=builders.actor(sender))
    return list(Participant.objects.filter(party__contract=made, role="signatory").order_by("pk"))


def content(people: list[Participant]) -> dict[str, Any]:
    """What a version would hold of the rows."""
    parties = Party.objects.filter(contract=people[0].party.contract).order_by("pk")
    return {
        "parties": [
            {
                "rule": {"kind": party.rule, "count": party.count},
                "people": [
                    {"id": one.pk, "name": "", "role": one.role, "position": one.position}
                    for one in party.people.order_by("pk")
                ],
            }
            for party in parties
        ]
    }


def sign(person: Participant) -> None:
    version, at = person.party.contract.current_version, timezone.now()
    shown = {"participant": person, "version": version, "at": at}
    identification = Identification.objects.create(method="link", **shown)
    Signature.objects.create(identification=identification, digest=version.digest, **shown)


def expected(people: list[Participant], signed: set[int]) -> set[int]:
    said = content(people)
    bound = {
        one["id"]
        for party in said["parties"]
        if quorum.bound(party, signed)
        for one in party["people"]
    }
    return {
        person.pk
        for person in people
        if person.pk not in signed | bound and not quorum.waiting_for(said, person.pk, signed)
    }


def asked(people: list[Participant]) -> set[int]:
    every = Contract.objects.all()
    return {person.pk for person in people if signing.to_sign(every, person.user).exists()}


def test_whose_turn_it_is_for_every_rule_order_and_set_of_signatures(four, sender):
    cases, people = 0, [person.pk for person in four]
    for first, second in itertools.product(RULES, RULES):
        for order, size in itertools.product(ORDERS, range(3)):
            with transaction.atomic(), unguarded():
                for party, (rule, count) in zip(
                    Party.objects.order_by("pk"), (first, second), strict=True
                ):
                    Party.objects.filter(pk=party.pk).update(rule=rule, count=count)
                for pk, position in zip(people, order, strict=True):
                    Participant.objects.filter(pk=pk).update(position=position)
                now = list(Participant.objects.filter(pk__in=people).order_by("pk"))
                for person in now[:size]:
                    sign(person)
                assert asked(now) == expected(now, set(people[:size])), (first, second, order)
                assert not signing.to_sign(Contract.objects.all(), sender).exists()
                cases += 1
                transaction.set_rollback(True)
    assert cases == 54


def test_nobody_signs_what_is_in_review_nor_on_an_older_version(four):
    assert asked(four) == {person.pk for person in four}
    contract = four[0].party.contract
    sign(four[0])
    assert asked(four) == {person.pk for person in four[1:]}
    contract.refresh_from_db()
    contract.title = "Hosting 2028"
    contract.save()
    by = builders.actor(contract.owner)
    contracts.revise(contract, builders.shown(contract), "A new year.", by=by)
    assert asked(four) == {person.pk for person in four}
    contracts.reopen(contract, "Look again.", by=by)
    assert asked(four) == set()


def named(contract: Contract, user: Any) -> str:
    """What the list says of it."""
    rows = Contract.objects.select_related("listing").prefetch_related("parties__people")
    return str(phrases.tell(rows.filter(pk=contract.pk), user)[contract.pk]["phrase"])


def test_in_review_it_waits_for_whoever_has_something_to_fill_in(in_review, sender):
    """The list, the reminders and the bulk action ask one rule."""
    contract = in_review.contract
    assert [person.name for person in signing.waited_for(contract)] == ["Kari Nordmann"]
    assert named(contract, sender) == "Waiting for Kari Nordmann"
    by = builders.guest(in_review.kari)
    contracts.answer(in_review.kari, in_review.version.digest, builders.ANSWERS, by=by)
    contract.refresh_from_db()
    assert signing.waited_for(contract) == []
    assert named(contract, sender) == "Everything is filled in"


def test_it_waits_for_approvers_before_those_of_their_party(template, sender):
    ours, theirs = builders.parties(sender)
    boss = contracts.PersonDraft("Åse Boss", "ase@customer.example", role="approver")
    theirs.people.append(boss)
    contract = builders.contract(template, sender, parties=[ours, theirs])
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(sender))
    people = {p.name: p for p in Participant.objects.filter(party__contract=contract)}
    kari, ase = people["Kari Nordmann"], people["Åse Boss"]
    version = Contract.objects.get(pk=contract.pk).current_version
    contracts.answer(kari, version.digest, builders.ANSWERS, by=builders.guest(kari))
    stranger = builders.staff("per")
    assert _names(contract) == ["Åse Boss", "Ola Nordmann"]
    assert named(contract, stranger) == "Waiting for Åse Boss, Ola Nordmann"

    digest = Contract.objects.get(pk=contract.pk).current_version.digest
    signing.agree(ase, digest, by=builders.guest(ase))
    assert _names(contract) == ["Ola Nordmann", "Kari Nordmann"]
    assert named(contract, stranger) == "Waiting for Ola Nordmann, Kari Nordmann"


def _names(contract: Contract) -> list[str]:
    found = signing.waited_for(Contract.objects.get(pk=contract.pk))
    return [person.name for person in found]
