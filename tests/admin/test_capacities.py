"""In whose name, before witnesses, by whose law: in the forms of people and beside a template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import builders, tables
from tests.admin import posts
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import lawful
from wagtail_contracts.contracts.admin.creating.parties import PersonForm
from wagtail_contracts.contracts.core import law
from wagtail_contracts.contracts.errors import PersonRefused
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.models.lawful import KINDS, PLACES
from wagtail_contracts.contracts.rendering import law as words

NEW = {"name": "Per Hansen", "email": "per@customer.example"}
ROW = {"name": "Per", "email": "per@customer.example", "role": "signatory", "language": "en"}


def form(contract: Contract | None = None, **said: Any) -> PersonForm:
    of = {"colleagues": None, "numbers": {}, "contract": contract or Contract()}
    return PersonForm({**ROW, "position": "1", **said}, **of)


def test_the_form_of_a_person_asks_and_refuses_what_is_no_choice():
    made = form(acts_as="attorney", witnesses="2")
    assert made.is_valid()
    assert (made.cleaned_data["acts_as"], made.cleaned_data["witnesses"]) == ("attorney", 2)
    assert form().is_valid()
    for wrong in ({"acts_as": "king"}, {"witnesses": "3"}, {"witnesses": "-1"}):
        assert not form(**wrong).is_valid()


@pytest.mark.parametrize(
    ("kind", "said"), [("guarantee", {"acts_as": "guardian"}), ("will", {"witnesses": "1"})]
)
def test_the_form_of_a_person_says_at_the_field_what_the_law_excludes(kind, said):
    refused = form(Contract(kind=kind, jurisdiction="NO"), **said)
    assert list(refused.errors) == list(said)
    assert form(Contract(kind=kind, jurisdiction=""), **said).is_valid()
    assert form(Contract(kind=kind, jurisdiction="NO"), acts_as="self").is_valid()


def test_whoever_comes_in_signs_as_is_said_and_before_as_many_witnesses(sent):
    person = contracts.NewPerson(**NEW, acts_as="guardian", witnesses=1)
    made = contracts.replace_person(sent.kari, person, "Ill", by=sent.owner)
    assert (made.acts_as, made.witnesses) == ("guardian", 1)
    [row] = Contract.objects.get(pk=sent.contract.pk).current_version.content["parties"][1][
        "people"
    ]
    assert (row["acts_as"], row["witnesses"]) == ("guardian", 1)


def test_the_last_look_before_sending_says_how_they_show_who_they_are(admin, draft):
    kari = Participant.objects.get(party__contract=draft, name="Kari Nordmann")
    usual = admin.get(posts.address("send", draft.pk)).content.decode()
    with unguarded():
        Participant.objects.filter(pk=kari.pk).update(signs_by="in_person", witnesses=1)
    chosen = admin.get(posts.address("send", draft.pk)).content.decode()
    for said in ("Signs by: In person, on our device", "1 witness"):
        assert said in chosen
        assert said not in usual


@pytest.mark.parametrize(
    "said", [{"acts_as": "king"}, {"acts_as": "guardian"}, {"witnesses": 1, "user": True}]
)
def test_a_person_who_may_not_sign_so_does_not_come_in(sent, said):
    if said.get("user"):
        said = {**said, "user": builders.staff("nils", sent.contract.workspace)}
    with unguarded():
        Contract.objects.filter(pk=sent.contract.pk).update(kind="guarantee", jurisdiction="NO")
    kari = Participant.objects.get(pk=sent.kari.pk)
    with tables.unchanged(), pytest.raises(PersonRefused):
        contracts.replace_person(kari, contracts.NewPerson(**NEW, **said), "Ill", by=sent.owner)
    fine = contracts.NewPerson(**NEW, acts_as="attorney", witnesses=1)
    assert contracts.replace_person(kari, fine, "Ill", by=sent.owner)


def test_the_editor_of_a_template_says_what_the_list_knows(template):
    assert not list(lawful.warnings(template))
    template.kind, template.jurisdiction = "will", "NO"
    [finding] = lawful.warnings(template)
    assert "can't be signed electronically" in finding.sentence
    assert "§ 42" in finding.sentence
    template.kind, template.jurisdiction = "deed", "GB-EAW"
    [finding] = lawful.warnings(template)
    assert "witness who is physically present" in finding.sentence


def test_a_contract_keeps_what_its_template_says_of_the_law(template, sender):
    template.kind, template.jurisdiction = "deed", "GB-EAW"
    template.save()
    made = builders.contract(template, sender)
    assert (made.kind, made.jurisdiction) == ("deed", "GB-EAW")


def test_each_entry_of_the_list_names_a_known_kind_and_place_a_source_and_a_day():
    assert {key for key, _label in KINDS} == {"", *law.KINDS}
    assert {key for key, _label in PLACES} == {"", *law.PLACES}
    assert len(law.FOUND) == len(law.PROVISIONS)
    for one in law.PROVISIONS:
        assert one.kind in law.KINDS
        assert one.place in law.PLACES
        assert one.address.startswith("https://")
        assert one.source
        assert one.read.year >= 2026
        assert words.void(one.kind, one.place) or words.warning(one.kind, one.place)


def test_the_documentation_names_each_entry_of_the_list():
    said = (Path(__file__).parents[2] / "docs/how-to/capacities-and-witnesses.md").read_text()
    for one in law.PROVISIONS:
        assert one.source in said
    assert said.count("void: not sent") == sum(one.effect == law.VOID for one in law.PROVISIONS)
    assert said.count("| a warning |") == sum(one.effect == law.WARNS for one in law.PROVISIONS)
