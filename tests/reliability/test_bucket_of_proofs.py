"""A sealed file in a bucket is raised and renewed, whatever the bucket does, for hours."""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest

from tests.reliability import afterwards, scenes
from tests.s3 import bucket as buckets
from tests.tsa import apart as labs
from tests.tsa import lab
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
LONGEST = 40  # seconds that one pass may take: a few requests, none of which waits for more than 4
AWAY, LIES = "does not do what it is asked", "is not the one that was sealed"
LOSES = "does not give the same one back"
# What the bucket does when it is asked for the file, or is given the next; and what is said of it.
READS = {"slow": AWAY, "refusing": AWAY, "half": AWAY, "other": LIES, "short": LIES}
WRITES = {"late": AWAY, "full": AWAY, "cutting": AWAY, "deaf": LOSES, "losing": LOSES}


@pytest.fixture(scope="module")
def around(tmp_path_factory):
    place = tmp_path_factory.mktemp
    with buckets.opened(place("s3")) as bucket, labs.opened(place("time")) as apart:
        yield bucket, apart


@pytest.fixture
def bucket(around, settings):
    """It says its own time; we sign what we ask by that."""
    opened, apart = around
    opened.start()
    opened.be("honest")
    opened.empty()
    buckets.configure(settings, opened)
    apart.be()
    lab.configure(settings, apart.lab)
    with buckets.by_its_own_clock():
        yield opened


@pytest.fixture
def apart(around):
    return around[1]


@pytest.fixture
def signed(transactional_db, bucket):
    """A contract that all have signed; nothing else waits in the outbox."""
    return scenes.all_signed()


@contextmanager
def dead_in_mid_upload(bucket):
    """The server is killed while it has half of the file."""
    bucket.be("dragging")
    bucket.asked()

    def stop():
        while not any(line.startswith("PUT") for line in bucket.mood.with_suffix(".asked").open()):
            time.sleep(0.05)
        bucket.stop()

    bucket.mood.with_suffix(".asked").touch()
    waiting = threading.Thread(target=stop)
    waiting.start()
    yield
    waiting.join()
    bucket.start()


@contextmanager
def stopped(bucket):
    bucket.stop()
    yield
    bucket.start()


@contextmanager
def gone(bucket):
    """Nobody listens at its address."""
    bucket.stop("between")
    yield
    bucket.start()


@contextmanager
def mood(bucket, name):
    bucket.be(name)
    yield


def faults(bucket):
    """Each with what is said of it; the bucket is good again after each."""
    for name, words in {**READS, **WRITES}.items():
        yield name, mood(bucket, name), words
    for down in (stopped, gone, dead_in_mid_upload):
        yield down.__name__, down(bucket), AWAY


def endured(bucket, apart, attempt, said):
    """One attempt an hour, each in vain: it ends, says why, and the file there stays as it was."""
    kept = SealedFile.objects.get()
    content = sealing.content(kept)
    for hour, (name, fault, words) in enumerate(faults(bucket), start=1):
        with apart.later(hour):
            with fault:
                begun = time.monotonic()
                attempt()
                assert time.monotonic() - begun < LONGEST, name
                assert name not in WRITES or sealing.content(kept) == content, name
            assert words in said(), name
            bucket.be("honest")
            assert (SealedFile.objects.get(), bucket.names()) == (kept, [kept.name]), name
            assert sealing.content(kept) == content, name
    return kept, content


def concluded(contract, kept, content, event):
    """Both generations are there, and nothing else; the newer one goes as far as it can."""
    newest = SealedFile.objects.latest("generation")
    assert (newest.generation, newest.level) == (2, "B-LTA")
    report = signing.verify(sealing.content(newest)).report
    assert (report.verdict, report.level) == ("intact", "B-LTA")
    assert sealing.content(kept) == content
    told = Event.objects.of(contract.trail).named(event)
    assert [(one.data["before"], one.data["file"]) for one in told] == [
        (kept.digest, newest.digest)
    ]
    audit.verify(contract.trail, deep=True)


def test_a_seal_is_raised_once_the_bucket_takes_it(bucket, apart, signed, caplog):
    apart.be("silence on time")
    afterwards.deliver(limit=1)

    def attempt():
        caplog.clear()
        assert signing.complete_seals(by=SYSTEM) == 0

    kept, content = endured(bucket, apart, attempt, lambda: caplog.text)
    assert (kept.level, kept.lacks) == ("B-B", "time")

    with apart.later(40):
        assert [signing.complete_seals(by=SYSTEM) for _time in range(2)] == [1, 0]
        concluded(signed, kept, content, events.DOCUMENT_COMPLETED)
    assert len(bucket.names()) == 2


def test_a_file_is_renewed_once_the_bucket_takes_it(bucket, apart, signed):
    afterwards.deliver(limit=1)
    [kept] = SealedFile.objects.all()
    said = []

    def attempt():
        [told] = signing.renew_files([kept], by=SYSTEM)
        assert told.made is None
        said[:] = [told.fault]

    kept, content = endured(bucket, apart, attempt, lambda: said[0])
    assert kept.level == "B-LTA"

    with apart.later(40):
        [told] = signing.renew_files([kept], by=SYSTEM)
        assert told.made
        concluded(signed, kept, content, events.DOCUMENT_RENEWED)
    assert len(bucket.names()) == 2
