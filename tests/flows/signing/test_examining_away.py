"""What does not answer for a moment hides nothing, and rings as no damage."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.core import mail
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.examining import Fault, Walk, ring
from wagtail_contracts.sealing.models import Alarm as SealAlarm
from wagtail_contracts.signing.flows import examining
from wagtail_contracts.signing.flows.checking import contract as checking
from wagtail_contracts.signing.flows.checking.trails import Tally
from wagtail_contracts.signing.flows.examining import running
from wagtail_contracts.signing.flows.examining.found import GRAVE, LIGHT, LIGHTER, MOST, NOTHING
from wagtail_contracts.signing.models import Alarm

pytestmark = pytest.mark.django_db
GUARD = "guard@eksempel.example"


@pytest.fixture
def guarded(section):
    section("SIGNING", ALARMS=[GUARD], EXAMINE_SECONDS=60, EXAMINE_HOURS=0)


def look(watch):
    watch.next = 0.0
    return watch.look(by=SYSTEM)


@pytest.mark.parametrize("error", [RuntimeError("a backend of the site's own"), OSError("no")])
def test_whatever_a_backend_of_mail_raises_is_tried_again(guarded, error):
    alarm, _new = ring(Alarm, Fault("examination_away"))
    watch = examining.Watch()
    with patch("django.core.mail.EmailMessage.send", side_effect=error):
        if isinstance(error, OSError):
            assert look(watch) == 0
        else:
            with pytest.raises(RuntimeError):
                look(watch)
    alarm.refresh_from_db()
    assert (alarm.told_as, mail.outbox) == ("", [])

    assert look(watch) == 1
    assert [letter.to for letter in mail.outbox] == [[GUARD]]
    assert look(watch) == 0


def test_behind_many_light_ones_a_grave_one_is_seen(db):
    assert examining.gravest() == NOTHING
    now = timezone.now()
    light = (
        SealAlarm(code="file_unread", mark=f"{number}", found_at=now, seen_at=now)
        for number in range(MOST)
    )
    SealAlarm.objects.bulk_create(light)
    assert examining.gravest() == LIGHTER

    grave, _new = ring(SealAlarm, Fault("file_altered", "a"))
    assert examining.gravest() == GRAVE
    SealAlarm.objects.filter(pk=grave.pk).update(gone_at=now)
    assert examining.gravest() == LIGHTER


@pytest.mark.parametrize("code", LIGHT)
def test_the_site_and_an_alarm_agree_on_what_is_light(code):
    alarm, _new = ring(Alarm, Fault(code))
    assert (examining.gravest(), examining.find(f"signing-{alarm.pk}").is_grave) == (LIGHTER, False)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_no_damage_of_a_contract(sent, error):
    with patch.object(checking.contracts, "version_faults", side_effect=error):
        with pytest.raises(error):
            checking.judge(sent.contract.pk, Tally.begun())
        with patch.object(checking.contracts, "version_faults", side_effect=KeyError("parties")):
            found = checking.judge(sent.contract.pk, Tally.begun())
    assert [finding.code for finding in found] == ["contract_unreadable"]


def test_a_walk_that_the_database_breaks_off_keeps_no_other_from_its_turn(guarded, sent):
    walked, go_on = [], Walk.go_on

    def breaking(walk, seconds):
        walked.append(walk.kind)
        if walk.kind == "trails":
            raise OperationalError("canceling statement due to statement timeout")
        return go_on(walk, seconds)

    ring(Alarm, Fault("refused", "a table", "UPDATE"))
    with patch.object(Walk, "go_on", breaking), patch.object(running, "log") as log:
        told = examining.examine(by=SYSTEM)

    assert walked == [walk.kind for walk in running.walks()]
    assert (told, log.warning.call_count) == (1, 1)
    assert [one.kind for one in running.walks() if not one.got_through()] == ["trails"]
