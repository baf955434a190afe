"""Checkpoints by the hour: what one authority or anchor does keeps no other from its turn."""

from __future__ import annotations

import logging
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.admin import posts
from tests.database import triggers_lifted
from tests.flows.audit.conftest import attested
from tests.public.markup import read
from tests.tables import unchanged
from tests.tsa import lab as labs
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import NotPlaced
from wagtail_contracts.audit.models import Anchored, Checkpoint, CheckpointToken, Event
from wagtail_contracts.outbox import topics
from wagtail_contracts.signing import flows as signing

__all__ = ["attested"]
pytestmark = pytest.mark.django_db
FILE = "wagtail_contracts.audit.backends.anchors.FileAnchor"
LOG = "wagtail_contracts.evidence"


class Broken:
    """An anchor of a site's own, with a fault of its own."""

    def place(self, note):
        raise ZeroDivisionError(note[:4])


class Away:
    """An anchor that says that it is away."""

    def place(self, note):
        raise NotPlaced("gone")


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, attested, settings, section, tmp_path):
    """Checkpoints with an authority and three anchors, two of which are faulty."""
    opened.server.recover()
    ours = opened.settings()
    section("AUDIT", **{name: ours[name] for name in ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")})
    here = __name__
    anchors = {
        "broken": {"BACKEND": f"{here}.Broken"},
        "away": {"BACKEND": f"{here}.Away"},
        "file": {"BACKEND": FILE, "OPTIONS": {"path": tmp_path / "notes"}},
    }
    section("AUDIT", ANCHORS=anchors)
    return opened


def work():
    """What a worker does every ten minutes."""
    {one.name: one for one in topics.periodic()}["signing.checkpoint"].task()


def older(**ago):
    """Let everything have happened so much earlier."""
    wait = timedelta(**ago)
    with triggers_lifted():
        for model in (Checkpoint, CheckpointToken, Anchored, Event):
            for row in model.objects.all():
                model.objects.filter(pk=row.pk).update(at=row.at - wait)


def overdue():
    return sorted((fault.code, fault.about) for fault in signing.overdue())


def test_where_no_key_is_named_nothing_happens_and_nothing_fails(sent, caplog):
    with caplog.at_level(logging.INFO, LOG), unchanged():
        work()
    assert (caplog.text, overdue(), Checkpoint.objects.count()) == ("", [], 0)


def test_one_is_signed_in_an_hour_stamped_and_placed(lab, sent, tmp_path):
    work()
    work()
    point = Checkpoint.objects.get()
    assert (tmp_path / "notes").read_text() == f"{point.note}\n"
    assert point.token.at <= timezone.now()
    assert list(point.anchored.values_list("anchor", flat=True)) == ["file"]

    older(minutes=59)
    signing.note_check(1, 0, 0, by=SYSTEM)
    work()
    assert Checkpoint.objects.count() == 1
    older(minutes=2)
    work()
    assert Checkpoint.objects.count() == 2
    older(hours=3)
    work()
    assert Checkpoint.objects.count() == 2, "nothing has grown"


def test_a_fault_stops_no_other_is_said_and_tried_again(lab, sent, caplog, tmp_path):
    lab.server.code = 500
    with caplog.at_level(logging.ERROR, LOG):
        work()
    for said in ("broken: ZeroDivisionError", "away: gone", "no time-stamp yet"):
        assert said in caplog.text
    point = Checkpoint.objects.get()
    assert list(point.anchored.values_list("anchor", flat=True)) == ["file"]
    assert not CheckpointToken.objects.exists()

    lab.server.recover()
    work()
    assert CheckpointToken.objects.get().checkpoint == point
    assert (tmp_path / "notes").read_text() == f"{point.note}\n"


def test_a_key_that_is_gone_keeps_nobody_from_placing_the_last_one(
    lab, sent, attested, section, caplog, tmp_path
):
    audit.checkpoint()
    older(hours=2)
    signing.note_check(1, 0, 0, by=SYSTEM)
    attested.unlink()
    with caplog.at_level(logging.ERROR, LOG):
        work()
    assert "can't be read" in caplog.text
    assert (tmp_path / "notes").exists()
    assert Checkpoint.objects.count() == 1


def test_what_is_late_is_named_until_it_is_there(lab, sent, section):
    assert overdue() == []
    older(hours=3)
    assert overdue() == [("checkpoint_unsigned", "")]

    lab.server.code = 500
    work()
    assert overdue() == []
    older(hours=3)
    late = [("checkpoint_unplaced", "away"), ("checkpoint_unplaced", "broken")]
    assert overdue() == [*late, ("checkpoint_unstamped", "")]
    lab.server.recover()
    work()
    assert overdue() == late
    section("AUDIT", ANCHORS={})
    assert overdue() == []
    section("AUDIT", KEY="")
    older(days=9)
    assert overdue() == []


def test_that_nothing_has_grown_for_long_is_no_fault(lab, sent, section):
    section("AUDIT", ANCHORS={})
    work()
    older(days=2)
    assert overdue() == []
    signing.note_check(1, 0, 0, by=SYSTEM)
    assert overdue() == []
    older(hours=3)
    assert overdue() == [("checkpoint_unsigned", "")]


def said(answer):
    return " ".join(unescape(read(answer.content).text).split())


def trust():
    return said(Client().get(reverse("wagtail_contracts:trust")))


def test_the_page_about_trust_tells_of_the_newest(lab, sent, section):
    assert "Last checkpoint of all records None yet." in trust().replace("records", "records ")
    section("AUDIT", ANCHORS={})
    lab.server.code = 500
    work()
    size = Checkpoint.objects.get().size
    text = trust()
    assert f"No. {size}, " in text
    assert "No independent time. Kept nowhere else yet." in text
    lab.server.recover()
    work()
    assert "Time-stamped by Lab: " in trust()
    assert "localhost" in trust()
    section(
        "AUDIT",
        ANCHORS={
            "notary": {
                "BACKEND": "wagtail_contracts.audit.backends.anchors.MailAnchor",
                "OPTIONS": {"to": ["a@b.example"]},
            }
        },
    )
    work()
    assert "Also kept at: notary." in trust()
    section("AUDIT", KEY="", ORIGIN="")
    assert "No. " in trust()


def test_the_overview_says_up_to_which_event_a_checkpoint_covers_the_trail(lab, sent, section):
    client = Client()
    client.force_login(sent.sender)
    page = posts.address("inspect", sent.contract.pk)
    assert "covers the trail" not in said(client.get(page))
    work()
    size, covered = Checkpoint.objects.get().size, audit.verify(sent.contract.trail).length
    text = said(client.get(page))
    assert f"No. {size}, " in text
    assert f"it covers the trail up to event {covered}." in text
    assert "Also kept at: file." in text
