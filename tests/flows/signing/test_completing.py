"""A seal that lacks its level says so to everybody, and is completed by itself."""

from __future__ import annotations

import logging
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client

from tests import builders, identity, mails, signatures
from tests.admin import posts
from tests.database import triggers_lifted
from tests.flows.audit.conftest import attested
from tests.flows.signing.test_training import pages
from tests.journeys import stage
from tests.public import visits
from tests.public.markup import read
from tests.tsa import lab as labs
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.outbox import topics
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends.file import Pkcs12Seal
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

__all__ = ["attested"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
NO_TIME = "the authority that is to confirm it gave no answer, or none that holds"
NO_WORD = "their issuer gave no answer, or none that holds"
BOTH = ["kari@customer.example", "ola@eksempel.example"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, settings):
    opened.server.recover()
    opened.publish()
    labs.configure(settings, opened)
    return opened


@pytest.fixture
def signed(answered):
    """Everybody has signed; nothing else waits."""
    signatures.sign_all(answered)
    return stage(answered.contract, answered.sender)


def silent(server, lacks):
    """No authority for time, or no issuer, answers any more."""
    server.code, server.code_of_lists = (500, 200) if lacks == "time" else (200, 500)


def newest():
    return SealedFile.objects.order_by("generation").last()


def overview(at):
    client = Client()
    client.force_login(at.sender)
    return read(client.get(posts.address("inspect", at.contract.pk)).content).text


def page(name, at):
    return read(visits.enter(at.kari).get(visits.page(name, at.kari)).content).text


def work():
    """What a worker does every ten minutes."""
    {one.name: one for one in topics.periodic()}["signing.complete"].task()


@pytest.mark.parametrize(
    ("lacks", "level", "said"), [("time", "B-B", NO_TIME), ("revocation", "B-T", NO_WORD)]
)
def test_it_is_sealed_at_once_and_completed_when_they_answer_again(lab, signed, lacks, level, said):
    silent(lab.server, lacks)
    first = mails.sent()
    before = newest()
    assert (before.generation, before.level, before.lacks) == (1, level, lacks)
    sent = [letter for letter in first if letter.attachments]
    assert sorted(letter.to[0] for letter in sent) == BOTH
    assert all(said in letter.body and said in mails.html(letter) for letter in sent)
    for text in (overview(signed), page("done", signed), page("contract", signed)):
        assert said in text
    assert "Level that is wantedB-LTA" in overview(signed)
    work()
    assert newest() == before

    mails.forget()
    lab.server.recover()
    work()

    after = newest()
    assert (after.generation, after.level, after.lacks) == (2, "B-LTA", "")
    content = sealing.content(after)
    assert content.startswith(sealing.content(before)) == (lacks == "revocation")
    (told,) = Event.objects.of(signed.contract.trail).named(events.DOCUMENT_COMPLETED)
    assert (told.data["before"], told.data["file"]) == (before.digest, after.digest)
    letters = mails.sent()
    assert sorted(letter.to[0] for letter in letters) == BOTH
    for letter in letters:
        assert letter.subject == "The seal is completed: Hosting 2027 – your copy"
        assert (letter.attachments[0][1], after.digest in letter.body) == (content, True)
        assert said not in letter.body
    for text in (overview(signed), page("done", signed), page("contract", signed)):
        assert said not in text
    assert "The seal of version 2 was completed: B-LTA" in overview(signed)
    for data in (sealing.content(before), content):
        found = signing.verify(data)
        assert (found.report.verdict, found.version, found.trail) == (
            "intact",
            signed.version,
            True,
        )
    assert list(signing.check(signed.contract.number)) == []
    work()
    assert newest() == after


def test_paper_and_page_say_how_it_is_sealed(lab, attested, signed, tmp_path):
    """The paper is there before the seal: what came of it is told elsewhere."""
    silent(lab.server, "time")
    kept = signing.seal(signed.version, by=SYSTEM)
    signing.checkpoint(by=SYSTEM)

    words = " ".join(" ".join(pages(sealing.content(kept), tmp_path)).split())
    assert "was asked to go as far as this: B-LTA: a seal that can be renewed" in words
    assert "http://127.0.0.1:8000/verify/ tells it of the file" in words
    text = page("contract", signed)
    for said in ("B-B: a seal", "B-LTA: a seal", "No. ", "No independent time.", "Kept nowhere"):
        assert said in text


def test_what_can_be_had_is_had_before_all_of_it_can(lab, signed):
    silent(lab.server, "time")
    signing.seal(signed.version, by=SYSTEM)
    silent(lab.server, "revocation")
    assert signing.complete_seals(by=SYSTEM) == 1
    assert (newest().generation, newest().level, newest().lacks) == (2, "B-T", "revocation")
    wanting = signing.wanting(newest())
    first = SealedFile.objects.get(generation=1)
    assert (wanting.lacks, wanting.since) == ("revocation", first.sealed_at)

    lab.server.recover()
    assert signing.complete_seals(by=SYSTEM) == 1
    assert (newest().generation, newest().level) == (3, "B-LTA")
    assert signing.wanting(newest()) is None


@pytest.mark.parametrize("level", ["B-T", "B-LTA"])
def test_while_nobody_answers_the_key_is_left_alone(lab, signed, settings, level):
    """A key that somebody else holds may cost something each time."""
    labs.configure(settings, lab, level)
    silent(lab.server, "time")
    signing.seal(signed.version, by=SYSTEM)
    with mock.patch.object(Pkcs12Seal, "sign", autospec=True, side_effect=Pkcs12Seal.sign) as sign:
        assert signing.complete_seals(by=SYSTEM) == 0
        assert (sign.call_count, SealedFile.objects.count()) == (0, 1)
        lab.server.recover()
        assert signing.complete_seals(by=SYSTEM) == 1
        assert sign.call_count > 0


def test_two_workers_complete_it_once(lab, signed):
    silent(lab.server, "time")
    signing.seal(signed.version, by=SYSTEM)
    lab.server.recover()
    mails.forget()
    keep, done = sealing.store, []

    def store(sealed):
        """Before the first has written its row, the second is through."""
        if not done:
            done.append(None)
            done.append(signing.complete_seals(by=SYSTEM))
        return keep(sealed)

    with mock.patch.object(sealing, "store", store):
        done.append(signing.complete_seals(by=SYSTEM))

    assert done == [None, 1, 0]
    assert SealedFile.objects.count() == 2
    assert Event.objects.named(events.DOCUMENT_COMPLETED).count() == 1
    assert len(mails.sent()) == 2


def test_a_file_that_was_changed_keeps_no_other_waiting(lab, signed, caplog):
    silent(lab.server, "time")
    signing.seal(signed.version, by=SYSTEM)
    with triggers_lifted():
        SealedFile.objects.update(name=f"{'0' * 64}.pdf")
    lab.server.recover()
    with caplog.at_level(logging.WARNING, "wagtail_contracts.sealing"):
        assert signing.complete_seals(by=SYSTEM) == 0
    assert signed.contract.number in caplog.text
    with triggers_lifted():
        SealedFile.objects.update(name=f"{newest().digest}.pdf")
    assert signing.complete_seals(by=SYSTEM) == 1


def another(template, sender):
    """One more contract that everybody has signed."""
    contract = builders.contract(template, sender)
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(sender))
    sent = stage(contract, sender)
    by = builders.guest(sent.kari)
    contracts.answer(sent.kari, sent.version.digest, builders.ANSWERS, by=by)
    signatures.sign_all(stage(contract, sender))
    return stage(contract, sender)


