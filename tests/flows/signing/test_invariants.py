"""The invariants of the model, one by one; those of parts that are not built yet are not here."""

import json
from datetime import UTC
from decimal import Decimal

import pytest
import rfc8785
from django.db import IntegrityError, models, transaction

from tests import builders, journeys, signatures, tables
from tests.announcements import announced
from wagtail_contracts import canonical, events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.errors import (
    AnswersRefused,
    ContractIsClosed,
    NotReady,
    WrongState,
)
from wagtail_contracts.contracts.models import (
    Contract,
    ContractVersion,
    Participant,
)
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import CodeWrong, NotIdentified
from wagtail_contracts.signing.models import Identification, Signature

pytestmark = pytest.mark.django_db


def revise(stage, **changes):
    contract = Contract.objects.get(pk=stage.contract.pk)
    for name, value in {"title": "Hosting 2028", **changes}.items():
        setattr(contract, name, value)
    contract.save()
    return contracts.revise(contract, builders.shown(contract), "Why", by=stage.owner)


def test_1_a_version_never_changes_and_its_digest_recomputes(answered):
    for version in ContractVersion.objects.all():
        published = json.loads(version.record)
        # Only the published rules: RFC 8785 of another author, the tag, a zero byte, SHA-256.
        assert rfc8785.dumps(published) == version.record.encode()
        assert canonical.digest(canonical.CONTRACT_VERSION, published) == version.digest
        content = canonical.digest(canonical.CONTRACT_CONTENT, published["content"])
        assert content == version.content_digest == published["content_digest"]
    first, second = ContractVersion.objects.all()
    assert json.loads(second.record)["previous"] == first.digest
    for write in (first.save, first.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_2_a_signature_names_a_version_and_counts_only_while_that_is_newest(answered):
    given = signatures.sign(answered.kari)
    assert (given.version, given.digest) == (answered.version, answered.version.digest)
    assert len(signing.standing(Contract.objects.get().current_version).given) == 1

    revise(answered)
    newest = journeys.stage(answered.contract, answered.sender)
    assert signing.standing(newest.version).given == []
    signatures.sign(newest.ola)
    assert Contract.objects.get().state == "signing"  # Kari's old yes does not count


def test_3_what_would_be_signed_makes_a_version_and_nothing_else_does(answered, sent):
    count = ContractVersion.objects.count
    assert count() == 2  # the answers made one
    contract = Contract.objects.get()
    contract.save()
    contracts.revise(contract, builders.shown(contract), "", by=answered.owner)
    contracts.remind(answered.kari, by=answered.owner)
    contracts.extend(contract, contract.deadline.replace(year=2099), by=answered.owner)
    contracts.reopen(contract, "Why", by=answered.owner)
    contracts.open_signing(contract, by=answered.owner)
    contracts.save_answers(answered.kari, {"remarks": "x"}, by=answered.owner)
    assert count() == 2
    revise(answered)
    assert count() == 3


def test_4_locked_blocks_stay_and_a_deviation_is_found_by_the_server(in_review):
    with announced(in_review.contract) as heard:
        version = revise(in_review)
    assert heard.own == []
    blocks = {block["id"]: block for block in trees.blocks(version.content["body"])}
    for entry in in_review.contract.outline:
        before = in_review.version.content["body"]
        (was,) = [block for block in before if block["id"] == entry["id"]]
        assert blocks[entry["id"]] == was


@pytest.mark.parametrize("policy", ["locked", "editable"])
def test_4_a_change_that_got_past_the_form_is_a_deviation_in_our_own_trail(in_review, policy):
    body = plain(in_review.contract.body)
    clauses = [entry for entry in body if entry["type"] == "clause"]
    changed = next(entry for entry in clauses if entry["value"]["policy"] == policy)
    changed["value"] = {**changed["value"], "text": "<p>Something else.</p>"}
    with announced(in_review.contract) as heard:
        revise(in_review, body=body)

    found = [{"block": changed["id"], "kind": "changed"}]
    assert heard.own == [(events.DEVIATIONS_FOUND, {"version": 2, "deviations": found})]


def test_5_a_contract_is_signed_once_by_the_signature_that_meets_every_rule(answered):
    signatures.sign(answered.kari)
    assert Contract.objects.get().state == "signing"
    with announced(answered.contract) as heard:
        signatures.sign(answered.ola)

    assert heard.names[-2:] == [events.SIGNATURE_GIVEN, events.CONTRACT_SIGNED]
    assert heard.tasks == ["signing.seal", "signing.alarm"]
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.conclude(answered.contract, answered.version.digest, by=SYSTEM)


def test_6_no_signature_before_answers_and_identification(sent):
    words, by = signatures.affirmed(sent.ola), builders.guest(sent.ola)
    proof = signatures.proof(sent.ola)
    with tables.unchanged(), pytest.raises(NotReady):
        signing.sign(sent.ola, sent.version.digest, proof, words, by=by)

    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=builders.guest(sent.kari))
    with tables.unchanged(), pytest.raises(NotIdentified):  # it was for the version before
        signing.sign(sent.ola, signatures.digest(sent.ola), proof, words, by=by)
    assert signatures.sign(sent.ola)


