"""Saying no, and what becomes of earlier signatures."""

import pytest

from tests import builders, journeys, signatures, tables
from tests.announcements import announced, last_event
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import NotYourPart, ReasonMissing, StaleVersion, WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Decline


def decline(stage, *, digest=None, who="kari", **words):
    person = getattr(stage, who)
    words = {"kind": "price", **words}
    return signing.decline(
        person, digest or stage.version.digest, by=builders.guest(person), **words
    )


def refused(error, stage, **words):
    with tables.unchanged(), pytest.raises(error):
        decline(stage, **words)


def test_a_no_names_the_version_that_was_read(answered, sent):
    refused(StaleVersion, answered, digest=sent.version.digest)

    assert decline(answered).version == answered.version


@pytest.mark.parametrize(
    "words",
    [{"kind": ""}, {"kind": "no idea"}, {"kind": "other"}, {"kind": "other", "reason": " "}],
)
def test_a_no_says_which_kind_it_is_and_other_needs_words(answered, words):
    refused(ReasonMissing, answered, **words)

    assert decline(answered, kind="other", reason=" We found\x00 a cheaper one. ").reason == (
        "We found a cheaper one."
    )


def test_only_those_who_sign_decline(template, sender):
    ours, theirs = builders.parties(sender)
    per = contracts.PersonDraft("Per", "per@customer.example", role="reader")
    more = contracts.PartyDraft("customer", "Customer AS", people=[*theirs.people, per])
    draft = builders.contract(template, sender, parties=[ours, more])
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    stage = journeys.everybody(draft, sender)

    refused(NotYourPart, stage, who="per")
    assert decline(stage)


def test_a_no_ends_the_contract_and_is_told(answered):
    with announced(answered.contract) as heard:
        made = decline(answered, kind="price", reason="Dear")

    assert Contract.objects.get().state == "declined"
    assert list(Decline.objects.values_list("participant", "version", "kind", "reason")) == [
        (answered.kari.pk, answered.version.pk, "price", "Dear")
    ]
    assert made.at
    assert [name for name, _data in heard.shared] == [events.CONTRACT_DECLINED]
    assert heard.mails == [("declined", "kari"), ("declined", "owner")]
    assert last_event(answered.contract, events.CONTRACT_DECLINED).disclosed()["reason"] == "Dear"
    refused(WrongState, answered)
    refused(WrongState, answered, who="ola")


def revise(stage, title):
    contract = Contract.objects.get(pk=stage.contract.pk)
    contract.title = title
    contract.save()
    return contracts.revise(contract, builders.shown(contract), "New", by=stage.owner)


def test_a_signature_counts_for_its_version_alone(answered):
    signatures.sign(answered.kari)
    version = revise(answered, "Hosting 2028")

    assert signing.standing(version).given == []
    assert len(signing.standing(answered.version).given) == 1
    signatures.sign_all(journeys.stage(answered.contract, answered.sender))
    assert Contract.objects.get().state == "signed"


def test_what_became_void_is_said_once(answered):
    signatures.sign(answered.kari)
    revise(answered, "Hosting 2028")

    with announced(answered.contract) as heard:
        assert len(signing.void(answered.contract, by=SYSTEM)) == 1
        assert signing.void(answered.contract, by=SYSTEM) == []

    data = {
        "participant": answered.kari.public_id,
        "version": 2,
        "digest": answered.version.digest,
        "newer": 3,
    }
    assert heard.shared == [(events.SIGNATURE_VOIDED, data)]
    assert heard.mails == []  # the revision has told everybody already


def test_each_void_signature_is_said_also_of_one_person(answered):
    for title in ("One", "Two"):
        signatures.sign(answered.kari)
        revise(answered, title)

    with announced(answered.contract) as heard:
        signing.void(answered.contract, by=SYSTEM)
    assert [data["version"] for _name, data in heard.shared] == [2, 3]


def test_answers_that_make_a_signature_void_are_told_to_its_giver(answered):
    signatures.sign(answered.ola)
    by = builders.guest(answered.kari)
    typed = {**builders.ANSWERS, "remarks": "More"}
    contracts.answer(answered.kari, answered.version.digest, typed, by=by)

    with announced(answered.contract) as heard:
        signing.void(answered.contract, by=SYSTEM)
    assert heard.mails == [("new_version", "ola")]
