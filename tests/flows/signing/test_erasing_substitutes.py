"""S-51 for whom somebody asked to sign instead: the request goes with the person, others' stay."""

import json

import pytest

from tests.flows.contracts import test_inviting
from tests.flows.signing.test_erasing import boss, found  # noqa: F401 - fixture
from tests.flows.signing.test_exporting_people import taker  # noqa: F401 - fixture
from tests.security import s18
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, PersonRequest
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
BEA = {
    "name": "Bea Stand-In",
    "email": "bea@eksempel.example",
    "phone": "+4790099001",
    "message": "QZX call me on Sunday",
}
TOM = {
    "name": "Tom Other",
    "email": "tom@eksempel.example",
    "phone": "+4790099002",
    "message": "QZX take the minutes",
}


def ask(stage, who="ola", **changes):
    return test_inviting.forward(stage, who=who, **{**BEA, **changes})


def made(request):
    """What is disclosed of the asking."""
    events_made = Event.objects.filter(name=events.REQUEST_MADE)
    found_event = next(e for e in events_made if e.data["request"] == request.public_id)
    return found_event.disclosed()


def kept(request):
    row = PersonRequest.objects.get(pk=request.pk)
    return {name: getattr(row, name) for name in ("name", *BEA) if getattr(row, name)}


@pytest.fixture
def twins(sent):
    """Ola asked for Tom, in vain, then for Bea, who was let in; then it was withdrawn."""
    tom = ask(sent, **TOM)
    contracts.refuse_person(tom, "Not him.", by=sent.owner)
    bea = ask(sent)
    sent.bea = signing.consent_to(bea, by=sent.owner)
    contracts.withdraw(sent.contract, "Not now.", by=sent.owner)
    sent.asked_tom, sent.asked_bea = tom, bea
    return sent


@pytest.mark.parametrize("decide", ["consent", "refuse", "leave", "decline", "withdraw"])
def test_a_decided_request_keeps_no_way_to_reach_anybody(sent, decide):
    request = ask(sent)
    assert kept(request) == BEA

    if decide == "consent":
        signing.consent_to(request, by=sent.owner)
    elif decide == "refuse":
        contracts.refuse_person(request, "Not her.", by=sent.owner)
    elif decide == "leave":
        person = contracts.NewPerson("Ane Third", "ane@eksempel.example")
        signing.replace_person(sent.ola, person, "On leave.", by=sent.owner)
    elif decide == "decline":
        digest = sent.version.digest
        contracts.decline(sent.contract, digest, kind="price", reason="", by=sent.owner)
    else:
        contracts.withdraw(sent.contract, "Not now.", by=sent.owner)

    assert kept(request) == {"name": BEA["name"]}


def test_a_request_waits_on_in_a_contract_that_expired(sent):
    request = ask(sent)
    with unguarded():
        Contract.objects.update(deadline="2026-01-31")
    contracts.expire(sent.contract, by=SYSTEM)
    assert kept(request) == BEA
    assert PersonRequest.objects.get(pk=request.pk).state == PersonRequest.State.PENDING


def test_who_was_let_in_is_erased_with_the_request_and_who_was_refused_stays(
    twins,
    boss,  # noqa: F811
):
    assert made(twins.asked_bea)["message"] == BEA["message"]

    privacy.erase_person(twins.bea, "Bea asked for it.", by=boss)

    assert found(BEA["email"], BEA["phone"], BEA["message"]) == []
    assert kept(twins.asked_bea) == {}
    assert made(twins.asked_bea).keys().isdisjoint({"name", "message"})
    assert made(twins.asked_bea)["label"] == "Ola Nordmann"
    assert kept(twins.asked_tom) == {"name": TOM["name"]}
    assert made(twins.asked_tom)["message"] == TOM["message"]
    audit.verify(twins.contract.trail, deep=True)
    assert s18.codes() == []


@pytest.mark.parametrize("old", [False, True])
def test_who_was_refused_and_came_in_otherwise_is_erased_with_the_request(
    sent,
    boss,  # noqa: F811
    old,
):
    request = ask(sent)
    contracts.refuse_person(request, "Not to sign.", by=sent.owner)
    if old:  # decided by an earlier version, which kept the address
        PersonRequest.objects.filter(pk=request.pk).update(name="B. Stand-In", email=BEA["email"])
    other = ask(sent, **TOM)
    person = contracts.NewPerson(BEA["name"], BEA["email"].upper())
    reader = contracts.add_person(sent.ola.party, person, "reader", by=sent.owner)
    contracts.withdraw(sent.contract, "Not now.", by=sent.owner)

    privacy.erase_person(reader, "Bea asked for it.", by=boss)

    assert kept(request) == {}
    assert found(BEA["email"], BEA["message"], BEA["name"]) == []
    assert PersonRequest.objects.get(pk=request.pk).answer == "Not to sign."
    assert kept(other) == {"name": TOM["name"]}
    assert made(other)["message"] == TOM["message"]


def test_the_export_finds_what_erasing_finds(twins, taker):  # noqa: F811
    asked = twins.asked_bea
    PersonRequest.objects.filter(pk=asked.pk).update(email=BEA["email"], phone=BEA["phone"])

    data = privacy.export_person(twins.bea, by=taker).data

    assert [row["email"] for row in data["asked_for"]] == [BEA["email"]]
    told = [one["disclosed"] for one in data["events"] if one["name"] == events.REQUEST_MADE]
    assert told == [{"name": BEA["name"], "message": BEA["message"]}]
    text = json.dumps(data, default=str, ensure_ascii=False)
    assert [word for word in (*TOM.values(), "Ola Nordmann") if word in text] == []
    assert privacy.export_person(twins.kari, by=taker).data["asked_for"] == []
