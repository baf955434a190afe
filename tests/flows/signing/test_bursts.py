"""S-56: a burst of sendings or attempts is told to the administrators, once an hour and cause."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone

from tests import builders, mails, signatures, tables
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import QuotaReached
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing import tasks
from wagtail_contracts.signing.errors import CodeWrong
from wagtail_contracts.signing.flows import alerting

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def usual(settings):
    """Two sendings, and three attempts, are a burst here."""
    told = {"ADMINISTRATORS": ["abuse@eksempel.example"]}
    signing_section(settings, {**told, "BURST_SENDINGS": 2, "BURST_ATTEMPTS": 3})


def signing_section(settings, values):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": values}


def send(template, sender, number):
    for _one in range(number):
        draft = builders.contract(template, sender)
        contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))


def noticed():
    found = Event.objects.of(alerting.TRAIL).named("burst.noticed").order_by("sequence")
    return [(one.data["cause"], one.data["key"], one.data["count"]) for one in found]


def at(monkeypatch, moment):
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_a_burst_of_sendings_is_told_with_who_sends(template, sender):
    send(template, sender, 2)
    mails.forget()
    tasks.watch()
    assert noticed() == [("sendings", str(sender.pk), 2)]
    [letter] = mails.sent()
    assert letter.to == ["abuse@eksempel.example"]
    assert "Ola Nordmann has sent 2 contracts within an hour." in letter.body
    assert letter.subject.startswith("Unusual activity on ")
    assert mails.swallowed(letter) == []


def test_what_is_usual_is_no_burst(template, sender):
    send(template, sender, 1)
    another = builders.staff("per", template_space(template))
    send(template, another, 1)
    with tables.unchanged():
        assert signing.tell_bursts(by=SYSTEM) == 0
    send(template, sender, 1)
    assert signing.tell_bursts(by=SYSTEM) == 1


def template_space(template):
    return builders.Workspace.objects.get(pk=template.workspace.pk)


def test_the_same_is_told_once_an_hour_and_another_cause_beside_it(
    template, sender, answered, monkeypatch
):
    send(template, sender, 2)
    assert signing.tell_bursts(by=SYSTEM) == 1
    with tables.unchanged():
        assert signing.tell_bursts(by=SYSTEM) == 0
    _guess(answered)
    assert signing.tell_bursts(by=SYSTEM) == 1
    assert [cause for cause, _key, _count in noticed()] == ["sendings", "wrong_codes"]


def test_a_new_hour_of_the_clock_is_no_new_hour_and_a_burst_that_is_over_is_not_told(
    template, sender, monkeypatch
):
    send(template, sender, 2)
    assert signing.tell_bursts(by=SYSTEM) == 1
    begun = timezone.now()
    at(monkeypatch, begun + timedelta(minutes=59))
    with tables.unchanged(but=("ratewindow",)):
        assert signing.tell_bursts(by=SYSTEM) == 0
    at(monkeypatch, begun + HOUR + timedelta(minutes=1))
    with tables.unchanged():
        assert signing.tell_bursts(by=SYSTEM) == 0


def quota(settings, most):
    """How many a sender reaches in a day."""
    ours = settings.WAGTAIL_CONTRACTS
    limited = {**ours["CONTRACTS"], "RECIPIENTS_A_DAY": most}
    settings.WAGTAIL_CONTRACTS = {**ours, "CONTRACTS": limited}


def draft_to(template, sender, email):
    ours, theirs = builders.parties(sender)
    liv = replace(theirs, people=[contracts.PersonDraft("Liv", email)])
    return builders.contract(template, sender, parties=[ours, liv])


def refused(draft, sender, verb=contracts.send):
    """Refused for the quota, and nothing is left of it but that it is to be told."""
    shown, by = builders.shown(draft), builders.actor(sender)
    with tables.unchanged(but=("outbox_message",)), pytest.raises(QuotaReached):
        verb(draft, shown, into="signing", by=by)


def test_a_sending_that_the_quota_refuses_is_told_once_an_hour(
    template, sender, settings, monkeypatch
):
    quota(settings, 1)
    send(template, sender, 1)
    mails.sent()
    assert noticed() == []
    mail.outbox.clear()
    second = draft_to(template, sender, "liv@x.example")
    refused(second, sender)
    refused(second, sender, contracts.schedule)
    [letter] = mails.sent()
    assert noticed() == [("quota", str(sender.pk), 1)]
    assert letter.to == ["abuse@eksempel.example"]
    assert "A sending of Ola Nordmann was refused: more than 1 person would" in letter.body
    begun = timezone.now()
    at(monkeypatch, begun + HOUR + timedelta(minutes=1))
    refused(second, sender)
    mails.sent()
    assert len(noticed()) == 2


def test_so_is_one_that_was_planned_and_does_not_leave(template, sender, settings):
    quota(settings, 2)
    send(template, sender, 1)
    second, by = draft_to(template, sender, "liv@x.example"), builders.actor(sender)
    contracts.schedule(second, builders.shown(second), into="signing", by=by)
    quota(settings, 1)
    mails.sent()
    assert Contract.objects.get(pk=second.pk).state == "draft"
    assert noticed() == [("quota", str(sender.pk), 1)]


def _guess(answered, times=3):
    asked = signatures.challenge(answered.kari)
    code, by = signatures.code(asked), builders.guest(answered.kari)
    for _try in range(times):
        with pytest.raises(CodeWrong):
            signing.identify(asked, signatures.another(code), by=by)


def test_a_burst_of_wrong_codes_is_told(answered):
    _guess(answered, 2)
    assert signing.tell_bursts(by=SYSTEM) == 0
    _guess(answered, 1)
    mails.forget()
    assert signing.tell_bursts(by=SYSTEM) == 1
    [letter] = mails.sent()
    assert "3 wrong codes were typed in within an hour." in letter.body


def test_a_burst_of_lost_links_and_reports_is_told(db):
    for number in range(2):
        signing.ask_links("nobody@kunde.example", f"192.0.2.{number}", by=SYSTEM)
    assert signing.tell_bursts(by=SYSTEM) == 0
    signing.report_abuse(signing.Report("fraud"), "192.0.2.9", by=SYSTEM)
    mail.outbox.clear()
    assert signing.tell_bursts(by=SYSTEM) == 1
    assert "3 lost links were asked for" in mails.sent()[-1].body


def test_nobody_but_the_named_or_the_active_superusers_is_told(settings, db):
    make = get_user_model().objects.create_superuser
    make("one", "one@eksempel.example", "x")
    make("two", "", "x")
    make("three", "three@eksempel.example", "x", is_active=False)
    get_user_model().objects.create_user("four", "four@eksempel.example", "x")
    assert signing.administrators() == ["abuse@eksempel.example"]
    signing_section(settings, {})
    assert signing.administrators() == ["one@eksempel.example"]