def test_an_issuer_that_is_silent_holds_up_no_file_of_another_certificate(
    lab, signed, template, sender, settings
):
    later = another(template, sender)
    silent(lab.server, "revocation")
    first = signing.seal(signed.version, by=SYSTEM)
    ours, theirs = settings.WAGTAIL_CONTRACTS, identity.settings()
    trusted = [*ours["SEALING"]["TRUST"], *theirs["TRUST"]]
    rotated = {**ours["SEALING"], "OPTIONS": theirs["OPTIONS"], "TRUST": trusted}
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": rotated}
    second = signing.seal(later.version, by=SYSTEM)
    assert (first.level, second.level) == ("B-T", "B-T")

    lab.server.recover()
    del lab.server.lists["/Lab-Issuing.crl"]
    assert signing.complete_seals(by=SYSTEM) == 1
    assert signing.wanting(signing.sealed_file(signed.version)).lacks == "revocation"
    assert signing.wanting(signing.sealed_file(later.version)) is None


@pytest.mark.parametrize("lacks", ["time", "revocation"])
def test_named_people_hear_of_it_after_a_day_as_long_as_it_is_wanted(lab, signed, settings, lacks):
    silent(lab.server, lacks)
    kept = signing.seal(signed.version, by=SYSTEM)
    assert list(signing.overdue()) == []
    with triggers_lifted():
        SealedFile.objects.update(sealed_at=kept.sealed_at - timedelta(hours=25))

    [fault] = signing.overdue()
    assert (fault.code, fault.about) == (f"seal_without_{lacks}", kept.subject)
    labs.configure(settings, lab, kept.level)
    assert list(signing.overdue()) == []


def test_where_less_is_wanted_by_now_nothing_lacks(lab, signed, settings):
    silent(lab.server, "revocation")
    signing.seal(signed.version, by=SYSTEM)
    lab.server.recover()
    labs.configure(settings, lab, "B-T")
    assert signing.wanting(newest()) is None
    assert signing.complete_seals(by=SYSTEM) == 0
    labs.configure(settings, lab, "B-LTA")
    assert signing.wanting(newest()).wanted == "B-LTA"
    assert signing.complete_seals(by=SYSTEM) == 1


def test_what_is_for_training_is_completed_by_the_test_identity(lab, signed, section):
    """And never by the real one, which by then could seal it."""
    Workspace.objects.update(training=True)
    trust = [lab.folder / "root.pem", identity.training() / "authority.pem"]
    section("SEALING", TRUST=trust)
    silent(lab.server, "time")
    signing.seal(signed.version, by=SYSTEM)
    test = newest().signer_fingerprint
    assert test != sealing.described().fingerprint
    lab.server.recover()
    section("SEALING", TEST_OPTIONS={"path": lab.folder / "none.p12"})
    assert signing.complete_seals(by=SYSTEM) == 0
    section("SEALING", TEST_OPTIONS=identity.settings()["TEST_OPTIONS"])
    assert signing.complete_seals(by=SYSTEM) == 1
    assert (newest().level, newest().signer_fingerprint) == ("B-LTA", test)
