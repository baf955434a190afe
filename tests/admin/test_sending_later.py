"""The door to sending now, with a minute to undo, and later; and to reminders."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import builders, mails, tables
from tests.admin import posts
from wagtail_contracts.contracts.models import Contract, PlannedSending, ReminderRule


@pytest.fixture
def minute(settings):
    ours = settings.WAGTAIL_CONTRACTS
    given = {**ours["CONTRACTS"], "UNDO_SECONDS": 60}
    settings.WAGTAIL_CONTRACTS = {**ours, "CONTRACTS": given}


@pytest.fixture
def at(client, sender):
    client.force_login(sender)
    return client


def post(client, name, contract, **data):
    return client.post(posts.address(name, contract.pk), data)


def send(client, draft, **more):
    shown = {"digest": builders.shown(draft), "recipients": builders.recipients(draft)}
    deadline = (timezone.now() + timedelta(days=20)).date()
    return post(client, "send", draft, **shown, into="signing", deadline=deadline, **more)


def look(client, name, contract):
    return client.get(posts.address(name, contract.pk)).content.decode()


def test_what_is_sent_now_can_be_called_off_for_a_minute(at, draft, minute):
    assert send(at, draft, message="Hello").status_code == 302
    assert PlannedSending.objects.get().message == "Hello"
    for name in ("inspect", "send"):
        assert "Call it off" in look(at, name, draft)
    assert "leaves on" in look(at, "inspect", draft)
    post(at, "call_off", draft)

    assert mails.sent() == []
    assert (Contract.objects.get().state, PlannedSending.objects.count()) == ("draft", 0)
    assert "Send…" in look(at, "inspect", draft)
    assert send(at, draft).status_code == 302


def test_a_moment_is_one_of_the_senders_own_clock(at, draft):
    later = timezone.localtime(timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    assert send(at, draft, at=later.strftime("%Y-%m-%dT%H:%M")).status_code == 302

    assert PlannedSending.objects.get().at == later


@pytest.mark.parametrize("at_", ["yesterday", "2020-01-01T10:00"])
def test_a_moment_that_cannot_be_is_refused_and_nothing_is_lost(at, draft, at_):
    with tables.unchanged():
        answer = send(at, draft, at=at_, message="Hello")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Hello" in page
    [field] = re.findall(r'<input[^>]*name="at"[^>]*>', page)
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_at-errors id_at-helptext"' in field
    assert 'id="id_at-errors"' in page
    assert re.search(r'autofocus>.*?<a href="#id_at">Send it at: ', page, re.DOTALL)
    assert send(at, draft).status_code == 302


def test_it_is_confirmed_once(at, draft, minute):
    send(at, draft)
    with tables.unchanged():
        assert send(at, draft).status_code == 200


def test_there_is_nothing_to_call_off_in_a_draft(at, draft, minute):
    with tables.unchanged():
        assert post(at, "call_off", draft).status_code == 200
    send(at, draft)
    assert post(at, "call_off", draft).status_code == 302


def test_reminders_are_kept_and_shown(at, sent):
    sent.contract.workspace.remind_unopened_days = 4
    sent.contract.workspace.save()
    assert 'value="4"' in look(at, "reminders", sent.contract)
    answer = post(at, "reminders", sent.contract, unopened="2", every="", before="3", paused="on")
    assert answer.status_code == 302

    row = ReminderRule.objects.get()
    assert (row.unopened, row.every, row.before, row.paused) == (2, None, 3, True)
    assert 'value="2"' in look(at, "reminders", sent.contract)


@pytest.mark.parametrize("days", ["0", "1", "366", "often"])
def test_days_that_cannot_be_are_refused(at, sent, days):
    with tables.unchanged():
        assert post(at, "reminders", sent.contract, every=days).status_code == 200
    assert post(at, "reminders", sent.contract, every="2").status_code == 302


def test_what_was_chosen_stands_in_the_form_again_after_it_was_called_off(at, draft):
    later = timezone.localtime(timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    chosen = later.strftime("%Y-%m-%dT%H:%M")
    assert send(at, draft, at=chosen, message="Clause 4 is nwe").status_code == 302
    deadline = PlannedSending.objects.get().deadline
    assert f'value="{deadline:%Y-%m-%d}"' not in look(at, "send", draft)  # nothing to fill in
    post(at, "call_off", draft)

    form = look(at, "send", draft)
    for kept in ("Clause 4 is nwe", f'value="{chosen}"', f'value="{deadline:%Y-%m-%d}"'):
        assert kept in form
    assert send(at, draft, at=chosen).status_code == 302
    assert "Clause 4 is nwe" not in look(at, "send", draft)


def test_the_time_to_undo_is_no_moment_that_somebody_chose(at, draft, minute):
    send(at, draft, message="Hello")
    leaves = look(at, "inspect", draft)
    assert f"{timezone.localtime(PlannedSending.objects.get().at):%H:%M:%S}" in leaves
    assert "data-wc-left" in leaves
    post(at, "call_off", draft)

    form = look(at, "send", draft)
    assert "Hello" in form
    [field] = re.findall(r'<input[^>]*name="at"[^>]*>', form)
    assert "value=" not in field


def test_a_change_is_warned_of_before_and_told_of_at_once(at, draft):
    later = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    send(at, draft, at=later, message="Hello")
    for name in ("edit", "parties", "details"):
        assert "A change calls that off" in look(at, name, draft)
    assert "exactly as it is" in look(at, "inspect", draft)
    planned = {"view": "planned"}
    assert "Leaves " in at.get(posts.address("list"), planned).content.decode()
    Contract.objects.update(title="Hosting 2028")

    for name in ("inspect", "edit", "send"):
        assert "It will not leave on" in look(at, name, draft)
    assert "Confirm again…" in look(at, "inspect", draft)
    assert "Hello" in look(at, "send", draft)
    assert "Will not leave" in at.get(posts.address("list"), planned).content.decode()
    assert send(at, Contract.objects.get(), at=later).status_code == 302
    assert "exactly as it is" in look(at, "inspect", draft)
