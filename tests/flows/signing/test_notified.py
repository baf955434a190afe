"""Whom the worker tells what, by their choices: a mail, a line in the mail of the day, or none."""

from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from wagtail.users.models import UserProfile

from tests import builders, consumers, mails, signatures
from tests.flows.signing.notified import CASES, desk
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks as contract_tasks
from wagtail_contracts.contracts.models import GroupWorkspacePermission, Notification
from wagtail_contracts.contracts.models.notifications import How, Kind
from wagtail_contracts.contracts.rendering.notices import sentence
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import tasks

CHOOSE = "you choose in your account"  # at the foot of each mail to staff


@pytest.fixture
def people(sales, sender):
    return desk(sales, sender)


@pytest.fixture
def bought(sales, sender):
    """A consumer has signed, and all others."""
    made = consumers.out(sender, consumers.template(sales))
    consumers.sign_all(made)
    return made


@contextmanager
def undone():
    """Try something out of what was done, and take it back."""
    with transaction.atomic():
        mail.outbox.clear()
        yield
        transaction.set_rollback(True)


def choose(people, kind, how):
    """All of them want this of one kind, and no mails of any other."""
    rest = dict.fromkeys(Kind.values, How.NEVER)
    for user in (people.ola, people.eva, people.per):
        contracts.choose(user, {**rest, kind: how}, by=builders.actor(user))


def told():
    """What the worker sends to staff now, as (address, body)."""
    letters = [letter for letter in mails.sent() if CHOOSE in letter.body]
    mail.outbox.clear()
    for letter in letters:
        words, _end, account = letter.body.rstrip().rpartition("\n")
        assert (words.endswith(f"{CHOOSE}:"), mails.swallowed(letter)) == (True, [])
        assert f'<a href="{account}"' in mails.html(letter)
    return [(letter.to[0], letter.body) for letter in letters]


def next_day():
    """Let the hour of the mail of the day come."""
    Notification.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    contract_tasks.post_digests()
    contract_tasks.post_digests()  # another worker's


def addresses(names):
    return sorted(f"{name}@eksempel.example" for name in names)


@pytest.mark.parametrize("kind", Kind.values)
def test_each_is_told_once_by_their_choice_and_nobody_else(kind, request, people):
    """A kind without a case fails here."""
    case = CASES[kind]
    stage = request.getfixturevalue(case.stage)
    mails.forget()
    case.act(stage, people)
    Message.objects.exclude(topic=events.MAIL_DUE).delete()
    due = addresses(case.due)

    with undone():
        choose(people, kind, How.AT_ONCE)
        assert [to for to, _body in sorted(told())] == due
        next_day()
        assert told() == []
    with undone():
        choose(people, kind, How.DAILY)
        assert told() == []
        next_day()
        found = sorted(told())
        assert [to for to, _body in found] == due
        for note in Notification.objects.filter(kind=kind):
            bodies = [body for to, body in found if to == note.user.email]
            assert [body.count(f"{sentence(note)}:") for body in bodies] == [1]
    with undone():
        choose(people, kind, How.NEVER)
        assert told() == []
        next_day()
        assert told() == []
        assert addresses(n.user.username for n in Notification.objects.filter(kind=kind)) == due
    with undone():
        choose(people, kind, How.AT_ONCE)
        GroupWorkspacePermission.objects.filter(group__user__username__in=case.due).delete()
        assert told() == []
        assert not Notification.objects.filter(kind=kind).exists()


def test_whoever_is_to_approve_reads_which_contract_it_is_and_which_rules_ask(draft, people):
    mails.forget()
    CASES[Kind.APPROVAL_ASKED].act(draft, people)
    Message.objects.exclude(topic=events.MAIL_DUE).delete()

    (_to, body), *others = told()

    assert others == []
    assert f"It is {draft.number}, with {draft.counterparties}." in body
    assert "It needs an approval by these rules: Finance." in body
    assert "5,300" not in body


def test_there_is_a_case_for_each_kind_and_no_other():
    assert set(CASES) == set(Kind)
    assert len(CASES) > 15


def test_nobody_is_told_what_they_did_themselves(draft, people):
    with transaction.atomic():
        contracts.notify("sent", [people.ola, people.eva], draft, by=builders.actor(people.eva))

    (message,) = Message.objects.filter(keys__kind="sent")
    assert message.keys["user"] == people.ola.pk


@pytest.mark.parametrize(("who", "times"), [("ola", 0), ("kari", 1)])
def test_whoever_owns_a_contract_and_signs_it_is_told_of_others_alone(answered, who, times):
    person = getattr(answered, who)
    contracts.view(person, answered.version.digest, by=builders.guest(person))
    signatures.sign(person)
    posted = Message.objects.filter(keys__user=answered.sender.pk)
    kinds = [message.keys["kind"] for message in posted]

    assert [kinds.count(kind) for kind in ("opened", "signed_one")] == [times, times]


def test_somebody_named_twice_is_told_once(draft, people):
    with transaction.atomic():
        contracts.notify("sent", [people.ola, people.per, people.ola], draft, by=people.by)

    assert Message.objects.filter(keys__kind="sent").count() == 2


@pytest.mark.parametrize("how", [How.AT_ONCE, How.DAILY])
def test_a_message_that_is_delivered_again_tells_nothing_again(sent, people, how):
    choose(people, "declined", how)
    mails.forget()
    CASES["declined"].act(sent, people)
    assert len(told()) == (how == How.AT_ONCE)
    for message in Message.objects.filter(topic=events.MAIL_DUE, keys__has_key="user"):
        tasks.send_mail(message)
    next_day()
    digests = Message.objects.filter(topic=events.DIGEST_DUE)
    assert len(told()) == (how == How.DAILY) == digests.count()
    for message in digests:
        tasks.send_digest(message)

    assert (mail.outbox, Notification.objects.count()) == ([], 1)


def test_a_digest_holds_the_news_of_a_day_and_none_of_the_next(sent, people):
    choose(people, "opened", How.DAILY)
    contracts.choose(people.ola, {"answered": How.DAILY}, by=SYSTEM)
    mails.forget()
    CASES["opened"].act(sent, people)
    CASES["answered"].act(sent, people)
    assert told() == []
    next_day()
    ((to, body),) = told()

    assert to == "ola@eksempel.example"
    lines = ("Kari Nordmann opened Hosting 2027:", "Hosting 2027 was filled in:")
    assert [body.count(line) for line in lines] == [1, 1]
    next_day()
    assert told() == []


def test_a_digest_waits_for_its_hour(sent, people):
    choose(people, "opened", How.DAILY)
    CASES["opened"].act(sent, people)
    told()
    contract_tasks.post_digests()

    assert not Message.objects.filter(topic=events.DIGEST_DUE).exists()
    note = Notification.objects.get()
    assert note.due_at == contracts.digest_at(people.ola, note.made_at)


def test_a_digest_names_nothing_that_its_reader_may_not_see_any_more(sent, people):
    choose(people, "opened", How.DAILY)
    CASES["opened"].act(sent, people)
    told()
    next_day()
    GroupWorkspacePermission.objects.filter(group__user=people.ola).delete()

    assert told() == []


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Asia/Tokyo", "America/New_York"])
def test_the_mail_of_the_day_goes_by_the_clock_of_its_reader(people, zone):
    profile = UserProfile.get_for_user(people.ola)
    profile.current_time_zone = zone
    profile.save()
    people.ola.refresh_from_db()
    due = contracts.digest_at(people.ola, timezone.now())

    assert due.astimezone(ZoneInfo(zone)).hour == 7
