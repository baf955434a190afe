"""Kept files go further by commands of the app alone: raised, and renewed in the file."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO
from unittest import mock

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import bundles, identity
from tests.database import triggers_lifted
from tests.flows.sealing.test_reaching import lab, opened
from tests.unit.sealing.pki import NOW, YEAR, Entity
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import NoLonger
from wagtail_contracts.sealing.flows import furthering
from wagtail_contracts.sealing.models import SealedFile

__all__ = ["lab", "opened"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
SUBJECT = bundles.facts()["subject"]


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """No other app owns files."""
    monkeypatch.setattr(furthering, "_elsewhere", {})


def kept(subject=SUBJECT, *, test=False):
    sealed = sealing.seal(bundles.bundle(pages=SealedFile.objects.count() + 1), test=test)
    name = sealing.store(sealed)
    with transaction.atomic():
        return sealing.keep(subject, sealed, name, by=SYSTEM)


def damaged(file):
    with triggers_lifted():
        SealedFile.objects.filter(pk=file.pk).update(name=f"{'0' * 64}.pdf")
    return SealedFile.objects.get(pk=file.pk)


def say(command, *words, code=0):
    """What a command says, which ends with this code."""
    out = StringIO()
    if code == 0:
        call_command(command, *words, stdout=out)
        return out.getvalue()
    with pytest.raises(CommandError) as ended:
        call_command(command, *words, stdout=out)
    assert ended.value.returncode == code
    return f"{out.getvalue()}{ended.value}"


def newest(subject=SUBJECT):
    return SealedFile.objects.current().get(subject=subject)


@pytest.mark.parametrize(("lacks", "level"), [("time", "B-B"), ("revocation", "B-T")])
def test_what_lacked_something_is_raised_as_the_next_generation(lab, lacks, level):
    server = lab.server
    server.code, server.code_of_lists = (500, 200) if lacks == "time" else (200, 500)
    first = kept()
    assert (first.level, first.lacks) == (level, lacks)
    waits = say("sealing_raise", code=1)
    assert f"{first.name}: waits, still at {level}" in waits
    assert "1 not raised." in waits
    assert SealedFile.objects.get() == first

    server.recover()
    said = say("sealing_raise")

    made = newest()
    assert f"{first.name}: B-LTA, {made.name}\n1 raised.\n" in said
    assert (made.generation, made.level, made.lacks) == (2, "B-LTA", "")
    assert sealing.verify(sealing.content(made)).verdict == "intact"
    assert sealing.content(first)
    assert say("sealing_raise") == "0 raised.\n"


def test_one_that_fails_is_named_and_keeps_no_other_from_its_turn(lab):
    lab.server.code = 500
    bad, good = kept(), kept("b" * 64)
    damaged(bad)
    lab.server.recover()

    said = say("sealing_raise", code=1)
    assert f"{'0' * 64}.pdf: The stored file is not the one that was sealed." in said
    assert "1 raised." in said
    assert "1 not raised." in said
    assert (newest("b" * 64).generation, newest("b" * 64).level) == (2, "B-LTA")
    assert newest().pk == bad.pk
    assert good.pk != newest("b" * 64).pk


def test_while_one_waits_so_do_the_others_of_its_certificate(lab):
    lab.server.code = 500
    for number in range(3):
        kept(f"{number:064x}")
    asked = lab.server.asked
    assert "3 not raised." in say("sealing_raise", code=1)
    assert lab.server.asked == asked + 1


def test_what_less_was_wanted_of_is_raised_when_that_is_asked_for(lab, settings):
    ours = settings.WAGTAIL_CONTRACTS
    less = {**ours, "SEALING": {**ours["SEALING"], "LEVEL": "B-B"}}
    settings.WAGTAIL_CONTRACTS = less
    first = kept()
    settings.WAGTAIL_CONTRACTS = ours
    assert (first.level, first.lacks) == ("B-B", "")

    assert say("sealing_raise") == "0 raised.\n"
    assert "1 raised." in say("sealing_raise", "--all")
    assert (newest().generation, newest().level) == (2, "B-LTA")
    assert say("sealing_raise", "--all") == "0 raised.\n"


def test_what_is_a_test_is_raised_and_renewed_by_the_test_identity(lab, settings, tmp_path):
    theirs = identity.settings()
    test = {name: theirs[name] for name in ("TEST_BACKEND", "TEST_OPTIONS")}
    ours = settings.WAGTAIL_CONTRACTS["SEALING"]
    trust = [*ours["TRUST"], *theirs["TRUST"]]
    chosen = {**ours, **test, "TRUST": trust}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": chosen}
    lab.server.code = 500
    real, trial = kept(), kept("b" * 64, test=True)
    lab.server.recover()

    assert "2 raised." in say("sealing_raise")
    for file, is_test in ((real, False), (trial, True)):
        report = sealing.verify(sealing.content(newest(file.subject)))
        assert (report.verdict, report.test) == ("intact", is_test)


def test_two_workers_make_one_generation(lab):
    """The slower one finds what the faster one kept, and keeps nothing."""
    lab.server.code = 500
    first = kept()
    lab.server.recover()
    for verb in (sealing.raise_file, sealing.renew_file):
        one, other = verb(first, by=SYSTEM), verb(first, by=SYSTEM)
        assert other == (one.file, False)
    assert [row.generation for row in SealedFile.objects.order_by("pk")] == [1, 2]


def test_nothing_is_asked_or_sealed_inside_a_transaction(lab):
    lab.server.code = 500
    first = kept()
    lab.server.recover()
    depth, within = len(connection.savepoint_ids), []

    def noting(verb):
        def called(*words, **more):
            within.append(len(connection.savepoint_ids))
            return verb(*words, **more)

        return mock.patch.object(furthering, verb.__name__, called)

    with (
        noting(furthering.raise_level),
        noting(furthering.renew),
        noting(furthering.store),
        noting(furthering.keep),
    ):
        made = sealing.raise_file(first, by=SYSTEM)
        sealing.renew_file(made.file, by=SYSTEM)
    assert within == [depth, depth, depth + 1] * 2


def later(lab):
    """Another certificate of the authority, which ends ten years after the first."""
    ends = {"until": NOW + 20 * YEAR, "lists": lab.tsa.lists}
    for one in (lab.root, lab.issuer):
        day = NOW + 10 * YEAR - timedelta(days=31)
        lab.server.lists[f"/{one.common.replace(' ', '-')}.crl"] = one.revocations(since=day).dump()
    return Entity("Later", lab.root, kind="stamps", rsa_key=True, **ends)


def test_a_report_says_what_ends_when_and_changes_nothing(lab):
    first = kept()
    asked = lab.server.asked
    day = first.renew_before.date() + timedelta(days=1)
    with CaptureQueriesContext(connection) as queries:
        said = say("sealing_renew", "--dry-run", "--before", str(day))
    assert f"  1 at B-LTA, until {first.renew_before:%Y-%m-%d}: {first.algorithms}\n" in said
    assert f"The certificate of the seal ends {NOW + 2 * YEAR:%Y-%m-%d}." in said
    assert f"Due before {day}: 1." in said
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert "Due before" in say("sealing_renew", "--dry-run")
    assert (SealedFile.objects.get(), lab.server.asked) == (first, asked)


@pytest.mark.parametrize("day", ["31.12.2030", "2030-13-01", "soon"])
def test_what_is_no_day_is_refused_with_an_example_of_one(lab, day):
    with pytest.raises(CommandError, match=f"“{re.escape(day)}” is no day, such as 2030-12-31"):
        call_command("sealing_renew", "--dry-run", "--before", day)
    assert "Due before 2030-12-31" in say("sealing_renew", "--dry-run", "--before", "2030-12-31")


def test_what_is_due_is_renewed_in_the_file_and_lasts_on(lab):
    first = kept()
    assert "0 renewed." in say("sealing_renew")
    with time_machine.travel(NOW + 10 * YEAR - timedelta(days=30)):
        lab.server.entity = later(lab)
        said = say("sealing_renew")
        assert f"{first.name}: until {NOW + 20 * YEAR:%Y-%m-%d}\n1 renewed.\n" in said
        assert "0 renewed." in say("sealing_renew")
    made = newest()
    assert (made.generation, made.renew_before) == (2, NOW + 20 * YEAR)
    with time_machine.travel(NOW + 15 * YEAR):
        assert sealing.verify(sealing.content(made)).verdict == "intact"
        assert sealing.verify(sealing.content(first)).verdict == "undated"


def test_what_would_end_no_later_is_left_and_asked_for_once(lab):
    for number in range(3):
        kept(f"{number:064x}")
    with time_machine.travel(NOW + 10 * YEAR - timedelta(days=30)):
        later(lab)
        asked = lab.server.asked
        said = say("sealing_renew", code=1)
        alone = lab.server.asked - asked
        words = "would prove itself no longer by it: the new time-stamp ends "
        assert said.count(words) == 3
        assert "3 not renewed." in said
        say("sealing_renew", code=1)
        assert lab.server.asked - asked == 2 * alone
        [_first, *others] = SealedFile.objects.order_by("pk")
        with pytest.raises(NoLonger, match="no longer"):
            sealing.renew_file(others[0], longer=True, by=SYSTEM)
        assert lab.server.asked - asked == 3 * alone
    assert set(SealedFile.objects.values_list("generation", flat=True)) == {1}


@pytest.mark.parametrize("command", ["sealing_raise", "sealing_renew"])
def test_an_app_that_owns_files_in_its_own_way_names_its_own_command(command, lab, monkeypatch):
    assert say(command)
    monkeypatch.setattr(furthering, "_elsewhere", {})
    sealing.leave_to(**{command: "shop_deliver"})
    assert "records what is done to them: run shop_deliver." in say(command, code=1)
