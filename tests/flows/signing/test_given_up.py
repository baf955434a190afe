"""What is completed though its certificate was revoked, what never is, and whose turn it is."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.utils import timezone

from tests.database import triggers_lifted
from tests.flows.signing.test_completing import another, lab, newest, opened, page, signed, silent
from tests.public import visits
from tests.unit.sealing.pki import DAY, NOW, YEAR
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import SealRevoked
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import raising
from wagtail_contracts.signing.flows.examining.found import LIGHT
from wagtail_contracts.signing.rendering import alarms

__all__ = ["lab", "opened", "signed"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def is_followed(name, at):
    """Whether an open page goes on asking."""
    found = visits.enter(at.kari).get(visits.page(name, at.kari)).content
    return b"data-state" in found


def given_up(contract):
    return Event.objects.of(contract.own_trail).named(events.SEALING_FAILED).count()


def test_a_certificate_that_was_revoked_after_the_stamp_was_good_then(lab, signed):
    silent(lab.server, "revocation")
    signing.seal(signed.version, by=SYSTEM)
    lab.server.recover()
    said = lab.issuer.revocations(lab.seal, at=NOW + DAY)
    lab.server.lists["/Lab-Issuing.crl"] = said.dump()

    assert signing.complete_seals(by=SYSTEM) == 1

    made = newest()
    assert (made.level, made.lacks, made.renew_before) == ("B-LTA", "", NOW + 10 * YEAR)
    for at in (NOW + 2 * DAY, NOW + 3 * YEAR):
        report = sealing.verify(sealing.content(made), at=at)
        assert (report.verdict, report.notes) == ("intact", [])
    assert given_up(signed.contract) == 0


def test_one_that_was_revoked_before_it_is_told_once_and_not_tried_again(lab, signed):
    """What was refused before there was a file is no word about the file."""
    lab.publish(lab.seal)
    with pytest.raises(SealRevoked):
        signing.seal(signed.version, by=SYSTEM)
    silent(lab.server, "revocation")
    kept = signing.seal(signed.version, by=SYSTEM)
    assert (kept.level, given_up(signed.contract)) == ("B-T", 1)
    assert signing.wanting(kept).lacks == "revocation"
    lab.server.recover()

    assert (list(signing.overdue()), is_followed("done", signed)) == ([], True)
    assert signing.complete_seals(by=SYSTEM) == 0

    assert signing.wanting(kept).lacks == "revoked"
    assert "revoked before the time-stamp was made" in page("contract", signed)
    assert not is_followed("done", signed)
    with time_machine.travel(NOW + 2 * DAY):
        [fault] = signing.overdue()
    assert (fault.code, fault.about) == ("seal_revoked", kept.subject)
    assert not fault.code.startswith(LIGHT)
    assert "proves nothing" in alarms.what(fault.code)
    asked = lab.server.asked
    lab.publish()
    assert signing.complete_seals(by=SYSTEM) == 0
    assert (lab.server.asked, given_up(signed.contract)) == (asked, 2)
    assert SealedFile.objects.get() == kept


def test_one_whose_certificate_is_over_is_told_once_and_not_tried_again(lab, signed):
    """The certificate of the seal ends in two years: then nobody says whether it was revoked."""
    silent(lab.server, "revocation")
    kept = signing.seal(signed.version, by=SYSTEM)
    with time_machine.travel(NOW + 2 * YEAR - DAY):
        assert signing.complete_seals(by=SYSTEM) == 0
        assert (signing.wanting(kept).lacks, given_up(signed.contract)) == ("revocation", 0)
    lab.server.recover()
    with time_machine.travel(NOW + 2 * YEAR + DAY):
        asked = lab.server.asked
        for _turn in range(2):
            assert signing.complete_seals(by=SYSTEM) == 0
        assert (lab.server.asked, given_up(signed.contract)) == (asked, 1)
        assert [fault.code for fault in signing.overdue()] == ["seal_over"]
    assert signing.wanting(kept).lacks == "over"
    assert "was over before all that belongs to it" in page("contract", signed)


def test_files_that_can_not_be_completed_keep_none_from_its_turn(lab, signed, template, sender):
    later = another(template, sender)
    silent(lab.server, "time")
    for one in (signed, later):
        signing.seal(one.version, by=SYSTEM)
    lab.server.recover()
    with triggers_lifted():
        first = SealedFile.objects.filter(subject=signed.version.digest)
        first.update(name=f"{'0' * 64}.pdf")
    turn, done = timedelta(seconds=raising.TURN), []
    with mock.patch.object(raising, "MOST", 1):
        for place in range(2):
            with time_machine.travel(timezone.now() + place * turn):
                done.append(signing.complete_seals(by=SYSTEM))
    assert sorted(done) == [0, 1]
    assert signing.wanting(signing.sealed_file(later.version)) is None


@pytest.mark.parametrize("page", [1, 2])
def test_however_many_are_held_at_once_all_have_their_turn(lab, signed, template, sender, page):
    contracts = signed, another(template, sender)
    silent(lab.server, "time")
    for one in contracts:
        signing.seal(one.version, by=SYSTEM)
    lab.server.recover()
    with mock.patch.object(raising, "PAGE", page):
        assert signing.complete_seals(by=SYSTEM) == 2
    for one in contracts:
        assert signing.wanting(signing.sealed_file(one.version)) is None
