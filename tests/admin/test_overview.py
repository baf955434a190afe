"""The overview tells where a contract stands, by the trail and the outbox."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import builders, database, signatures, tables
from tests.admin import posts
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Disclosure, Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin.rights import words
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering import factor_mail, happened
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.admin import timeline
from wagtail_contracts.signing.rendering import alerts


def overview(client: Any, contract: Contract) -> str:
    response = client.get(posts.address("inspect", contract.pk))
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


@pytest.fixture
def signed(answered: SimpleNamespace) -> SimpleNamespace:
    """Everybody has signed; the seal is asked for."""
    signatures.sign_all(answered)
    answered.contract = Contract.objects.get(pk=answered.contract.pk)
    return answered


def test_looking_writes_nothing(admin, answered):
    with tables.unchanged():
        overview(admin, answered.contract)


def test_a_draft_leads_to_sending(admin, draft):
    text = overview(admin, draft)
    assert "This is a draft. Nobody outside has seen it." in text
    assert posts.address("send", draft.pk) in text
    assert "None yet: it has not been sent." in text


def test_a_review_says_that_the_others_agree_once_they_all_do(admin, in_review):
    alone = "The others read and fill in. Nobody can sign before you open it for signing."
    all_do = "The others agree to version 1. Open it for signing to go on."
    text = overview(admin, in_review.contract)
    assert alone in text
    assert all_do not in text
    kari, digest = in_review.kari, in_review.version.digest
    contracts.agree_in_review(kari, digest, by=builders.guest(kari))
    text = overview(admin, in_review.contract)
    assert all_do in text
    assert alone not in text


def test_steps_of_the_people_come_from_the_trail(admin, sent):
    signing.invite(sent.kari, by=SYSTEM)
    contracts.view(sent.kari, sent.version.digest, by=builders.guest(sent.kari))
    page = admin.get(posts.address("inspect", sent.contract.pk))
    [theirs] = [side for side in page.context["sides"] if not side.own]
    steps = {step.name: step for step in theirs.people[0].steps}
    assert [step.done for step in steps.values()] == [True, True, False, False]
    assert steps["Filled in"].words == "2 fields are empty"
    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=builders.guest(sent.kari))
    signatures.sign(sent.kari)
    page = admin.get(posts.address("inspect", sent.contract.pk))
    [theirs] = [side for side in page.context["sides"] if not side.own]
    assert all(step.done for step in theirs.people[0].steps)


def test_every_event_of_the_house_is_shown_somewhere():
    """In the story of a contract, of a workspace, or in a mail: on a device, on abuse."""
    named = {name for key, name in vars(events).items() if key.isupper()}
    topics = {events.MAIL_DUE, events.SEAL_DUE, events.DIGEST_DUE, events.SENDING_DUE}
    topics |= {
        events.SMS_DUE,
        events.LINKS_DUE,
        events.ALERT_DUE,
        events.QUOTA_DUE,
        events.ALARM_DUE,
    }
    topics |= {events.VISIT_DUE, events.SERVICE_DUE}
    topics |= {events.CIRCULAR_DUE, events.CIRCULAR_REMINDER_DUE}
    assert named - topics - {events.RETENTION_CARRIED_OUT, events.SITE_CHECKED} == {
        *happened.ANYWHERE,
        *timeline.ICONS,
        *words.ICONS,
        *factor_mail.SUBJECTS,
        *alerts.MAILS,
    }


def test_what_happened_is_told_in_sentences(admin, signed):
    text = overview(admin, signed.contract)
    for sentence in (
        "Ola Nordmann made the draft",
        "Ola Nordmann sent version 1",
        "Kari Nordmann filled in data fields; that made version 2",
        "Kari Nordmann was identified with a code by e-mail",
        "Kari Nordmann signed version 2",
        "Everybody has signed version 2",
    ):
        assert sentence in text
    assert signed.version.digest in text


def test_what_is_exported_is_told_in_the_same_words_and_without_people_where_none_may_be_read(
    signed,
):
    told = [line.words for line in audit.timeline(signed.contract.trail)]
    assert "Kari Nordmann was identified with a code by e-mail" in told
    assert "Kari Nordmann signed version 2" in told
    assert not any("…" in words for words in told)
    closed = [line.words for line in audit.timeline(signed.contract.trail, disclosing=False)]
    assert "… was identified with a code by e-mail" in closed
    assert not any("Nordmann" in words for words in closed)


def test_however_many_events_name_people_they_are_looked_up_once(sent):
    trail, begin = sent.contract.trail, audit.verify(sent.contract.trail).length
    told = {"participant": sent.kari.public_id, "version": 1, "digest": "d"}
    with transaction.atomic():
        for _event in range(20):
            audit.record(trail, events.PARTICIPANT_REMINDED, told, by=SYSTEM)
    asked = []
    for count in (2, 20):
        with CaptureQueriesContext(connection) as queries:
            lines = audit.timeline(trail, begin=begin, count=count)
        assert [line.words for line in lines] == [lines[0].words] * count
        asked.append(len(queries))
    assert lines[0].words == "System reminded Kari Nordmann"
    assert asked[0] == asked[1]


def test_a_name_that_is_gone_without_being_erased_is_not_called_erased(admin, sent):
    event = Event.objects.of(sent.contract.trail).named(events.CONTRACT_SENT).get()
    with database.triggers_lifted():
        Disclosure.objects.all().delete()
    text = overview(admin, sent.contract)
    assert f"user {event.actor_key} sent version 1" in text
    assert "Somebody whose data were erased" not in text


def test_what_was_erased_says_when_and_why(admin, sent):
    event = Event.objects.of(sent.contract.trail).named(events.CONTRACT_SENT).get()
    assert "Personal data erased" not in overview(admin, sent.contract)
    audit.erase(sent.contract.trail, event.commitments["label"], "retention", by=SYSTEM)
    text = overview(admin, sent.contract)
    assert "Somebody whose data were erased sent version 1" in text
    assert text.count("Personal data erased on ") == 1
    assert ", because its time was over" in text


def test_our_own_trail_is_marked_as_ours(admin, template, sender):
    contract = builders.contract(template, sender)
    contract.title = "Other"
    honest = posts.entries(contract)
    honest[5] |= {"deleted": "1"}
    admin.post(posts.address("edit", contract.pk), posts.edit(contract, honest))
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(sender))
    text = overview(admin, contract)
    assert "Version 1 differs from the template (blocks: 1)" in text
    assert "our side only" in text


def test_a_trail_that_was_tampered_with_is_an_alarm(admin, sent):
    assert "unbroken" in overview(admin, sent.contract)
    with database.triggers_lifted():
        Event.objects.filter(trail__key=sent.contract.trail, sequence=2).update(record="{}")
    text = overview(admin, sent.contract)
    assert "The audit trail is damaged" in text
    assert "made the draft" not in text
    assert "unbroken" not in text


def test_the_way_of_the_seal(admin, signed):
    assert "Sealing…" in overview(admin, signed.contract)
    message = Message.objects.get(subscriber="signing.seal")
    Message.objects.filter(pk=message.pk).update(attempts=3, last_error="SealRefused: no key")
    text = overview(admin, signed.contract)
    assert "Sealing is delayed (attempts: 3): SealRefused: no key" in text
    again = posts.address("seal_again", signed.contract.pk)
    assert again in text
    assert admin.get(again).status_code == 405
    admin.post(again)
    assert Message.objects.get(pk=message.pk).earlier_attempts == 3


def test_the_sealed_file_is_fetched_and_that_is_recorded(admin, signed):
    url = posts.address("sealed", signed.contract.pk)
    assert admin.get(url).status_code == 405
    answer = admin.post(url)
    assert answer.url == posts.address("inspect", signed.contract.pk)
    made = signing.seal(signed.contract.current_version, by=SYSTEM)
    assert "Download the sealed PDF" in overview(admin, signed.contract)
    response = admin.post(url)
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]
    told = Event.objects.of(signed.contract.trail).named(events.DOCUMENT_DOWNLOADED).last()
    assert told.data["file"] == made.digest
    assert told.label == "Ola Nordmann"


def test_a_mail_that_did_not_leave_is_told_on_top(admin, sent):
    mine = Message.objects.filter(topic=events.MAIL_DUE, keys__participant=sent.kari.pk)
    mine.update(attempts=2, last_error="SMTPRecipientsRefused: 550 unknown")
    text = overview(admin, sent.contract)
    assert "An e-mail to Kari Nordmann has not left: The mail server refuses the mail." in text
    assert "SMTPRecipientsRefused: 550 unknown" in text


@pytest.mark.parametrize(
    ("end", "words"),
    [
        ("decline", "Kari Nordmann declined: The price. “Too dear”"),
        ("withdraw", "The contract was withdrawn."),
    ],
)
def test_how_it_ended_is_said(admin, sent, end, words):
    if end == "decline":
        signatures.decline(sent.kari, reason="Too dear")
    else:
        contracts.withdraw(sent.contract, "Changed our mind", by=sent.owner)
    text = overview(admin, sent.contract)
    assert words in text
    assert posts.address("edit", sent.contract.pk) not in text


def test_a_version_is_read_as_it_was_frozen(admin, answered):
    url = posts.address("version", answered.contract.pk)
    first = admin.get(f"{url}?number=1").content.decode()
    newest = admin.get(url).content.decode()
    assert "pay@customer.example" in newest
    assert "pay@customer.example" not in first
    assert "What changes since version 1" in newest
    assert "What changes since" not in first
    for number in ("3", "0", "x", "9" * 20, "-1"):
        assert admin.get(f"{url}?number={number}").status_code == 404


def test_a_draft_has_no_version_to_read(admin, draft):
    assert admin.get(posts.address("version", draft.pk)).status_code == 404


def test_long_histories_cost_no_more_queries(admin, sent):
    url = posts.address("inspect", sent.contract.pk)
    admin.get(url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        admin.get(url)
    for _ in range(20):
        contracts.view(sent.kari, sent.version.digest, by=builders.guest(sent.kari))
    with CaptureQueriesContext(connection) as many:
        admin.get(url)
    assert len(many) == len(few)
