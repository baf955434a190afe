"""Authority and issuers as a process: killed, paused, lying, for hours; nothing is lost by it."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.reliability import afterwards, scenes
from tests.tsa import apart as labs
from tests.tsa import lab
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import NotStamped
from wagtail_contracts.audit.models import Checkpoint, CheckpointToken, Event
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HOUR = timedelta(hours=1)
# What is said of each lie, in the log and where a checkpoint has to wait.
TIMES = {
    "wrong imprint": "over other data",
    "wrong nonce": "another nonce",
    "old time": "when it is",
    "time in the future": "when it is",
    "a stranger": "not known",
    "an expired authority": "certificate is over",
    "a seal that stamps": "no time-stamp",
    "garbage": "what is no answer",
    "silence on time": "answered 503",
    "half an answer": "what is no answer",
    "drop by drop": "did not answer: deadline",
}
WORDS = {
    "word on another": "does not match",
    "word by another": "does not match",
    "stale word": "not recent enough",
    "stale lists": "not recent enough",
    "lists by another": "no revocation information could be found",
    "silence on revocation": "it did not answer",
    "garbage on revocation": "what it answered is no answer",
    "revoked meanwhile": "The certificate of the seal was revoked",
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as apart:
        yield apart


@pytest.fixture
def apart(opened, settings):
    opened.start()
    opened.be()
    lab.configure(settings, opened.lab)
    return opened


@pytest.fixture
def signed(db):
    """A contract that all have signed; nothing else waits in the outbox."""
    return scenes.all_signed()


def generations():
    rows = SealedFile.objects.order_by("generation")
    return [(row.level, row.lacks) for row in rows]


def completed(contract):
    told = Event.objects.of(contract.trail).named(events.DOCUMENT_COMPLETED)
    return [event.data["level"] for event in told]


@contextmanager
def paused(apart):
    apart.pause()
    yield
    apart.start()


@contextmanager
def stopped(apart):
    apart.stop()
    yield
    apart.start()


@contextmanager
def killed_in_mid_answer(apart):
    apart.be("drop by drop", ahead=HOUR)
    timer = threading.Timer(2, apart.stop)
    timer.start()
    yield
    timer.join()
    apart.start()


def test_a_contract_is_sealed_as_far_as_can_be_and_raised_when_the_lies_end(apart, signed, caplog):
    """Each hour another lie, from the first seal on; nothing is lower than it says."""
    apart.be("silence on time")
    afterwards.deliver(limit=1)
    assert generations() == [("B-B", "time")]

    for hour, (lie, words) in enumerate(TIMES.items(), start=1):
        caplog.clear()
        with apart.later(hour, lie):
            assert signing.complete_seals(by=SYSTEM) == 0
        assert words in caplog.text, lie
    for fault in (paused, stopped, killed_in_mid_answer):
        caplog.clear()
        with apart.later(1), fault(apart):
            assert signing.complete_seals(by=SYSTEM) == 0
        assert "still without a time-stamp" in caplog.text, fault
    assert generations() == [("B-B", "time")]

    with apart.later(20, "silence on revocation"):
        assert signing.complete_seals(by=SYSTEM) == 1
    assert generations() == [("B-B", "time"), ("B-T", "revocation")]

    for hour, (lie, words) in enumerate(WORDS.items(), start=21):
        caplog.clear()
        with apart.later(hour, lie):
            assert signing.complete_seals(by=SYSTEM) == 0
        assert words in caplog.text, lie
    assert len(generations()) == 2

    with apart.later(40):
        assert [signing.complete_seals(by=SYSTEM) for _time in range(2)] == [1, 0]
    assert generations() == [("B-B", "time"), ("B-T", "revocation"), ("B-LTA", "")]
    assert completed(signed) == ["B-T", "B-LTA"]
    with apart.later(40):
        newest = signing.verify(sealing.content(SealedFile.objects.latest("generation")))
    assert (newest.report.verdict, newest.report.level) == ("intact", "B-LTA")
    audit.verify(signed.trail, deep=True)


def test_one_lie_less_and_it_is_sealed_at_once(apart, signed):
    afterwards.deliver(limit=1)
    assert generations() == [("B-LTA", "")]


def test_a_checkpoint_waits_while_the_authority_lies(apart, signed, section, tmp_path):
    """A token that proves nothing is never kept; the first true one is."""
    given = apart.lab.settings()
    calls = {name: given[name] for name in ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")}
    section("AUDIT", ORIGIN="contracts.example.org/audit", KEY=tmp_path / "key.pem", **calls)
    audit.make_key(tmp_path / "key.pem")
    assert audit.checkpoint()
    for lie, words in TIMES.items():
        apart.be(lie)
        with pytest.raises(NotStamped, match=words):
            audit.stamp()
    apart.be()
    with stopped(apart), pytest.raises(NotStamped):
        audit.stamp()
    assert not CheckpointToken.objects.exists()

    assert audit.stamp().checkpoint == Checkpoint.objects.get()
    assert len(audit.stamped()) == 1
