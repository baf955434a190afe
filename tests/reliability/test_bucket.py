"""Sealed files in a bucket on another server: down, slow, lying, and killed in mid-upload."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from tests import bundles, tables
from tests.public import visits
from tests.reliability import afterwards, kills, scenes
from tests.s3 import bucket as buckets
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import FileAltered, StorageFailed
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

REFUSES = ["slow", "refusing", "deaf", "losing", "cutting"]
ROW = 'INSERT INTO "wagtail_contracts_sealing_sealedfile"'


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with buckets.opened(tmp_path_factory.mktemp("s3")) as bucket:
        yield bucket


@pytest.fixture
def bucket(opened, settings):
    opened.start()
    opened.be("honest")
    opened.empty()
    buckets.configure(settings, opened)
    opened.asked()
    return opened


def some(content=b"%PDF-1.7 of this test"):
    digest = hashlib.sha256(content).hexdigest()
    return sealing.Sealed(content, digest, "B-B", "Test", "0" * 64, timezone.now(), 1)


def kept(sealed, by=SYSTEM):
    name = sealing.store(sealed)
    with transaction.atomic():
        return sealing.keep(bundles.facts()["subject"], sealed, name, by=by)


def puts(bucket):
    return [line for line in bucket.asked() if line.startswith("PUT")]


def test_an_equal_object_is_reused_and_another_replaced(bucket):
    sealed = some()
    name = sealing.store(sealed)
    assert (bucket.names(), len(puts(bucket))) == ([name], 1)

    assert sealing.store(sealed) == name
    assert puts(bucket) == []

    (bucket.folder / name).write_bytes(b"half")
    assert sealing.store(sealed) == name
    assert (bucket.folder / name).read_bytes() == sealed.content
    assert len(puts(bucket)) == 1


@pytest.mark.parametrize("mood", REFUSES)
def test_what_does_not_come_back_is_not_stored(bucket, mood):
    bucket.be(mood)
    with pytest.raises(StorageFailed) as failed:
        sealing.store(some())
    assert "127.0.0.1" not in str(failed.value)
    assert bucket.names() == []

    bucket.be("honest")
    name = sealing.store(some())
    assert bucket.names() == [name]


@pytest.mark.django_db
def test_years_later_a_file_is_found_by_its_name_alone(bucket, settings):
    """No address and no key that ends is kept; another clock than the server's is no damage."""
    row = kept(some())
    told = " ".join(map(str, SealedFile.objects.values_list().get(pk=row.pk)))
    assert row.name == f"{row.digest}.pdf"
    for ends in ("http", "X-Amz", buckets.KEY, buckets.SECRET):
        assert ends not in told

    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        buckets.configure(settings, bucket)  # as a process that starts then
        assert sealing.inspect(row).fault == "unread"
    buckets.configure(settings, bucket)
    assert sealing.content(row) == some().content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mood", "raised"),
    [
        ("other", FileAltered),
        ("short", FileAltered),
        ("half", StorageFailed),
        ("slow", StorageFailed),
        ("refusing", StorageFailed),
    ],
)
def test_a_file_is_judged_when_it_is_read(bucket, mood, raised):
    row = kept(some())
    bucket.be(mood)
    with pytest.raises(raised):
        sealing.content(row)
    fault = "altered" if raised is FileAltered else "unread"
    assert sealing.inspect(row).fault == fault

    bucket.be("honest")
    assert sealing.content(row) == some().content


@pytest.mark.django_db
def test_an_object_that_is_lost_after_its_row_is_missing(bucket):
    row = kept(some())
    assert sealing.content(row)
    bucket.empty()
    with pytest.raises(FileAltered):
        sealing.content(row)
    assert sealing.inspect(row).fault == "missing"


@pytest.mark.django_db
def test_what_no_row_names_is_found_in_a_bucket_and_a_bucket_that_is_away_is_said(bucket):
    row = kept(some())
    stray = sealing.store(some(b"%PDF-1.7 of nobody"))
    assert sealing.probe() == "S3Storage"
    assert [(one.name, one.kind) for one in sealing.strays()] == [(stray, "foreign")]
    assert bucket.names() == sorted([row.name, stray])

    bucket.stop("between")
    with pytest.raises(StorageFailed):
        list(sealing.strays())
    assert "storage_failed" in [finding.code for finding in signing.check()]


@pytest.fixture
def signed(db):
    """A contract that all have signed; nothing else waits in the outbox."""
    return scenes.all_signed()


class Scene(scenes.Sealing):
    """No connection is handed on to the processes that die."""

    def verdict(self):
        super().verdict()
        buckets.hang_up()


@pytest.mark.django_db
def test_a_contract_is_sealed_once_after_all_that_a_bucket_can_do(bucket, signed):
    """Each fault costs the outbox an attempt; none makes a row, and what was is told."""
    scene = scenes.Sealing(signed, bucket.folder)
    with scenes.quick():
        for attempt, fault in enumerate(["stopped", *REFUSES], start=1):
            bucket.be(fault if fault in REFUSES else "honest")
            if fault == "stopped":
                bucket.stop()
            Message.objects.update(not_before=Now())
            afterwards.deliver(limit=1)
            bucket.start()
            message = scene.waiting().get()
            assert (message.attempts, SealedFile.objects.exists()) == (attempt, False), fault
            assert message.last_error.startswith("StorageFailed: "), fault
            told = Event.objects.of(signed.own_trail).named(events.SEALING_FAILED)
            assert [event.data["code"] for event in told] == ["storage_failed"] * attempt, fault
        bucket.be("honest")
        Message.objects.update(not_before=Now())
        afterwards.deliver(limit=1)
    scene.nothing_failed = lambda: None
    scene.verdict()
    assert bucket.names() == [SealedFile.objects.get().name]


@pytest.mark.django_db(transaction=True)
def test_one_seal_wherever_its_upload_is_killed(bucket, signed):
    """Each thing that is sent, after its first half; then two workers start at once."""
    scene = Scene(signed, bucket.folder)
    with scenes.quick():
        steps = [step.name for step in kills.steps_of(scene.flow)]
        scene.verdict()
        scene.again()
        sent = [number for number, name in enumerate(steps, start=1) if name == "send"]
        row = next(number for number, name in enumerate(steps, start=1) if name.startswith(ROW))
        assert 4 <= len(sent) < 20
        assert max(sent) < row  # the object is there, and was read, before a row names it
        for number in [*sent, row]:
            death = kills.killed(scene.flow, number)
            assert death
            afterwards.insist_on_leases()
            scene.found(death)
            afterwards.let_leases_run_out()
            afterwards.race(scene.waiting)
            scene.verdict()
            scene.again()
    assert scene.rows == {0: len(sent) + 1}


@pytest.mark.django_db
def test_a_visitor_is_told_that_it_is_our_fault(bucket, signed):
    with scenes.quick():
        afterwards.deliver(limit=1)
    kari = Participant.objects.get(party__contract=signed, party__role="customer")
    client = visits.enter(kari, Client(raise_request_exception=False))
    assert client.post(visits.page("sealed", kari)).status_code == 200

    bucket.stop("between")
    with tables.unchanged():
        answer = client.post(visits.page("sealed", kari))
    assert (answer.status_code, "We are not sure" in answer.content.decode()) == (503, True)
