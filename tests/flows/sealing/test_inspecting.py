"""A kept file is judged as of its newest time-stamp, and not accused by a busy machine."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from tests import bundles
from tests.tsa import lab as labs
from tests.unit.sealing.pki import DAY, NOW, YEAR, Entity
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.flows import verifying
from wagtail_contracts.sealing.models import Alarm
from wagtail_contracts.sealing.rendering import worker
from wagtail_contracts.sealing.rendering.worker import Limits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
HUNGRY = "tests.unit.sealing.hungry:job"  # a low limit may be met by room that was taken before
SUBJECT = bundles.facts()["subject"]


def keep(sealed, generation=1):
    with transaction.atomic():
        name = sealing.store(sealed)
        return sealing.keep(SUBJECT, sealed, name, generation=generation, by=SYSTEM)


def no_room(*_given, **_named):
    raise BlockingIOError(11, "Resource temporarily unavailable")


def without_time(monkeypatch):
    monkeypatch.setattr(verifying, "LIMITS", Limits(wall=0.001))


def without_memory(monkeypatch):
    monkeypatch.setattr(verifying, "JOB", HUNGRY)


def without_a_process(monkeypatch):
    monkeypatch.setattr(verifying, "LIMITS", Limits(jobs=3))
    monkeypatch.setattr(worker.subprocess, "Popen", no_room)


@pytest.mark.parametrize("short", [without_time, without_memory, without_a_process])
def test_a_machine_that_can_not_judge_a_file_now_says_that_and_no_more(kept, monkeypatch, short):
    with monkeypatch.context() as busy:
        short(busy)
        assert sealing.inspect(kept).fault == "unread"
        sealing.examine(60, cycle=timedelta(0), judged=timedelta(0))
        assert list(Alarm.objects.values_list("code", flat=True)) == ["file_unread"]

    assert sealing.inspect(kept).fault == ""
    sealing.examine(60, cycle=timedelta(0), judged=timedelta(0))
    assert Alarm.objects.there().count() == 0


def test_a_stray_that_can_not_be_judged_now_is_not_called_a_fraud(sealed, monkeypatch):
    sealing.store(sealed)
    [whole] = sealing.strays()
    without_time(monkeypatch)
    [stray] = sealing.strays()
    assert (whole.kind, whole.subject) == ("sealed", SUBJECT)
    assert (stray.kind, stray.why) == ("foreign", "it can't be read: too slow")


@pytest.fixture
def lab(settings, tmp_path):
    with labs.opened(tmp_path) as lab:
        labs.configure(settings, lab)
        yield lab


def authority(lab, since, until):
    place = lab.tsa.lists
    how = {"kind": "stamps", "rsa_key": True, "lists": place}
    return Entity("Time of then", lab.root, since=since, until=until, **how)


def renewed(lab, sealed, at):
    """With a time-stamp of that day, by an authority whose certificate began the day before."""
    lab.server.entity = authority(lab, at - DAY, at + 4 * YEAR)
    for one in (lab.root, lab.issuer):
        path = f"/{one.common.replace(' ', '-')}.crl"
        lab.server.lists[path] = one.revocations(since=at - DAY).dump()
    with time_machine.travel(at):
        return keep(sealing.renew(sealed.content, sealed.level), 2)


def test_a_renewed_file_whose_newest_stamp_is_over_is_as_it_was_kept(lab):
    lab.server.entity = authority(lab, NOW - YEAR, NOW + 2 * YEAR)
    sealed = sealing.seal(bundles.bundle())
    first = keep(sealed)
    later = renewed(lab, sealed, NOW + YEAR)

    for years in (0, 1.5, 3, 8):
        with time_machine.travel(NOW + years * YEAR + DAY):
            assert sealing.inspect(first).fault == ""
            if years > 1:
                assert sealing.inspect(later)[:2] == ("", "")


def test_a_kept_file_with_a_time_stamp_of_a_day_to_come_is_not_proved(lab):
    later = renewed(lab, sealing.seal(bundles.bundle()), NOW + YEAR)

    with time_machine.travel(NOW + YEAR - DAY):
        inspected = sealing.inspect(later)
        assert inspected.fault == "unproved"
        assert "later than it can have been made" in inspected.why
    with time_machine.travel(NOW + YEAR + DAY):
        assert sealing.inspect(later).fault == ""


def test_a_renewed_file_whose_authority_is_unknown_is_not_proved(lab, settings, tmp_path):
    sealed = sealing.seal(bundles.bundle())
    later = renewed(lab, sealed, NOW + YEAR)
    with time_machine.travel(NOW + 8 * YEAR):
        assert sealing.inspect(later).fault == ""
        labs.configure(settings, lab)
        other = tmp_path / "other.pem"
        other.write_bytes(Entity("Other", kind="authority", until=NOW + 40 * YEAR).pem)
        ours = settings.WAGTAIL_CONTRACTS
        stranger = {**ours["SEALING"], "TIMESTAMP_TRUST": [other]}
        settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": stranger}
        assert sealing.inspect(later).fault == "unproved"
