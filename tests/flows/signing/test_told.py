"""Who is told of talk and of people: who did it, where and how often, and never what was said."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests import builders, mails, signatures
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.rendering.letters.people import PEOPLE
from wagtail_contracts.signing.rendering.letters.talk import TALK

# By kind: the subject, the button (none where there is nothing to open) and where it leads.
WORDS = {
    "commented": ("Ola Nordmann commented on Hosting 2027", "See the comments", "threads"),
    "asked": ("Ola Nordmann asked about Hosting 2027", "Answer", "threads"),
    "mentioned": ("Ola Nordmann mentioned you in Hosting 2027", "See the comments", "threads"),
    "suggested": (
        "Ola Nordmann suggests a change in Hosting 2027",
        "See the suggestion",
        "threads",
    ),
    "suggestion_accepted": (
        "Ola Nordmann accepted a suggestion of yours in Hosting 2027",
        "See what changed",
        "changes",
    ),
    "suggestion_dismissed": (
        "Ola Nordmann answered a suggestion of yours in Hosting 2027",
        "See the answer",
        "threads",
    ),
    "more_time_asked": (
        "Ola Nordmann asks for more time for Hosting 2027",
        "Extend the deadline",
        "threads",
    ),
    "agreed": ("Ola Nordmann agrees to Hosting 2027", "See progress", ""),
    "forwarded": ("Ola Nordmann asks you to take over Hosting 2027", "Read the contract", ""),
    "person_added": ("Ola Nordmann asks you to look at Hosting 2027", "Read the contract", ""),
    "person_replaced": ("You no longer take part in Hosting 2027", "", ""),
    "access_revoked": ("You no longer take part in Hosting 2027", "", ""),
    "people_changed": (
        "Hosting 2027: other people take part now",
        "See who has access",
        "people",
    ),
    "person_asked": ("Ola Nordmann wants somebody else in Hosting 2027", "Answer", ""),
    "person_confirmed": (
        "Ola Nordmann consents to who you named in Hosting 2027",
        "Open the contract",
        "",
    ),
    "person_refused": (
        "Ola Nordmann does not consent to who you named in Hosting 2027",
        "Open the contract",
        "",
    ),
}


def due():
    """Let what waits to be bundled be due."""
    Message.objects.filter(done_at=None).update(not_before=timezone.now() - timedelta(seconds=1))


def told():
    due()
    return [(letter.to[0], letter.subject) for letter in mails.sent()]


def a_clause(stage):
    """The first numbered block of the version: its id and its number."""
    body = stage.version.content["body"]
    return next((node["id"], node["number"]) for node in body if node["number"])


def test_every_letter_of_talk_and_people_has_its_words_here():
    assert set(WORDS) == {*TALK, *PEOPLE}


@pytest.mark.parametrize("kind", WORDS)
def test_a_letter_says_who_did_it_and_leads_where_it_is_answered(answered, kind):
    mails.forget()
    with transaction.atomic():
        contracts.tell_of([answered.kari, answered.ola], kind, by=answered.owner)
    (letter,) = mails.sent()  # Ola did it

    subject, button, target = WORDS[kind]
    assert letter.subject == subject
    assert letter.to == ["kari@customer.example"]
    (link,) = [link for link in mails.links(letter) if "/c/" in link] or [""]
    assert bool(link) == bool(button)
    assert button in letter.body
    assert link.partition("?to=")[2] == target


def test_a_letter_names_the_clause_and_not_its_words(answered):
    block, number = a_clause(answered)
    mails.forget()
    with transaction.atomic():
        contracts.tell_of([answered.kari], "suggested", by=answered.owner, block=block)
    (letter,) = mails.sent()

    assert f"It is about clause {number}." in letter.body


def say(stage, *blocks, kind="commented"):
    for block in blocks:
        with transaction.atomic():
            contracts.tell_bundled([stage.kari, stage.ola], kind, by=stage.owner, block=block)


def test_what_is_said_within_ten_minutes_is_told_in_one_mail_and_what_follows_in_another(answered):
    block, number = a_clause(answered)
    mails.forget()
    say(answered, block, block, "")
    say(answered, block, kind="asked")

    assert mails.sent() == []  # not yet
    (message,) = Message.objects.filter(keys__kind="commented")
    assert timedelta(minutes=9) < message.not_before - message.posted_at <= timedelta(minutes=10)
    kari = "kari@customer.example"
    first = [
        (kari, "3 new comments in Hosting 2027"),
        (kari, f"Ola Nordmann asked about clause {number} in Hosting 2027"),
    ]
    assert sorted(told()) == sorted(first)
    say(answered, block)
    assert told()[2:] == [(kari, f"Ola Nordmann commented on clause {number} in Hosting 2027")]


def test_comments_of_two_people_are_one_mail_that_names_neither(answered):
    mails.forget()
    say(answered, "")
    with transaction.atomic():
        other = builders.actor(builders.staff("eva", answered.contract.workspace))
        contracts.tell_bundled([answered.kari], "asked", by=other)
        contracts.tell_bundled([answered.kari], "asked", by=answered.owner)

    assert sorted(subject for _to, subject in told()) == [
        "2 questions about Hosting 2027",
        "Ola Nordmann commented on Hosting 2027",
    ]


def test_a_mail_that_was_tried_tells_of_nothing_more(answered):
    mails.forget()
    say(answered, "")
    Message.objects.update(attempts=1)
    say(answered, "")

    assert [message.keys["n"] for message in Message.objects.order_by("pk")] == [1, 1]


def test_the_owner_gets_one_mail_of_several_comments_and_leads_to_the_admin(answered):
    mails.forget()
    by = builders.guest(answered.kari)
    block, number = a_clause(answered)
    for _ in range(2):
        with transaction.atomic():
            contracts.tell_owner_bundled(
                answered.contract, "commented", by=by, participant=answered.kari, block=block
            )
    with transaction.atomic():
        contracts.tell_owner_bundled(
            answered.contract, "asked", by=by, participant=answered.kari, block=block
        )
        contracts.tell_owner_bundled(answered.contract, "asked", by=answered.owner)

    assert sorted(told()) == [
        ("ola@eksempel.example", "2 new comments in Hosting 2027"),
        ("ola@eksempel.example", f"Kari Nordmann asked about clause {number} in Hosting 2027"),
    ]


def test_nobody_is_told_of_talk_about_a_contract_that_has_ended(answered):
    say(answered, "")
    signatures.decline(answered.kari)
    mails.forget()
    say(answered, "")

    assert told() == []
