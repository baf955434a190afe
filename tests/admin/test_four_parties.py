"""Four parties, one of them a private person, from the wizard to the sealed file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from example_site import contents as made
from tests import builders, signatures, tables
from tests.admin import posts, wizard
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, Participant, Party
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import NotYourTurn


def role(key: str, label: str, **more: Any) -> dict[str, Any]:
    """A role with its rule."""
    entry = made.role(key, label)
    return {**entry, "value": {**entry["value"], **more}}


ROLES = [
    role("landlord", "Landlord", own=True),
    role("tenant", "Tenant", rule="some", count=2),
    role("guarantor", "Guarantor", kind="either"),
    role("agent", "Agent", rule="any"),
]
FIELDS = [
    made.field("date", "start", "From", "landlord"),
    made.field("text", "account", "Account", "tenant"),
    made.field("money", "limit", "Liable for at most", "guarantor", currency="NOK"),
]
BODY = [
    made.clause("Parties", *(f"{made.chip(f'{key}.name')} signs." for key in ("tenant", "agent"))),
    made.clause("Rent", f"From {made.chip('start')}, paid from {made.chip('account')}."),
    made.clause("Surety", f"{made.chip('guarantor.name')}: {made.chip('limit')}."),
    made.signatures("Signatures"),
]


def people(party: str, *names: str, position: int = 1) -> dict[str, str]:
    """The inputs of a party's people."""
    rows = {f"people-{party}-TOTAL_FORMS": str(len(names)), f"people-{party}-INITIAL_FORMS": "0"}
    for place, name in enumerate(names):
        said = {"name": name, "email": f"{name.lower()}@{party}.example"}
        rows |= wizard.person(party, place, **said, position=str(position))
    return rows


def posted(**changes: Any) -> dict[str, Any]:
    """The form for the four."""
    named = {"landlord": "Eier AS", "tenant": "Leier AS", "guarantor": "Gro Garantist"}
    parties = {f"party-{key}-name": name for key, name in {**named, "agent": "Megler AS"}.items()}
    return {
        "do": "details",
        "order": "numbered",
        **parties,
        "party-guarantor-kind": "person",
        **people("landlord", "Ola", position=3),
        **people("tenant", "Kari", "Per", "Pia"),
        **people("guarantor", "Gro", position=2),
        **people("agent", "Anne", "Arne", position=2),
        **changes,
    }


@pytest.fixture
def lease(sales: Any) -> Any:
    """The template."""
    return builders.template(sales, "Lease", roles=ROLES, fields=FIELDS, body=BODY)


@pytest.fixture
def begun(admin: Any, lease: Any) -> Contract:
    """A draft without its parties."""
    return wizard.begin(admin, lease)


@pytest.fixture
def four(admin: Any, begun: Contract) -> Contract:
    """The draft that the steps made."""
    assert name(admin, begun).status_code == 302
    details = {"title": "", "deadline": "2099-01-31", "value-start": "2027-02-01", "do": "send"}
    assert wizard.post(admin, "details", begun, details).status_code == 302
    return Contract.objects.get()


def name(admin: Any, contract: Contract, **changes: Any) -> Any:
    """Post the parties."""
    return wizard.post(admin, "parties", contract, posted(**changes))


def test_the_wizard_makes_four_parties_by_their_roles(four):
    found = {party.role: (party.kind, party.rule, party.count) for party in Party.objects.all()}
    assert found == {
        "landlord": ("organisation", "all", None),
        "tenant": ("organisation", "some", 2),
        "guarantor": ("person", "all", None),
        "agent": ("organisation", "any", None),
    }
    assert four.title == "Lease, Leier AS, Gro Garantist, Megler AS"


def test_a_private_person_is_asked_for_no_organisation_number(admin, lease, begun):
    roles = [role("us", "Us", own=True), role("them", "Them", kind="person")]
    loan = wizard.begin(admin, builders.template(lease.workspace, "Loan", roles=roles))
    page = admin.get(posts.address("parties", loan.pk))
    ours, theirs = page.context["sides"]
    assert "organisation_number" in ours.party.fields
    assert set(theirs.party.fields) == {"name", "address"}

    number = {"party-guarantor-organisation_number": "999999999"}
    with tables.unchanged():
        page = name(admin, begun, **number)
    assert "no organisation number" in page.content.decode()
    organised = {"party-guarantor-kind": "organisation"}
    assert name(admin, begun, **number, **organised).status_code == 302


def test_a_private_person_signs_under_the_name_of_the_party(admin, begun):
    unnamed = {"people-guarantor-0-name": ""}
    name(admin, begun, **unnamed)
    assert Participant.objects.get(party__role="guarantor").name == "Gro Garantist"
    unnamed["party-guarantor-kind"] = "organisation"
    with tables.unchanged():
        assert name(admin, begun, **unnamed).status_code == 200


def test_the_editor_asks_no_private_person_for_a_number(admin, sales, sender):
    roles = [role("supplier", "Us", own=True), role("customer", "Them", kind="person")]
    draft = builders.contract(
        builders.template(sales, "Loan", roles=roles, body=[builders.BODY[0]]), sender
    )
    page = admin.get(posts.address("edit", draft.pk)).content.decode()
    assert "parties-0-organisation_number" in page
    assert "parties-1-organisation_number" not in page
    assert "parties-1-kind" not in page
    forged = {"parties-1-organisation_number": "999999999", "parties-1-kind": "organisation"}
    admin.post(posts.address("edit", draft.pk), posts.edit(draft, **forged))
    theirs = Party.objects.get(role="customer")
    assert (theirs.kind, theirs.organisation_number) == ("person", "")


@pytest.mark.parametrize("kind", ["", "either", "ship"])
def test_a_role_of_either_kind_takes_one_of_the_two(admin, begun, kind):
    with tables.unchanged():
        page = name(admin, begun, **{"party-guarantor-kind": kind})
    assert page.status_code == 200
    assert name(admin, begun).status_code == 302


def test_a_role_of_one_kind_takes_no_other(admin, begun):
    name(admin, begun, **{"party-tenant-kind": "person"})
    assert Party.objects.get(role="tenant").kind == "organisation"


def test_all_four_sign_by_their_rules_and_the_file_names_them(four, sender):
    by = builders.actor(sender)
    contracts.send(four, builders.shown(four), into=states.SIGNING, by=by)
    person = {one.name: one for one in Participant.objects.all()}
    for name, typed in (("Kari", {"account": "1234"}), ("Gro", {"limit": "90000"})):
        digest = signatures.digest(person[name])
        contracts.answer(person[name], digest, typed, by=builders.guest(person[name]))

    signatures.sign(person["Kari"])
    proof = signatures.proof(person["Gro"])
    with tables.unchanged(), pytest.raises(NotYourTurn):
        signatures.sign(person["Gro"], proof)
    for name in ("Pia", "Gro", "Arne", "Ola"):
        assert Contract.objects.get().state == "signing"
        signatures.sign(person[name])

    signed = Contract.objects.get()
    assert signed.state == "signed"
    kept = signing.seal(signed.current_version, by=SYSTEM)
    report = sealing.verify(sealing.content(kept))
    sealed = json.loads(report.files["contract.json"])["content"]["parties"]
    assert report.verdict == "intact"
    assert [(party["kind"], party["organisation_number"]) for party in sealed] == [
        ("organisation", ""),
        ("organisation", ""),
        ("person", ""),
        ("organisation", ""),
    ]
    evidence = json.loads(report.files["evidence.json"])
    assert [item["name"] for item in evidence["statements"]] == [
        "Kari",
        "Pia",
        "Gro",
        "Arne",
        "Ola",
    ]
