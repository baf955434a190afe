"""A signed contract that waits ten minutes for its seal alarms, until it is sealed."""

from __future__ import annotations

import logging
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail

from tests import announcements, journeys, mails, signatures
from tests.passing import later
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing import tasks

TEN = timedelta(minutes=10)
LOG = "wagtail_contracts.sealing"


@pytest.fixture
def no_key(settings: Any, tmp_path: Any) -> dict[str, Any]:
    """The real sealer, whose key is not where the settings say; what the settings were before."""
    before = settings.WAGTAIL_CONTRACTS
    options = {"path": tmp_path / "seal.p12", "password_file": tmp_path / "seal.password"}
    sealing = {**before["SEALING"], "OPTIONS": options}
    settings.WAGTAIL_CONTRACTS = {**before, "SEALING": sealing}
    return before


@pytest.fixture
def signed(answered: SimpleNamespace) -> SimpleNamespace:
    """Everybody has signed; only what follows from that waits in the outbox."""
    mails.forget()
    signatures.sign_all(answered)
    Message.objects.filter(topic=events.MAIL_DUE).delete()
    mail.outbox.clear()
    return journeys.stage(answered.contract, answered.sender)


def work(caplog: Any) -> list[str]:
    """What a worker says loudly until nothing is due."""
    caplog.clear()
    with caplog.at_level(logging.ERROR, LOG):
        while outbox.deliver():
            pass
    return [record.getMessage() for record in caplog.records if record.name == LOG]


def alarms(contract: Contract) -> list[Any]:
    return list(Event.objects.of(contract.own_trail).named(events.SEALING_DELAYED))


def to_come() -> Any:
    return Message.objects.unfinished().filter(topic=events.SEAL_DUE)


def test_the_look_is_asked_for_with_the_last_signature(answered):
    mails.forget()
    signatures.sign(answered.ola)
    assert not Message.objects.filter(topic=events.SEAL_DUE).exists()
    signatures.sign(answered.kari)
    asked = Message.objects.get(topic=events.SEAL_DUE)
    assert asked.keys == {"contract": answered.contract.pk}
    assert TEN - timedelta(seconds=30) < asked.not_before - asked.posted_at < TEN * 1.1


def test_a_contract_that_was_sealed_in_time_alarms_nobody(signed, caplog):
    assert work(caplog) == []
    assert SealedFile.objects.count() == 1
    later(TEN)
    assert work(caplog) == []
    assert alarms(signed.contract) == []
    assert not Message.objects.unfinished().exists()
    assert [letter.subject for letter in mail.outbox if "waits" in letter.subject] == []


def test_ten_minutes_without_a_seal_are_told_once_and_logged_each_time(
    signed,
    no_key,
    caplog,
    settings,
):
    number = signed.contract.number
    later(timedelta(minutes=9))
    assert work(caplog) == []
    assert mail.outbox == []

    later(timedelta(minutes=1))
    assert work(caplog) == [f"contract {number} has waited 10 minutes for its seal"]
    [letter] = mail.outbox
    assert letter.to == ["ola@eksempel.example"]
    assert letter.subject == "Hosting 2027 waits for its seal"
    assert "nothing is lost" in letter.body
    [event] = alarms(signed.contract)
    assert event.data == {"version": 2, "digest": signed.version.digest}
    assert not Event.objects.of(signed.contract.trail).named(events.SEALING_DELAYED).exists()

    for minutes in (20, 30):
        later(TEN)
        assert work(caplog) == [f"contract {number} has waited {minutes} minutes for its seal"]
        assert to_come().count() == 1
    assert (len(mail.outbox), len(alarms(signed.contract))) == (1, 1)

    settings.WAGTAIL_CONTRACTS = no_key
    signing.retry(Message.objects.get(subscriber="signing.seal"), by=signed.owner)
    assert work(caplog) == []
    assert SealedFile.objects.count() == 1
    later(TEN)
    assert work(caplog) == []
    assert {letter.subject for letter in mail.outbox[1:]} == {"Signed: Hosting 2027 – your copy"}
    assert not to_come().exists()


def test_looking_early_alarms_nobody_and_looks_again_in_time(signed, no_key, caplog):
    later(timedelta(minutes=4))
    early = Message.objects.get(topic=events.SEAL_DUE)
    outbox.retry(early, by=SYSTEM)
    assert work(caplog) == []
    assert (alarms(signed.contract), mail.outbox) == ([], [])
    assert to_come().exclude(pk=early.pk).count() == 1
    later(timedelta(minutes=6))
    assert len(work(caplog)) == 1
    assert len(alarms(signed.contract)) == 1


def test_a_look_that_is_repeated_tells_nobody_twice(signed, no_key):
    later(TEN)
    asked = Message.objects.get(topic=events.SEAL_DUE)
    with announcements.announced(signed.contract) as heard:
        for _ in range(3):
            tasks.alarm(asked)
    assert heard.mails == [("seal_delayed", "owner")]
    assert heard.tasks == ["signing.alarm"]
    assert [name for name, _data in heard.own] == [events.SEALING_DELAYED]


def test_a_mail_that_the_seal_has_overtaken_is_not_sent(signed, no_key, settings):
    later(TEN)
    tasks.alarm(Message.objects.get(topic=events.SEAL_DUE))
    told = Message.objects.get(keys__kind="seal_delayed")
    settings.WAGTAIL_CONTRACTS = no_key
    signing.seal(signed.version, by=SYSTEM)
    assert Message.objects.filter(keys__kind="sealed").count() == 2
    tasks.send_mail(told)
    assert mail.outbox == []
    tasks.send_mail(Message.objects.filter(keys__kind="sealed").first())
    assert len(mail.outbox) == 1


def test_a_contract_that_was_never_signed_has_nothing_to_wait_for(sent, caplog):
    asked = Message(topic=events.SEAL_DUE, keys={"contract": sent.contract.pk})
    asked.save()
    later(TEN)
    assert signing.alarm(sent.contract, asked=asked, by=SYSTEM) is None
    assert to_come().exclude(pk=asked.pk).count() == 0


def test_late_for_seal_names_those_that_wait_too_long_the_longest_first(signed, no_key):
    mine = Contract.objects.all()
    assert list(signing.late_for_seal(mine)) == []
    later(TEN)
    [found] = signing.late_for_seal(mine)
    assert found == signed.contract
    assert list(signing.late_for_seal(mine.exclude(pk=found.pk))) == []
    outbox.discard(Message.objects.get(subscriber="signing.seal"), by=SYSTEM)
    assert list(signing.late_for_seal(mine)) == [found]  # given up is not sealed
