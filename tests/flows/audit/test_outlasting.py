"""Proofs over decades: a moved clock, authorities whose certificates end, a log that rests."""

import base64
import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from tests.database import triggers_lifted
from tests.tsa import lab as labs
from tests.unit.sealing.pki import NOW, YEAR, Entity
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import LogBroken
from wagtail_contracts.audit.models import Checkpoint, CheckpointToken, Event

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, attested, settings):
    opened.server.recover()
    opened.server.entity, opened.server.at = authority(opened, until=NOW + 2 * YEAR), None
    given = settings.WAGTAIL_CONTRACTS
    names = ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")
    ours = {name: value for name, value in opened.settings().items() if name in names}
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {**given["AUDIT"], **ours}}
    return opened


def authority(lab, *, until, **kind):
    kind = kind or {"rsa_key": True}
    return Entity("Time", lab.root, kind="stamps", until=until, lists=lab.tsa.lists, **kind)


def stamped(grow, at):
    """One more trail, covered and stamped on that day; its key."""
    with time_machine.travel(at):
        key = grow(2)
        audit.checkpoint()
        assert audit.stamp()
    return key


def test_nothing_is_proved_before_it_is_stamped(lab, grow):
    key = grow()
    assert audit.existence(key, 1) is None
    audit.checkpoint()
    assert audit.existence(key, 1) is None
    audit.stamp()
    assert audit.existence(key, 1)["sequence"] == 1
    assert audit.existence(key, 2) is None


def test_a_proof_takes_one_step_for_each_certificate_and_not_one_for_each_stamp(lab, grow):
    first = stamped(grow, NOW)
    for hours in range(1, 6):
        stamped(grow, NOW + hours * timedelta(hours=1))
    lab.server.entity = authority(lab, until=NOW + 9 * YEAR)
    for hours in range(6, 9):
        stamped(grow, NOW + hours * timedelta(hours=1))

    told = audit.existence(first, 1)
    assert CheckpointToken.objects.count() == 9
    assert len(told["steps"]) == 2
    newest = CheckpointToken.objects.order_by("pk").last()
    assert told["steps"][-1]["token"] == newest.content


def test_what_is_not_covered_in_time_proves_nothing_any_more(lab, grow):
    """The gap is longer than the certificate: the later stamp came too late for the earlier."""
    key = stamped(grow, NOW)
    lab.server.entity = authority(lab, until=NOW + 9 * YEAR)
    stamped(grow, NOW + 3 * YEAR)

    [only] = audit.existence(key, 1)["steps"]
    assert only["token"] == CheckpointToken.objects.earliest("pk").content


def test_a_log_that_rests_is_renewed_soon_before_its_proof_ends(lab, grow):
    key = stamped(grow, NOW)
    ends = audit.lasting().ends
    assert ends == NOW + 2 * YEAR

    with time_machine.travel(ends - 91 * DAY):
        assert audit.renew(by=SYSTEM) is None
        assert audit.checkpoint() is None
    lab.server.entity = authority(lab, until=NOW + 9 * YEAR)
    with time_machine.travel(ends - 89 * DAY):
        token = audit.renew(by=SYSTEM)
        assert audit.renew(by=SYSTEM) is None

    assert token.checkpoint == Checkpoint.objects.latest()
    [told] = Event.objects.named(events.CHECKPOINT_RENEWED)
    assert told.data == {"ends": ends.date().isoformat()}
    assert len(audit.existence(key, 1)["steps"]) == 2
    assert audit.lasting().ends == NOW + 9 * YEAR


def test_the_command_renews_a_log_that_rests_too(lab, grow):
    stamped(grow, NOW)
    ends = audit.lasting().ends
    lab.server.entity = authority(lab, until=NOW + 9 * YEAR)
    with time_machine.travel(ends - 89 * DAY):
        call_command("audit_checkpoint", stdout=io.StringIO())
    assert audit.lasting().ends == NOW + 9 * YEAR


def test_an_authority_that_keeps_its_old_certificate_is_asked_once_a_week(lab, grow):
    stamped(grow, NOW)
    late = NOW + 2 * YEAR - 60 * DAY
    with time_machine.travel(late):
        assert audit.renew(by=SYSTEM)
    with time_machine.travel(late + 6 * DAY):
        assert audit.renew(by=SYSTEM) is None
    with time_machine.travel(late + 8 * DAY):
        assert audit.renew(by=SYSTEM)


def test_a_retired_algorithm_ends_a_proof_as_a_certificate_does(lab, grow, settings):
    lab.server.entity = authority(lab, until=NOW + 9 * YEAR)
    stamped(grow, NOW)
    assert audit.lasting().ends == NOW + 9 * YEAR

    retires = (NOW + YEAR).date()
    given = settings.WAGTAIL_CONTRACTS
    retired = {"rsa-3072": retires.isoformat()}
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {**given["AUDIT"], "RETIRED": retired}}
    assert audit.lasting().ends.date() == retires


@pytest.mark.parametrize("then", [YEAR, YEAR + DAY])
def test_a_time_stamp_later_than_what_came_after_it_is_found(lab, grow, then):
    stamped(grow, NOW + YEAR)
    if then > YEAR:
        stamped(grow, NOW + YEAR + timedelta(hours=1))
    with time_machine.travel(NOW + then):
        assert audit.stamped()
    with time_machine.travel(NOW + YEAR - DAY), pytest.raises(LogBroken, match="later than it can"):
        audit.stamped()


def test_authorities_whose_clocks_differ_are_believed_both(lab, grow):
    stamped(grow, NOW)
    stamped(grow, NOW - timedelta(minutes=119))
    with time_machine.travel(NOW):
        assert audit.stamped()
    stamped(grow, NOW - timedelta(minutes=240))
    with time_machine.travel(NOW), pytest.raises(LogBroken, match="later than it can"):
        audit.stamped()


def test_a_leaf_that_was_changed_makes_the_next_note_wrong_and_is_found(lab, grow):
    stamped(grow, NOW - 2 * DAY)
    with triggers_lifted():
        CheckpointToken.objects.update(leaf="0" * 64)
    stamped(grow, NOW - DAY)
    with pytest.raises(LogBroken, match="another one than a later note covers"):
        audit.stamped()


def test_a_token_that_proves_nothing_is_no_step(lab, grow):
    key = stamped(grow, NOW)
    assert audit.existence(key, 1)
    with triggers_lifted():
        CheckpointToken.objects.update(content=base64.b64encode(b"0\0").decode())
    with pytest.raises(LogBroken, match="no time-stamp"):
        audit.existence(key, 1)
