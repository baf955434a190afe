"""Whoever signs another version than the last one they knew had the comparison before them."""

import json

import pytest

from tests import builders, signatures
from tests.public import markup, stages, visits
from tests.unit.contracts.test_comparing import again
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import StaleVersion
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin.pages import address

SHOWN, SIGNED = events.CHANGES_SHOWN, events.SIGNATURE_GIVEN


def told(contract):
    """What the trail says of comparisons and signatures, in order."""
    return list(Event.objects.of(contract.trail).named(SHOWN, SIGNED))


def between(contract, one, two):
    """The digest of the comparison of two versions, from what was published of them alone."""
    rows = [contract.versions.get(number=number) for number in (one, two)]
    return again(*(json.loads(row.record) for row in rows), [row.digest for row in rows])


def test_the_comparison_with_the_version_signed_before_is_evidence_of_the_next_signature(answered):
    signatures.sign(answered.kari)
    assert [event.name for event in told(answered.contract)] == [SIGNED]
    stages.revise(answered)
    signatures.sign(answered.kari)

    _first, shown, signed = told(answered.contract)
    assert (shown.name, signed.name) == (SHOWN, SIGNED)
    assert shown.data == {
        "participant": answered.kari.public_id,
        "from_version": 2,
        "from_digest": answered.version.digest,
        "version": 3,
        "digest": signed.data["digest"],
        "comparison": between(answered.contract, 2, 3),
    }
    assert shown.actor_key == answered.kari.public_id


def test_the_sealed_file_holds_what_was_compared_before_the_signature(answered):
    signatures.sign(answered.kari)
    stages.revise(answered)
    signatures.sign(answered.kari)
    signatures.sign(answered.ola)
    version = ContractVersion.objects.get(number=3)
    file = sealing.content(signing.seal(version, by=SYSTEM))

    evidence = json.loads(sealing.verify(file).files["evidence.json"])
    records = [json.loads(record) for record in evidence["trail"]["records"]]
    names = [record["name"] for record in records]
    at = names.index(SHOWN)
    assert names[at + 1] == SIGNED
    assert records[at]["data"]["comparison"] == between(answered.contract, 2, 3)
    assert records[at]["data"]["digest"] == evidence["subject"] == version.digest
    assert records[at]["data"]["from_digest"] == answered.version.digest


def test_who_has_signed_nothing_compares_with_what_they_looked_at(answered):
    contracts.view(answered.ola, answered.version.digest, by=builders.guest(answered.ola))
    for title in ("Hosting 2028", "Hosting 2029"):
        stages.revise(answered, title)
    contracts.view(answered.ola, signatures.digest(answered.ola), by=builders.guest(answered.ola))
    signatures.sign(answered.ola)

    shown, _signed = told(answered.contract)
    assert (shown.data["from_version"], shown.data["version"]) == (2, 4)
    assert shown.data["comparison"] == between(answered.contract, 2, 4)


def test_ones_own_answers_are_no_change_that_one_was_shown(sent):
    contracts.view(sent.kari, sent.version.digest, by=builders.guest(sent.kari))
    digest = sent.version.digest
    contracts.answer(sent.kari, digest, builders.ANSWERS, by=builders.guest(sent.kari))
    signatures.sign(sent.kari)
    contracts.view(sent.ola, signatures.digest(sent.ola), by=builders.guest(sent.ola))
    signatures.sign(sent.ola)

    assert [event.name for event in told(sent.contract)] == [SIGNED, SIGNED]


def test_a_signature_that_is_refused_leaves_no_comparison(answered):
    signatures.sign(answered.kari)
    stages.revise(answered)
    proof, old = signatures.identified(answered.kari), answered.version.digest
    with pytest.raises(StaleVersion):
        signatures.signing.sign(
            answered.kari,
            old,
            proof,
            signatures.affirmed(answered.kari),
            by=builders.guest(answered.kari),
        )

    assert [event.name for event in told(answered.contract)] == [SIGNED]


def test_the_page_of_review_shows_the_comparison_that_evidence_names(answered):
    signatures.sign(answered.kari)
    stages.revise(answered)
    client = visits.enter(answered.kari)
    words = " ".join(
        markup.read(client.get(visits.page("sign", answered.kari)).content).text.split()
    )

    assert "1 change since version 2" in words
    assert "removed: 2027" in words
    assert "added: 2028" in words


def test_our_own_page_of_review_shows_it_too(answered, client):
    signatures.sign(answered.ola)
    stages.revise(answered)
    client.force_login(answered.sender)
    path = address("sign", answered.contract)
    words = " ".join(markup.read(client.get(path).content).text.split())

    assert "1 change since version 2, the last one that you have signed or seen before" in words
    assert ContractVersion.objects.count() == 3
