"""What people say about a contract: for everyone, or among the people of one side."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import builders, tables
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event, Trail
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.errors import (
    CommentRefused,
    NotAllowed,
    NotYourPart,
    OnlyByFlow,
    WrongState,
)
from wagtail_contracts.contracts.models import Comment, Contract, Thread
from wagtail_contracts.outbox.models import Message

Matter = contracts.Matter


def block_called(version, heading):
    """The block whose heading is this."""
    for block in trees.blocks(version.content["body"]):
        if any(node.get("text") == heading for node in block.get("heading", ())):
            return block["id"]
    raise AssertionError(heading)


def begin(stage, person, text="May we begin later?", by=None, **matter):
    """Say something new; as the sender where there is no person."""
    by = by or (builders.guest(person) if person else stage.owner)
    return contracts.begin_thread(stage.contract, person, text, Matter(**matter), by=by)


def told(kind, contract):
    """The keys of those for whom messages of this kind are: staff, or people who take part."""
    found = Message.objects.filter(topic=events.MAIL_DUE, keys__kind=kind).order_by("pk")
    return [message.keys.get("user", message.keys.get("participant")) for message in found]


def events_of(key):
    return list(Event.objects.of(key).order_by("sequence").values_list("name", flat=True))


def test_everybody_reads_what_is_said_to_everyone_and_who_said_it(in_review):
    block = block_called(in_review.version, "Price")
    thread = begin(in_review, in_review.kari, kind="question", block=block)
    answer = contracts.reply(thread, "Yes, any day.", by=in_review.owner)

    for seen in (
        Thread.objects.seen_by(in_review.kari),
        Thread.objects.seen_by(in_review.ola),
        Thread.objects.of_staff(in_review.sender, in_review.contract),
    ):
        (found,) = seen
        assert found == thread
        assert (found.block, found.version, found.is_internal) == (block, in_review.version, False)
        first, second = found.comments.all()
        assert (first.participant, first.user, first.text) == (
            in_review.kari,
            None,
            "May we begin later?",
        )
        assert (second, second.user, second.participant) == (answer, in_review.sender, None)


def test_each_act_stands_in_the_shared_trail_without_the_text(in_review):
    before = len(events_of(in_review.contract.trail))
    thread = begin(in_review, in_review.kari, "The marker stands here.")
    contracts.resolve(thread, by=in_review.owner)
    contracts.reopen_thread(thread, by=builders.guest(in_review.kari), participant=in_review.kari)

    assert events_of(in_review.contract.trail)[before:] == [
        events.THREAD_BEGUN,
        events.COMMENT_MADE,
        events.THREAD_RESOLVED,
        events.THREAD_REOPENED,
    ]
    records = [event.record for event in Event.objects.of(in_review.contract.trail)]
    assert len([record for record in records if thread.public_id in record]) == 4
    assert not any("marker" in record for record in records)


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_what_one_side_says_to_itself_the_other_does_not_find_anywhere(in_review, side):
    mine, other = in_review.ola, in_review.kari
    if side == "theirs":
        mine, other = other, mine
    shared = events_of(in_review.contract.trail)
    own = events_of(in_review.contract.own_trail)
    posted = Message.objects.count()
    moved = Contract.objects.get(pk=in_review.contract.pk).listing.active_at

    thread = begin(in_review, mine, side=mine.party, by=builders.guest(mine))
    contracts.reply(thread, "Among us.", by=builders.guest(mine), participant=mine)

    assert list(Thread.objects.seen_by(mine)) == [thread]
    assert list(Thread.objects.seen_by(other)) == []
    assert events_of(in_review.contract.trail) == shared
    staff = Thread.objects.of_staff(in_review.sender, in_review.contract)
    if side == "ours":
        assert list(staff) == [thread]
        assert events_of(in_review.contract.own_trail) == [*own, *[events.ASIDE_NOTED] * 3]
        return
    assert list(staff) == []
    assert events_of(in_review.contract.own_trail) == own
    assert Message.objects.count() == posted
    assert Contract.objects.get(pk=in_review.contract.pk).listing.active_at == moved
    key = in_review.contract.aside_trail(mine.party)
    assert events_of(key) == [events.ASIDE_NOTED] * 3
    assert audit.verify(key, deep=True).length == 3


def test_nobody_speaks_into_what_they_may_not_see(in_review):
    theirs = begin(in_review, in_review.kari, side=in_review.kari.party)
    ours = begin(in_review, None, side=in_review.ola.party)
    stranger = builders.staff("per")
    guest = builders.guest(in_review.kari)
    acts = {
        "a member of staff in their thread": lambda: contracts.reply(
            theirs, "Hello", by=in_review.owner
        ),
        "they in ours": lambda: contracts.reply(
            ours, "Hello", by=guest, participant=in_review.kari
        ),
        "they resolve ours": lambda: contracts.resolve(ours, by=guest, participant=in_review.kari),
        "a stranger": lambda: contracts.reopen_thread(ours, by=builders.actor(stranger)),
    }
    with tables.unchanged():
        for act in acts.values():
            with pytest.raises(NotYourPart):
                act()
    assert len(acts) == 4

    contracts.reply(theirs, "Hello", by=guest, participant=in_review.kari)
    contracts.resolve(ours, by=in_review.owner)


def test_a_thread_is_for_everyone_or_for_ones_own_side(in_review):
    with tables.unchanged(), pytest.raises(NotAllowed):
        begin(in_review, in_review.kari, side=in_review.ola.party)
    with tables.unchanged(), pytest.raises(NotAllowed):
        begin(in_review, None, side=in_review.kari.party)

    begin(in_review, in_review.kari, side=in_review.kari.party)
    begin(in_review, None, side=in_review.ola.party)


def test_somebody_of_another_contract_says_nothing_here(in_review):
    other = builders.contract(in_review.contract.template.specific, in_review.sender)
    contracts.send(other, builders.shown(other), into="negotiating", by=in_review.owner)
    foreign = other.parties.get(role="customer").people.get()
    with tables.unchanged(), pytest.raises(NotYourPart):
        begin(in_review, foreign)

    stage = type(in_review)(**{**vars(in_review), "contract": other})
    assert begin(stage, foreign).contract_id == other.pk


def test_whoever_only_views_speaks_among_our_own(in_review):
    viewer = builders.staff("per", in_review.contract.workspace, ("view",))
    by = builders.actor(viewer)
    with tables.unchanged(), pytest.raises(NotAllowed):
        begin(in_review, None, by=by)

    assert begin(in_review, None, by=by, side=in_review.ola.party).comments.get().user == viewer


WRONG = {
    "nothing": ({"text": " \n "}, "text"),
    "too long": ({"text": "x" * 5001}, "text"),
    "a control character": ({"text": "a\x00b"}, "text"),
    "a turned direction": ({"text": "a\u202eb"}, "text"),
    "a foreign phrase": ({"quote": "a phrase of nobody"}, "quote"),
    "a long phrase": ({"quote": "x" * 301}, "quote"),
}


@pytest.mark.parametrize(("given", "field"), WRONG.values(), ids=WRONG)
def test_what_can_not_be_said_is_refused_with_the_field(in_review, given, field):
    block = block_called(in_review.version, "Availability")
    with tables.unchanged(), pytest.raises(CommentRefused) as refused:
        begin(in_review, in_review.kari, block=block, **given)
    assert list(refused.value.problems) == [field]

    fine = {"text": "x" * 5000, "quote": "It is up 99 % of the time."}
    begin(in_review, in_review.kari, block=block, **fine)


def test_a_phrase_of_a_clause_leads_to_the_part_that_has_it(in_review):
    section = block_called(in_review.version, "Service")
    thread = begin(in_review, in_review.kari, block=section, quote=" up 99 %\n of the ")

    assert thread.quote == "up 99 % of the"
    assert thread.block == block_called(in_review.version, "Availability")


def test_a_block_that_nobody_was_shown_is_the_whole_contract(in_review):
    thread = begin(in_review, in_review.kari, block="nothing-like-this", quote="It is up")

    assert (thread.block, thread.quote) == ("", "")


@pytest.mark.parametrize(
    ("close", "kinds"),
    [("withdrawn", ()), ("expired", ("more_time",))],
    ids=["withdrawn", "expired"],
)
def test_a_closed_contract_is_read_and_an_expired_one_asked_for_time(sent, close, kinds):
    every = [kind.value for kind in Thread.Kind]
    threads = {kind: begin(sent, sent.kari, kind=kind) for kind in every}
    if close == "withdrawn":
        contracts.withdraw(sent.contract, "Too late.", by=sent.owner)
    else:
        expire(sent)
    for kind, thread in threads.items():
        guest = {"by": builders.guest(sent.kari), "participant": sent.kari}
        acts = (
            lambda kind=kind: begin(sent, sent.kari, kind=kind),
            lambda thread=thread, guest=guest: contracts.reply(thread, "More", **guest),
            lambda thread=thread, guest=guest: contracts.resolve(thread, **guest),
        )
        for act in acts:
            if kind in kinds:
                act()
                continue
            with tables.unchanged(), pytest.raises(WrongState):
                act()
    assert len(threads) == 4


def expire(stage):
    """Its deadline passes."""
    late = timezone.now() + timedelta(days=400)
    with mock.patch.object(timezone, "now", return_value=late):
        contracts.expire(stage.contract, by=SYSTEM)


def test_more_time_is_asked_of_everyone_for_a_day_that_helps(in_review):
    deadline = in_review.contract.deadline
    for wrong in ({"wished_on": deadline}, {"side": in_review.kari.party}):
        with tables.unchanged(), pytest.raises(CommentRefused):
            begin(in_review, in_review.kari, kind="more_time", **wrong)

    wished = deadline + timedelta(days=1)
    thread = begin(in_review, in_review.kari, kind="more_time", wished_on=wished)

    assert thread.wished_on == wished
    assert told("more_time_asked", in_review.contract) == [in_review.sender.pk]


def test_an_answer_opens_what_was_resolved_and_a_second_time_changes_nothing(in_review):
    thread = begin(in_review, in_review.kari)
    contracts.resolve(thread, by=in_review.owner)
    thread.refresh_from_db()
    assert thread.resolved_by == "Ola Nordmann"
    with tables.unchanged():
        contracts.resolve(thread, by=in_review.owner)

    contracts.reply(thread, "One more.", by=in_review.owner)
    thread.refresh_from_db()

    assert (thread.resolved_at, thread.resolved_by) == (None, "")
    with tables.unchanged():
        contracts.reopen_thread(thread, by=in_review.owner)


def test_the_others_are_told_once_in_a_while_and_who_is_named_at_once(in_review):
    thread = begin(in_review, None, "Dear @Kari Nordmann, please look.")
    contracts.reply(thread, "And this.", by=in_review.owner)
    contracts.reply(thread, "And that.", by=in_review.owner)

    assert thread.comments.first().mentioned.get() == in_review.kari
    assert told("mentioned", in_review.contract) == [in_review.kari.pk]
    (bundle,) = Message.objects.filter(keys__kind="commented", keys__participant=in_review.kari.pk)
    assert bundle.keys["n"] == 2
    assert bundle.not_before > timezone.now()
    assert told("commented", in_review.contract) == [in_review.kari.pk]


def test_the_owner_is_told_what_others_say(in_review):
    begin(in_review, in_review.kari, kind="question")

    (asked,) = Message.objects.filter(keys__kind="asked", keys__has_key="user")
    assert asked.keys["user"] == in_review.sender.pk
    assert asked.keys["participant"] == in_review.kari.pk


def test_somebody_of_the_other_side_who_is_named_among_us_is_not_told(in_review):
    thread = begin(in_review, None, "@Kari Nordmann must not read it.", side=in_review.ola.party)

    assert thread.comments.get().mentioned.count() == 0
    assert told("mentioned", in_review.contract) == []


def test_comments_and_threads_are_written_by_flows_alone(in_review):
    thread = begin(in_review, in_review.kari)
    attempts = {
        "save": thread.save,
        "update": lambda: Thread.objects.filter(pk=thread.pk).update(quote="x"),
        "delete": thread.delete,
        "delete all": Thread.objects.all().delete,
        "create": lambda: Thread.objects.bulk_create([Thread()]),
    }
    with tables.unchanged():
        for attempt in attempts.values():
            with pytest.raises(OnlyByFlow):
                attempt()
    assert len(attempts) == 5
    assert Comment.objects.count() == 1
    assert Trail.objects.filter(key=in_review.contract.trail).count() == 1


def test_the_database_keeps_each_comment_and_who_was_named_in_it(in_review):
    comment = begin(in_review, None, "Dear @Kari Nordmann").comments.get()
    named = Comment.mentioned.through.objects
    attempts = {
        "update": lambda: Comment.objects.update(text="x"),
        "save": comment.save,
        "delete": lambda: Comment.objects.all()._raw_delete("default"),
        "unname": lambda: named.all().delete(),
    }
    with tables.unchanged():
        for attempt in attempts.values():
            with pytest.raises(IntegrityError), transaction.atomic():
                attempt()
    assert len(attempts) == 4
    assert named.count() == 1


def test_whoever_is_named_again_soon_gets_one_mail_of_all_that_follows(in_review):
    siri = contracts.NewPerson("Siri Sør", "siri@customer.example")
    siri = contracts.add_person(in_review.kari.party, siri, "adviser", by=in_review.owner)
    for turn in range(4):
        begin(in_review, in_review.kari, f"@Siri Sør {turn}")
    side = in_review.kari.party
    for turn in range(3):
        begin(in_review, in_review.kari, f"@Siri Sør {turn}", side=side)

    told = Message.objects.filter(keys__kind="mentioned", keys__participant=siri.pk).order_by("pk")
    assert [(row.keys.get("aside"), row.keys.get("n")) for row in told] == [
        (None, None),
        (None, 3),
        (side.pk, None),
        (side.pk, 2),
    ]
    assert [row.not_before > timezone.now() for row in told] == [False, True, False, True]

    later = timezone.now() + timedelta(minutes=11)
    with mock.patch.object(timezone, "now", return_value=later):
        begin(in_review, in_review.kari, "@Siri Sør")
    assert told.last().keys.get("n") is None
