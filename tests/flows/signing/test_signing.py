"""Saying yes: each refusal beside the same request accepted."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests import builders, journeys, signatures, tables
from tests.announcements import announced
from wagtail_contracts import events
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotReady, StaleVersion, Unprintable, WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import AlreadySigned, NotIdentified, NotYourTurn
from wagtail_contracts.signing.models import Identification, Signature


def sign(stage: SimpleNamespace, who: str = "kari", **changes) -> Signature:
    """Identify and sign."""
    participant = getattr(stage, who)
    digest = changes.pop("digest", stage.version.digest)
    proof = changes.pop("proof", None) or signatures.identified(participant)
    words = signatures.affirmed(participant, **changes)
    return signing.sign(participant, digest, proof, words, by=builders.guest(participant))


def refused(error, stage, who="kari", **changes):
    with tables.unchanged(), pytest.raises(error) as found:
        sign(stage, who, **changes)
    return str(found.value)


def proof_of_staff(stage):
    """Our own signatory by a device: an identification that asks for no turn and no answers."""
    return Identification.objects.create(
        participant=stage.ola, version=stage.version, method="totp", at=stage.version.frozen_at
    )


def test_a_signature_names_the_version_and_its_digest(answered, sent):
    proof = signatures.identified(answered.kari)
    refused(StaleVersion, answered, proof=proof, digest=sent.version.digest)

    given = sign(answered, proof=proof)
    assert (given.version, given.digest) == (answered.version, answered.version.digest)
    assert Contract.objects.get(pk=answered.contract.pk).state == "signing"


def test_a_text_that_lacks_nothing_is_signed_by_nobody_once_it_was_replaced(answered):
    """Also by what was shown for that very text."""
    proof, contract = signatures.identified(answered.kari), answered.contract
    contract.title = "Hosting 2028"
    contract.save()
    contracts.revise(contract, builders.shown(contract), "A new year.", by=answered.owner)
    refused(StaleVersion, answered, proof=proof)

    now = journeys.stage(contract, answered.sender)
    assert sign(now).digest == now.version.digest != answered.version.digest


def test_nobody_signs_before_the_required_fields_are_filled_in(sent):
    proof = proof_of_staff(sent)
    refused(NotReady, sent, "ola", proof=proof)
    link = signatures.session(sent.kari)
    with tables.unchanged(but=("ratewindow",)), pytest.raises(NotReady):
        signatures.challenge(sent.kari, session=link)

    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=builders.guest(sent.kari))
    assert sign(journeys.stage(sent.contract, sent.sender), "ola")


def test_nobody_signs_twice(answered):
    proofs = [signatures.identified(answered.kari) for _ in range(2)]
    assert sign(answered, proof=proofs[0])

    refused(AlreadySigned, answered, proof=proofs[0])
    refused(AlreadySigned, answered, proof=proofs[1])


def test_nobody_signs_while_the_contract_is_in_review(answered):
    proof = signatures.identified(answered.kari)
    contracts.reopen(answered.contract, "Once more", by=answered.owner)
    assert refused(WrongState, answered, proof=proof) == "This contract can't be signed now."

    contracts.open_signing(answered.contract, by=answered.owner)
    assert sign(answered, proof=proof)


def test_nobody_signs_after_the_deadline_also_where_the_worker_sleeps(answered):
    proof = signatures.identified(answered.kari)
    today = contracts.default_deadline(answered.contract) - timedelta(days=14)
    with unguarded():
        Contract.objects.update(deadline=today - timedelta(days=1))
    refused(WrongState, answered, proof=proof)

    with unguarded():
        Contract.objects.update(deadline=today)
    assert sign(answered, proof=proof)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", NotIdentified),
        (" \n", NotIdentified),
        ("Kari \U0001f600", Unprintable),
        ("Kari \x07", Unprintable),
        ("Kari \u202eirak", Unprintable),
    ],
)
def test_a_name_that_can_t_stand_in_print_is_refused(answered, name, error):
    proof = signatures.identified(answered.kari)
    refused(error, answered, proof=proof, name=name)

    assert sign(answered, proof=proof, name=" Kari  Nordmann\n").name == "Kari Nordmann"


def test_a_signature_holds_what_was_affirmed(answered):
    given = sign(answered, consent="Jeg har lest og godtar.", language="nb")

    assert (given.consent, given.language) == ("Jeg har lest og godtar.", "nb")
    assert (given.name, given.capacity, given.level) == ("Kari Nordmann", "Director", "simple")
    assert given.identification.method == "email_code"


def test_a_signature_that_is_not_the_last_is_told_to_the_owner(answered):
    proof = signatures.identified(answered.kari)
    with announced(answered.contract) as heard:
        given = sign(answered, proof=proof)

    data = {
        "participant": answered.kari.public_id,
        "version": 2,
        "digest": answered.version.digest,
        "method": "email_code",
        "level": "simple",
        "identification": proof.pk,
    }
    assert heard.shared == [(events.SIGNATURE_GIVEN, data)]
    assert (heard.own, heard.tasks) == ([], [])
    assert heard.mails == [("signed_one", "owner")]
    assert given.at >= given.identification.at


def test_the_last_signature_concludes_the_contract(answered):
    sign(answered)
    proof = signatures.identified(answered.ola)
    with announced(answered.contract) as heard:
        sign(answered, "ola", proof=proof)

    assert Contract.objects.get(pk=answered.contract.pk).state == "signed"
    assert heard.names == [events.SIGNATURE_GIVEN, events.CONTRACT_SIGNED]
    assert heard.mails == [("signed_all", "owner")]
    assert heard.tasks == ["signing.seal", "signing.alarm"]


def person(name, **more):
    return contracts.PersonDraft(name, f"{name.lower()}@customer.example", **more)


def out(template, sender, people):
    """A contract out for signing, with these people for the customer."""
    ours, _theirs = builders.parties(sender)
    customer = contracts.PartyDraft("customer", "Customer AS", people=people)
    draft = builders.contract(template, sender, parties=[ours, customer], values={})
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    stage = journeys.everybody(draft, sender)
    return stage


@pytest.fixture
def plain(sales):
    """Makes templates whose counterparty fills in nothing, with a signing rule for it."""

    def make(rule="all", count=None):
        supplier, customer = builders.ROLES
        customer = {**customer, "value": {**customer["value"], "rule": rule, "count": count}}
        body = [*builders.BODY[:3], builders.BODY[-1]]
        fields = builders.FIELDS[1:2]
        return builders.template(sales, body=body, fields=fields, roles=[supplier, customer])

    return make


def test_people_sign_in_their_order_and_are_told_once_whose_turn_it_is(plain, sender):
    first, second = person("Kari", position=1), person("Per", position=2)
    stage = out(plain(), sender, [first, second, person("Liv", position=2)])
    proofs = {who: signatures.proof(getattr(stage, who)) for who in ("kari", "per", "liv", "ola")}
    refused(NotYourTurn, stage, "per", proof=proofs["per"])

    sign(stage, "kari", proof=proofs["kari"])
    with announced(stage.contract) as heard:
        sign(stage, "ola", proof=proofs["ola"])  # the owner, who knows
    assert heard.mails == [("your_turn", "liv"), ("your_turn", "per")]
    with announced(stage.contract) as heard:
        sign(stage, "per", proof=proofs["per"])
    assert heard.mails == [("signed_one", "owner")]


def test_whoever_is_not_asked_to_sign_does_not(plain, sender):
    stage = out(plain(), sender, [person("Kari"), person("Per", role="reader")])
    refused(NotYourTurn, stage, "per", proof=signatures.proof(stage.per))

    assert sign(stage, "kari", proof=signatures.proof(stage.kari))


@pytest.mark.parametrize(
    ("rule", "count", "needed"), [("all", None, 3), ("any", None, 1), ("some", 2, 2)]
)
def test_a_contract_is_signed_when_each_partys_rule_is_met(plain, sender, rule, count, needed):
    people = [person(name) for name in ("Kari", "Per", "Liv")]
    stage = out(plain(rule, count), sender, people)
    sign(stage, "ola", proof=signatures.proof(stage.ola))

    for given, who in enumerate(("kari", "per", "liv")[:needed]):
        assert Contract.objects.get().state == "signing", given
        sign(stage, who, proof=signatures.proof(getattr(stage, who)))
    assert Contract.objects.get().state == "signed"


def test_whoever_is_not_needed_any_more_can_t_sign_a_signed_contract(plain, sender):
    stage = out(plain("any"), sender, [person("Kari"), person("Per")])
    late = signatures.proof(stage.per)
    signatures.sign(stage.ola, signatures.proof(stage.ola))
    signatures.sign(stage.kari, signatures.proof(stage.kari))

    refused(WrongState, stage, "per", proof=late)


def test_a_party_that_is_bound_keeps_nobody_waiting(plain, sender):
    people = [person("Kari", position=1), person("Per", position=1)]
    template = plain("any")
    ours, _theirs = builders.parties(sender)
    last = contracts.PersonDraft("Ola Nordmann", "ola@eksempel.example", user=sender, position=2)
    parties = [
        contracts.PartyDraft("supplier", ours.name, people=[last]),
        contracts.PartyDraft("customer", "Customer AS", people=people),
    ]
    draft = builders.contract(template, sender, parties=parties, values={})
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    stage = journeys.everybody(draft, sender)
    refused(NotYourTurn, stage, "ola", proof=signatures.proof(stage.ola))

    with announced(stage.contract) as heard:
        sign(stage, "kari", proof=signatures.proof(stage.kari))
    assert ("your_turn", "ola") in heard.mails
    with announced(stage.contract) as heard:
        sign(stage, "per", proof=signatures.proof(stage.per))
    assert ("your_turn", "ola") not in heard.mails
    sign(stage, "ola", proof=signatures.proof(stage.ola))
    assert Contract.objects.get().state == "signed"
