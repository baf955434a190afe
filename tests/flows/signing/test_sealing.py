"""From the last signature to the sealed file in everybody's mailbox."""

import json
from types import SimpleNamespace

import pytest
from django.core import mail

from tests import builders
from tests.database import triggers_lifted
from tests.flows.signing.test_signing import sign
from tests.journeys import stage
from wagtail_contracts import canonical
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.models import Checkpoint, Event, LogEntry, Trail
from wagtail_contracts.contracts.rendering import text
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing


@pytest.fixture
def signed(answered: SimpleNamespace) -> SimpleNamespace:
    """Both have signed version 2."""
    sign(answered)
    sign(answered, "ola")
    return stage(answered.contract, answered.sender)


def test_the_worker_seals_once_and_everybody_gets_the_file(signed):
    outbox.deliver()

    kept = SealedFile.objects.get()
    data = sealing.content(kept)
    report = sealing.verify(data)
    assert (report.verdict, report.known) == ("intact", True)
    assert json.loads(report.files["contract.json"]) == json.loads(signed.version.record)
    sent = [letter for letter in mail.outbox if letter.attachments]
    assert sorted(letter.to[0] for letter in sent) == [
        "kari@customer.example",
        "ola@eksempel.example",
    ]
    assert all(letter.attachments[0][1] == data for letter in sent)


def test_sealing_again_keeps_the_file_that_there_is(signed):
    first = signing.seal(signed.version, by=SYSTEM)

    assert signing.seal(signed.version, by=SYSTEM) == first
    assert Event.objects.of(signed.contract.trail).named("document.sealed").count() == 1


def test_the_evidence_names_both_signatures_and_the_whole_trail(signed):
    kept = signing.seal(signed.version, by=SYSTEM)

    evidence = json.loads(sealing.verify(sealing.content(kept)).files["evidence.json"])
    assert evidence["subject"] == signed.version.digest
    assert [item["name"] for item in evidence["statements"]] == ["Ola Nordmann", "Kari Nordmann"]
    last = canonical.decode(evidence["trail"]["records"][-1].encode())
    assert last["name"] == "contract.signed"


def test_the_text_travels_along_for_whoever_cannot_open_the_file(signed):
    kept = signing.seal(signed.version, by=SYSTEM)

    report = sealing.verify(sealing.content(kept))
    assert report.verdict == "intact"
    assert report.files["contract.txt"].decode() == text.plain(signed.version.content)
    assert "1 Service\n  From 15 January 2027 the service runs." in text.plain(
        signed.version.content
    )


def test_a_file_that_was_sealed_here_is_recognised_with_its_trail(signed):
    kept = signing.seal(signed.version, by=SYSTEM)

    found = signing.verify(sealing.content(kept))

    assert (found.version, found.trail) == (signed.version, True)


def test_a_download_is_recorded(signed):
    signing.seal(signed.version, by=SYSTEM)

    found, data = signing.download(signed.contract, by=builders.guest(signed.kari))

    assert len(data) == found.size
    assert Event.objects.of(signed.contract.trail).last().name == "document.downloaded"


@pytest.fixture
def attested(settings, tmp_path):
    """Checkpoints are signed by a key in a file."""
    keys.make(tmp_path / "checkpoint.pem")
    told = {"ORIGIN": "contracts.example.org/audit", "KEY": tmp_path / "checkpoint.pem"}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "AUDIT": told}


def test_a_checkpoint_over_the_trail_travels_in_the_file_and_is_compared_with_ours(
    signed, attested
):
    point = audit.checkpoint()
    length = Trail.objects.get(key=signed.contract.trail).length
    kept = signing.seal(signed.version, by=SYSTEM)

    found = signing.verify(sealing.content(kept))
    words = f"a checkpoint of contracts.example.org/audit covers the first {length} records"
    assert (found.report.verdict, found.trail) == ("intact", True)
    assert words in found.report.notes
    assert found.evidence["checkpoint"]["note"] == point.note
    with triggers_lifted():
        Checkpoint.objects.update(note="another")
    found = signing.verify(sealing.content(kept))
    assert (found.report.verdict, found.trail) == ("intact", False)
    assert found.trail_fault == "the checkpoint inside is none of those that stand here"


def test_a_file_that_no_checkpoint_covers_yet_holds_none(signed, attested):
    kept = signing.seal(signed.version, by=SYSTEM)
    found = signing.verify(sealing.content(kept))
    assert (found.evidence["checkpoint"], found.trail) == (None, True)


def test_a_key_that_opens_no_checkpoint_any_more_keeps_nothing_from_being_sealed(
    signed, attested, settings
):
    audit.checkpoint()
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "AUDIT": {}}
    kept = signing.seal(signed.version, by=SYSTEM)
    assert signing.verify(sealing.content(kept)).evidence["checkpoint"] is None


@pytest.mark.parametrize(("column", "damage"), [("head", "0" * 64), ("index", 99)])
def test_a_damaged_log_keeps_nothing_from_being_sealed(signed, attested, column, damage):
    audit.checkpoint()
    entry = LogEntry.objects.get(trail__key=signed.contract.trail)
    with triggers_lifted():
        LogEntry.objects.filter(pk=entry.pk).update(**{column: damage})
    kept = signing.seal(signed.version, by=SYSTEM)
    assert signing.verify(sealing.content(kept)).evidence["checkpoint"] is None
