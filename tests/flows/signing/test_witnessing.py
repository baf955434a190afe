"""Witnesses, and in whose name somebody signs: what counts, what is kept, and what is refused."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from tests import builders, signatures, tables
from tests.journeys import stage
from wagtail_contracts import events
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady, StaleVersion, Unlawful, WrongState
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import NotYourTurn, WitnessRefused
from wagtail_contracts.signing.models import Attestation, Signature, SigningSession
from wagtail_contracts.signing.rendering import paper
from wagtail_contracts.signing.rendering.consent import declaration


def ready(draft: Contract, **kari: Any) -> Contract:
    """The same draft, in which Kari signs like this."""
    Participant.objects.filter(party__contract=draft, party__role="customer").update(**kari)
    return Contract.objects.get(pk=draft.pk)


def out(draft: Contract, sender: Any, **kari: Any) -> SimpleNamespace:
    """Out for signing and filled in; Kari signs like this."""
    draft = ready(draft, **kari)
    by = builders.actor(sender)
    contracts.send(draft, builders.shown(draft), into="signing", by=by)
    sent = stage(draft, sender)
    guest = builders.guest(sent.kari)
    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=guest)
    return stage(draft, sender)


def signed(at: SimpleNamespace) -> SigningSession:
    """Kari has signed in this session."""
    session = signatures.session(at.kari)
    asked = signatures.challenge(at.kari, session=session)
    proof = signing.identify(asked, signatures.code(asked), by=builders.guest(at.kari))
    signatures.sign(at.kari, proof)
    return session


def attest(at: SimpleNamespace, session: SigningSession, name: str = "Wenche Vitne") -> Attestation:
    """Somebody says that they were present."""
    witness = signing.Witness(name, "Storgata 1, Bergen", "I was present.", "en")
    return signing.attest(session, signatures.digest(at.kari), witness, by=builders.guest(at.kari))


def state(at: SimpleNamespace) -> str:
    """Where the contract stands."""
    return str(Contract.objects.get(pk=at.contract.pk).state)


def test_the_last_witness_concludes_the_contract(draft, sender):
    at = out(draft, sender, witnesses=2)
    signatures.sign(at.ola)
    session = signed(at)
    assert state(at) == "signing"
    assert signing.standing(at.version).of(at.kari).lacks == 2
    assert signing.waited_for(at.contract) == [at.kari]
    attest(at, session)
    assert state(at) == "signing"
    made = attest(at, session, "Per Vitne")
    assert state(at) == "signed"

    assert (made.place, made.name, made.signature) == (2, "Per Vitne", Signature.objects.last())
    event = Event.objects.of(at.contract.trail).named(events.WITNESS_ATTESTED).last()
    assert event.data["attestation"] == made.pk
    assert event.disclosed()["about"] == "Storgata 1, Bergen"


def test_whose_turn_comes_after_waits_for_the_witness_too(draft, sender):
    Participant.objects.filter(party__contract=draft, party__role="supplier").update(position=2)
    at = out(draft, sender, witnesses=1)
    session = signed(at)
    mine = Contract.objects.filter(pk=at.contract.pk)
    assert not signing.to_sign(mine, at.sender).exists()
    with pytest.raises(NotYourTurn):
        signatures.sign(at.ola, signatures.proof(at.ola))
    attest(at, session)
    assert signing.to_sign(mine, at.sender).exists()
    signatures.sign(at.ola)
    assert state(at) == "signed"


def test_a_witness_is_no_party_and_speaks_once_in_the_same_sitting(draft, sender):
    at = out(draft, sender, witnesses=2)
    other = signatures.session(at.kari)
    with tables.unchanged(), pytest.raises(WitnessRefused):  # nobody has signed yet
        attest(at, other)
    session = signed(at)
    for name in (
        "Kari Nordmann",
        " kari  nordmann",
        "Ola Nordmann",
        "Nordmann, Kari",
        "Customer AS",
        "",
        "x" * 121,
    ):
        with tables.unchanged(), pytest.raises(WitnessRefused):
            attest(at, session, name)
    with tables.unchanged(), pytest.raises(WitnessRefused):
        attest(at, other)
    attest(at, session)
    with tables.unchanged(), pytest.raises(WitnessRefused):
        attest(at, session, "WENCHE VITNE")
    attest(at, session, "Per Vitne")
    with tables.unchanged(), pytest.raises(WitnessRefused):
        attest(at, session, "Nina Vitne")


def test_a_witness_of_an_older_text_or_an_ended_contract_says_nothing(draft, sender):
    at = out(draft, sender, witnesses=1)
    session = signed(at)
    witness = signing.Witness("Wenche Vitne", "Bergen", "I was present.", "en")
    with tables.unchanged(), pytest.raises(StaleVersion):
        signing.attest(session, "0" * 64, witness, by=builders.guest(at.kari))
    contracts.withdraw(at.contract, "Why", by=at.owner)
    with tables.unchanged(), pytest.raises(WrongState):
        attest(at, session)


def test_the_capacity_is_part_of_what_is_signed_and_of_the_evidence(draft, sender):
    at = out(draft, sender, acts_as="guardian", witnesses=1)
    [person] = at.version.content["parties"][1]["people"]
    assert (person["acts_as"], person["witnesses"]) == ("guardian", 1)
    assert "for Customer AS, as guardian." in declaration(at.version, at.kari, "en")
    signatures.sign(at.ola)
    attest(at, signed(at))
    given = Signature.objects.get(participant=at.kari)
    assert given.acts_as == "guardian"
    told = paper.statement(given, test=False)
    assert told["acts_as"] == "guardian"
    [witness] = told["witnesses"]
    assert witness["name"] == "Wenche Vitne"
    assert "Storgata" not in json.dumps(told)
    other = paper.statement(Signature.objects.get(participant=at.ola), test=False)
    assert not {"acts_as", "witnesses", "host"} & other.keys()
    assert audit.verify(at.contract.trail)


def test_who_says_nothing_of_it_signs_a_content_without_these_keys(answered):
    for party in answered.version.content["parties"]:
        for person in party["people"]:
            assert not {"acts_as", "witnesses"} & person.keys()


@pytest.mark.parametrize(
    ("law", "kari"),
    [
        (("will", "NO"), {}),
        (("guarantee", "NO"), {"acts_as": "guardian"}),
        (("will", "EU"), {"acts_as": "attorney"}),
    ],
)
def test_what_the_list_of_laws_excludes_is_not_sent_and_not_signed(draft, sender, law, kari):
    fine = ready(draft, **kari)
    assert not contracts.missing(fine, contracts.compose(fine))
    with unguarded():
        Contract.objects.filter(pk=draft.pk).update(kind=law[0], jurisdiction=law[1])
    draft = Contract.objects.get(pk=draft.pk)
    by = builders.actor(sender)
    with tables.unchanged(), pytest.raises(NotReady):
        contracts.send(draft, builders.shown(draft), into="signing", by=by)
    with unguarded():
        Contract.objects.filter(pk=draft.pk).update(kind="", jurisdiction="")
    at = out(draft, sender, **kari)
    proof = signatures.proof(at.kari)
    with unguarded():
        Contract.objects.filter(pk=draft.pk).update(kind=law[0], jurisdiction=law[1])
    with tables.unchanged(), pytest.raises(Unlawful):
        signatures.sign(at.kari, proof)
    with unguarded():
        Contract.objects.filter(pk=draft.pk).update(kind="", jurisdiction="")
    assert signatures.sign(at.kari, proof)


def test_the_signature_page_names_witness_capacity_and_host(draft, sender):
    at = out(draft, sender, acts_as="guardian", witnesses=1, signs_by="in_person")
    signatures.sign(at.ola)
    session, _cookie = signing.admit(
        signing.hand_over(at.kari, sender, by=at.owner), by=builders.guest(at.kari)
    )
    affirmed = signatures.affirmed(at.kari)
    by = builders.guest(at.kari)
    signing.sign_at_once(session, signatures.digest(at.kari), affirmed, by=by)
    attest(at, session)

    assert state(at) == "signed"
    version = Contract.objects.get(pk=at.contract.pk).current_version
    given = [
        (place.party, place.signature, "")
        for place in signing.standing(version).given
        if place.signature
    ]
    made = paper.bundle(version, given, audit.excerpt(at.contract.trail))
    html = " ".join(made.html.split())
    for words in (
        "Witness: Wenche Vitne",
        "Customer AS (Customer), as guardian",
        "Ola Nordmann was the host, on whose device it was signed.",
    ):
        assert words in html
    assert "Storgata" not in html
