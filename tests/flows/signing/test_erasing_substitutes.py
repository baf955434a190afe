"""S-51 for whom somebody asked to sign instead: the request goes with the person, others' stay."""

import json

import pytest

from tests import signatures
from tests.flows.contracts import test_inviting
from tests.flows.signing.test_erasing import boss, found  # noqa: F401 - fixture
from tests.flows.signing.test_exporting_people import taker  # noqa: F401 - fixture
from tests.security import s18
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant, PersonRequest
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import privacy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
ANE = contracts.NewPerson("Ane Third", "ane@eksempel.example")
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


def sign_all(at):
    signatures.sign(at.kari)
    signatures.sign(at.ola)


DECIDED = {
    "consent": lambda at, request: signing.consent_to(request, by=at.owner),
    "refuse": lambda at, request: contracts.refuse_person(request, "Not her.", by=at.owner),
    "leave": lambda at, _request: signing.replace_person(at.ola, ANE, "On leave.", by=at.owner),
    "sign": lambda at, _request: sign_all(at),
    "decline": lambda at, _request: signatures.decline(at.kari),
    "withdraw": lambda at, _request: contracts.withdraw(at.contract, "Not now.", by=at.owner),
}


@pytest.mark.parametrize("decide", DECIDED)
def test_a_decided_request_keeps_no_more_than_who_was_asked_for(answered, decide):
    request = ask(answered)
    assert kept(request) == BEA

    DECIDED[decide](answered, request)

    assert kept(request) == {"name": BEA["name"], "email": BEA["email"]}
    assert PersonRequest.objects.get(pk=request.pk).state != PersonRequest.State.PENDING


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
    assert kept(twins.asked_tom) == {"name": TOM["name"], "email": TOM["email"]}
    assert made(twins.asked_tom)["message"] == TOM["message"]
    audit.verify(twins.contract.trail, deep=True)
    assert s18.codes() == []


def test_who_was_refused_and_came_in_otherwise_is_erased_with_the_request(
    sent,
    boss,  # noqa: F811
):
    request = ask(sent)
    contracts.refuse_person(request, "Not to sign.", by=sent.owner)
    namesake = ask(sent, **{**TOM, "name": BEA["name"]})
    person = contracts.NewPerson("B. S. Stand-In", BEA["email"].upper())
    reader = contracts.add_person(sent.ola.party, person, "reader", by=sent.owner)
    contracts.withdraw(sent.contract, "Not now.", by=sent.owner)

    privacy.erase_person(reader, "Bea asked for it.", by=boss)

    assert kept(request) == {}
    assert found(BEA["email"], BEA["message"], person.name) == []
    assert PersonRequest.objects.get(pk=request.pk).answer == "Not to sign."
    assert kept(namesake) == {"name": BEA["name"], "email": TOM["email"]}
    assert made(namesake)["message"] == TOM["message"]


def test_who_came_in_instead_is_known_by_the_place_whatever_the_name_was(
    twins,
    boss,  # noqa: F811
    taker,  # noqa: F811
):
    with unguarded():
        Participant.objects.filter(pk=twins.bea.pk).update(email="", name="Bea")
    bea = Participant.objects.get(pk=twins.bea.pk)
    data = privacy.export_person(bea, by=taker).data
    assert [row["name"] for row in data["asked_for"]] == [BEA["name"]]

    privacy.erase_person(bea, "Bea asked for it.", by=boss)

    assert kept(twins.asked_bea) == {}
    assert found(BEA["email"], BEA["message"]) == []


def test_a_request_that_waits_when_somebody_is_erased_is_over(sent, boss):  # noqa: F811
    person = contracts.NewPerson(BEA["name"], BEA["email"])
    reader = contracts.add_person(sent.ola.party, person, "reader", by=sent.owner)
    contracts.revoke_access(reader, "Not needed.", by=sent.owner)
    request = ask(sent)

    privacy.erase_person(reader, "Bea asked for it.", by=boss)

    assert kept(request) == {}
    assert PersonRequest.objects.get(pk=request.pk).state == PersonRequest.State.REFUSED
    again = ask(sent, **TOM)
    assert kept(again) == TOM


def test_whoever_asked_gets_what_they_wrote_and_not_whom_they_named(twins, taker):  # noqa: F811
    ola = privacy.export_person(twins.ola, by=taker).data
    told = [one["disclosed"] for one in ola["events"] if one["name"] == events.REQUEST_MADE]
    assert [one["message"] for one in told] == [TOM["message"], BEA["message"]]
    assert [one for one in told if "name" in one] == []
    assert ola["asked_for"] == []


def test_the_export_finds_what_erasing_finds(twins, taker):  # noqa: F811
    data = privacy.export_person(twins.bea, by=taker).data

    assert [row["email"] for row in data["asked_for"]] == [BEA["email"]]
    told = [one["disclosed"] for one in data["events"] if one["name"] == events.REQUEST_MADE]
    assert told == [{"name": BEA["name"], "message": BEA["message"]}]
    text = json.dumps(data, default=str, ensure_ascii=False)
    assert [word for word in (*TOM.values(), "Ola Nordmann") if word in text] == []
    assert privacy.export_person(twins.kari, by=taker).data["asked_for"] == []