def test_7_every_change_view_download_and_failure_is_an_event_of_the_same_transaction(answered):
    asked = signatures.challenge(answered.kari)
    wrong = signatures.another(signatures.code(asked))
    with pytest.raises(CodeWrong):
        signing.identify(asked, wrong, by=builders.guest(answered.kari))
    contracts.view(answered.kari, answered.version.digest, by=builders.guest(answered.kari))
    signatures.sign_all(answered)
    signing.seal(answered.version, by=SYSTEM)
    signing.download(answered.contract, by=builders.guest(answered.kari))

    told = {event.name for event in Event.objects.of(answered.contract.trail)}
    assert told >= {
        events.IDENTIFICATION_FAILED,
        events.CONTRACT_VIEWED,
        events.SIGNATURE_GIVEN,
        events.CONTRACT_SIGNED,
        events.DOCUMENT_SEALED,
        events.DOCUMENT_DOWNLOADED,
    }


def test_7_a_change_that_is_rolled_back_leaves_no_event(answered):
    with tables.unchanged(), transaction.atomic():
        contracts.withdraw(answered.contract, "Why", by=answered.owner)
        signing.invite(answered.kari, by=SYSTEM)
        transaction.set_rollback(True)


def test_8_money_is_decimal_with_a_currency_and_never_a_float(draft):
    value = draft.values["price"]
    assert (Decimal(value["amount"]), value["currency"]) == (Decimal("5300.00"), "NOK")
    record = json.dumps(contracts.compose(draft))
    assert json.loads(record, parse_float=pytest.fail)
    for wrong in ("5300 EUR", "1e3", "-1", "0.001", "NaN"):
        with pytest.raises(AnswersRefused):
            builders.contract(draft.template.specific, draft.owner, values={"price": wrong})


def test_9_who_may_not_see_a_workspace_finds_no_contract_of_it(draft, template):
    stranger = builders.staff("eva", builders.workspace("legal"))

    assert not Contract.objects.visible_to(stranger).exists()
    assert list(Contract.objects.visible_to(draft.owner)) == [draft]
    with pytest.raises(Contract.DoesNotExist):
        Contract.objects.visible_to(stranger).get(pk=draft.pk)


def test_10_nothing_leaves_but_through_a_row_that_was_committed_with_its_cause(
    answered, mailoutbox
):
    with tables.unchanged(), transaction.atomic():
        contracts.remind(answered.kari, by=answered.owner)
        transaction.set_rollback(True)
    signatures.sign_all(answered)

    assert mailoutbox == []  # nothing was sent by the verbs themselves
    assert Message.objects.filter(topic=events.MAIL_DUE).exists()
    assert Message.objects.filter(subscriber="signing.seal").count() == 1


def test_11_times_are_utc_in_the_tables_and_in_the_records(answered):
    signatures.sign(answered.kari)
    for model in (ContractVersion, Signature, Identification, Event):
        for name in [f.attname for f in model._meta.fields if isinstance(f, models.DateTimeField)]:
            for at in model.objects.values_list(name, flat=True):
                assert at is None or at.tzinfo == UTC
    for event in Event.objects.all():
        assert event.content["at"].endswith("Z")
    assert answered.version.contract_json["frozen_at"].endswith("Z")


def test_12_a_draft_is_deleted_and_what_was_sent_never_is(template, sender, sent):
    for delete in (
        sent.contract.delete,
        Contract.objects.all().delete,
        Participant.objects.all().delete,
    ):
        with tables.unchanged(), pytest.raises(ContractIsClosed), transaction.atomic():
            delete()

    builders.contract(template, sender).delete()
    assert list(Contract.objects.all()) == [sent.contract]
