"""A sending that is confirmed now and leaves later, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests import approvals, builders, mails, tables
from tests.announcements import announced
from tests.kinds import fitting
from wagtail_contracts import canonical, events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks
from wagtail_contracts.contracts.errors import NotAllowed, NotReady, StaleVersion, WrongState
from wagtail_contracts.contracts.models import (
    Contract,
    GroupWorkspacePermission,
    Participant,
    PlannedSending,
)
from wagtail_contracts.outbox.models import Message

LATER = timedelta(days=3)


@pytest.fixture
def minute(settings):
    """The time to undo that sites have, which tests do without."""
    ours = settings.WAGTAIL_CONTRACTS
    ours = {**ours, "CONTRACTS": {**ours["CONTRACTS"], "UNDO_SECONDS": 60}}
    settings.WAGTAIL_CONTRACTS = ours
    return timedelta(seconds=60)


def schedule(draft, user, **more):
    how = {"into": "signing", "recipients": builders.recipients(draft), **more}
    return contracts.schedule(draft, builders.shown(draft), by=builders.actor(user), **how)


def due():
    """Let the moment of all that is confirmed come."""
    waiting = Message.objects.filter(topic=events.SENDING_DUE)
    waiting.update(not_before=timezone.now() - timedelta(seconds=1))
    return mails.sent()


def state():
    return Contract.objects.get().state


def test_what_is_confirmed_is_a_draft_until_it_leaves(draft, sender):
    at = timezone.now() + LATER
    with announced(draft) as heard:
        plan = schedule(draft, sender, at=at)

    assert (state(), Contract.objects.get().current_version) == ("draft", None)
    assert (heard.shared, heard.mails) == ([], [])
    told = {"at": canonical.moment(at), "digest": plan.digest, "into": "signing"}
    assert heard.own == [(events.SENDING_PLANNED, {**told, "deadline": str(plan.deadline)})]
    assert mails.sent() == []
    assert Message.objects.get(topic=events.SENDING_DUE).not_before == at


def test_at_its_moment_exactly_what_was_confirmed_is_sent(draft, sender):
    plan = schedule(draft, sender, at=timezone.now() + LATER, into="negotiating")
    letters = due()

    contract = Contract.objects.get()
    assert contract.state == "negotiating"
    assert contract.current_version.content_digest == plan.digest
    assert contract.deadline == plan.deadline
    assert sorted(letter.to[0] for letter in letters) == [
        "kari@customer.example",
        "ola@eksempel.example",
    ]
    assert not PlannedSending.objects.exists()
    with tables.unchanged():
        tasks.send_planned(Message.objects.get(topic=events.SENDING_DUE))


def test_without_a_moment_there_is_a_minute_to_undo(draft, sender, minute):
    before = timezone.now()
    schedule(draft, sender)
    after = timezone.now()

    assert before + minute <= PlannedSending.objects.get().at <= after + minute
    assert mails.sent() == []
    with announced(draft) as heard:
        contracts.call_off(draft, by=builders.actor(sender))

    assert [name for name, _data in heard.own] == [events.SENDING_CANCELLED]
    assert (heard.shared, due()) == ([], [])
    assert (state(), PlannedSending.objects.count()) == ("draft", 0)


def test_a_moment_that_comes_too_soon_leaves_time_to_undo(draft, sender, minute):
    now = timezone.now()

    assert schedule(draft, sender, at=now + timedelta(seconds=5)).at >= now + minute


def test_what_has_left_is_not_called_off(draft, sender):
    schedule(draft, sender, at=timezone.now() + LATER)
    due()
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.call_off(draft, by=builders.actor(sender))


def test_it_is_confirmed_once_and_again_after_it_was_called_off(draft, sender):
    at = timezone.now() + LATER
    schedule(draft, sender, at=at)
    with tables.unchanged(), pytest.raises(WrongState):
        schedule(draft, sender, at=at)

    contracts.call_off(draft, by=builders.actor(sender))
    schedule(draft, sender, at=at + LATER)
    first, second = Message.objects.filter(topic=events.SENDING_DUE).order_by("pk")
    with tables.unchanged():
        tasks.send_planned(first)  # is for a moment that nobody waits for any more
    assert state() == "draft"
    tasks.send_planned(second)
    assert state() == "signing"


@pytest.mark.parametrize("days", [-1, 366])
def test_the_moment_lies_ahead_and_within_a_year(draft, sender, days):
    with tables.unchanged(), pytest.raises(NotReady):
        schedule(draft, sender, at=timezone.now() + timedelta(days=days))
    schedule(draft, sender, at=timezone.now() + timedelta(days=1))


def test_it_leaves_while_it_can_still_be_answered(draft, sender):
    deadline = contracts.default_deadline(draft)
    last = datetime(deadline.year, deadline.month, deadline.day, 22, tzinfo=UTC)  # 23 in Oslo
    with tables.unchanged(), pytest.raises(NotReady):
        schedule(draft, sender, at=last + timedelta(hours=2), deadline=deadline)
    schedule(draft, sender, at=last, deadline=deadline)


def lose_right(draft, sender):
    GroupWorkspacePermission.objects.filter(group__user=sender, verb="send").delete()


def leave(draft, sender):
    sender.is_active = False
    sender.save()


def retitle(draft, sender):
    draft.title = "Hosting 2028"
    draft.save()


def replace_person(draft, sender):
    Participant.objects.filter(name="Kari Nordmann").update(email="liv@customer.example")


CHANGES = {
    "title": (retitle, "stale_version"),
    "recipient": (replace_person, "stale_version"),
    "right": (lose_right, "not_allowed"),
    "left": (leave, "not_allowed"),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES)
def test_what_has_changed_since_is_not_sent_and_its_owner_is_told(
    draft, sender, sales, change, code
):
    eva = builders.staff("eva", sales)
    schedule(draft, eva, at=timezone.now() + LATER)
    change(draft, eva)
    with announced(draft) as heard:
        letters = due()

    assert (state(), Contract.objects.get().current_version) == ("draft", None)
    (event,) = heard.own
    assert (event[0], event[1]["code"]) == (events.SENDING_STOPPED, code)
    told = {"ola@eksempel.example"} | ({"eva@eksempel.example"} - {""} if eva.is_active else set())
    assert {letter.to[0] for letter in letters} == told
    assert all("was not sent at its time" in letter.subject for letter in letters)
    assert not PlannedSending.objects.exists()


def another_rule(draft, finn, boss):
    approvals.rule(draft.workspace, boss, finn, name="Legal")


def taken_back(draft, finn, boss):
    contracts.recall_approval(draft, by=builders.actor(draft.owner))


def sent_back(draft, finn, boss):
    contracts.reject(draft, builders.shown(draft), "Too dear.", by=builders.actor(finn))


def own_work(draft, finn, boss):
    merged = fitting(events.DRAFT_MERGED)
    contracts.record(draft, events.DRAFT_MERGED, merged, by=builders.actor(finn))


def nothing(draft, finn, boss):
    pass


@pytest.mark.parametrize("change", [another_rule, taken_back, sent_back, own_work, nothing])
def test_without_its_approval_nothing_is_sent_at_its_time_and_the_owner_is_told(
    draft, sender, sales, change
):
    boss, finn = approvals.boss(sales), approvals.approver(sales)
    approvals.rule(sales, boss, finn, **approvals.over("5000"))
    approvals.ask(draft, sender)
    approvals.say_yes(draft, finn)
    schedule(draft, sender, at=timezone.now() + LATER)
    change(draft, finn, boss)
    letters = due()

    stopped = [letter for letter in letters if "was not sent at its time" in letter.subject]
    if change is nothing:
        assert (state(), stopped) == ("signing", [])
        return
    assert Contract.objects.get().current_version is None
    [letter] = stopped
    assert letter.to == ["ola@eksempel.example"]
    assert "it needs an approval" in letter.subject


def test_who_may_not_send_confirms_and_calls_off_nothing(draft, sender, sales):
    eva = builders.staff("eva", sales, ("view", "edit"))
    with tables.unchanged(), pytest.raises(NotAllowed):
        schedule(draft, eva)
    with tables.unchanged(), pytest.raises(NotAllowed):
        contracts.schedule(draft, builders.shown(draft), into="signing", by=SYSTEM)

    schedule(draft, sender)
    with tables.unchanged(), pytest.raises(NotAllowed):
        contracts.call_off(draft, by=builders.actor(eva))


def test_a_sending_at_once_leaves_nothing_to_send_later(draft, sender):
    schedule(draft, sender, at=timezone.now() + LATER)
    shown = builders.shown(draft)
    contracts.send(draft, shown, into="signing", by=builders.actor(sender))
    mails.forget()

    assert not PlannedSending.objects.exists()
    assert due() == []


def test_a_draft_that_is_gone_is_not_sent(draft, sender):
    schedule(draft, sender, at=timezone.now() + LATER)
    Contract.objects.get().delete()

    assert due() == []


def test_what_was_shown_is_compared_when_it_is_confirmed(draft, sender):
    shown = builders.shown(draft)
    retitle(draft, sender)
    by = builders.actor(sender)
    with tables.unchanged(), pytest.raises(StaleVersion):
        contracts.schedule(draft, shown, into="signing", by=by)
    contracts.schedule(draft, builders.shown(draft), into="signing", by=by)


def test_a_message_stands_in_the_invitations_and_can_be_erased(draft, sender):
    text = " Here it is.\r\nClause 4 is\u202e new. "
    schedule(draft, sender, at=timezone.now() + LATER, message=text)
    letters = due()

    assert len(letters) == 2
    for letter in letters:
        assert "Message from Ola Nordmann:\n\nHere it is.\nClause 4 is new.\n" in letter.body
        assert "Clause 4 is new." in mails.html(letter)
    assert contracts.message_of(Contract.objects.get()) == text.replace("\r", "").strip()


def test_a_message_has_an_end(draft, sender):
    with tables.unchanged(), pytest.raises(NotReady):
        schedule(draft, sender, message="x" * 501)
    schedule(draft, sender, message="x" * 500)


def test_a_message_holds_no_links_but_ours(draft, sender, settings):
    ours = f"{settings.WAGTAIL_CONTRACTS['CONTRACTS']['PUBLIC_BASE_URL']}/c/"
    with tables.unchanged(), pytest.raises(NotReady, match=r"no links.*evil\.example/now"):
        schedule(draft, sender, message=f"Pay at evil.example/now, not at {ours}")
    schedule(draft, sender, message=f"Look at {ours}, or ask ola@eksempel.example.")


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES)
def test_what_would_not_leave_is_told_before_its_moment_and_confirmed_again(
    draft, sender, sales, change, code
):
    eva = builders.staff("eva", sales)
    schedule(draft, eva, at=timezone.now() + LATER)
    assert (contracts.fate(draft).code, contracts.waits(sender)) == ("", [])
    with tables.unchanged(), pytest.raises(WrongState):
        contracts.insist_on_no_plan(draft)
    change(draft, eva)

    draft = Contract.objects.get()
    assert (contracts.fate(draft).code, contracts.fates([draft.pk])[draft.pk].code) == (code, code)
    assert [wait.kind for wait in contracts.waits(sender)] == ["confirm"]
    with announced(draft) as heard:
        schedule(draft, sender, at=timezone.now() + LATER)
    assert [name for name, _data in heard.own] == [
        events.SENDING_CANCELLED,
        events.SENDING_PLANNED,
    ]
    assert (contracts.fate(draft).holds, contracts.waits(sender)) == (True, [])


def test_a_plan_waits_for_approval_as_soon_as_a_rule_asks(draft, sender, sales):
    schedule(draft, sender, at=timezone.now() + LATER)
    approvals.rule(sales, approvals.boss(sales), approvals.approver(sales))

    assert contracts.fate(draft).code == "approval_missing"
