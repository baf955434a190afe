"""Checkpoints over trail heads, against somebody who owns the database."""

import json

import pytest
from django.db import IntegrityError, transaction

from tests.database import triggers_lifted
from tests.flows.audit.conftest import no_row_left
from wagtail_contracts import chain, merkle, notes
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.errors import CheckpointRefused, LogBroken, UnknownTrail
from wagtail_contracts.audit.models import Checkpoint, Event, LogEntry, Trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown(attested, grow):
    """Five trails of one to five events under one checkpoint, then two of them two longer."""
    trails = [grow(count) for count in range(1, 6)]
    audit.checkpoint()
    for key in trails[:2]:
        grow(2, key)
    audit.checkpoint()
    return trails


def leaves():
    rows = LogEntry.objects.order_by("index").values_list("trail__key", "length", "head")
    return [merkle.leaf("".join(f"{word}\n" for word in row).encode()) for row in rows]


def why():
    with no_row_left(), pytest.raises(LogBroken) as refused:
        audit.verify_log()
    return str(refused.value)


def test_a_checkpoint_covers_each_trail_that_has_grown(grown):
    first, second = Checkpoint.objects.order_by("size")

    assert (first.size, first.events, second.size, second.events) == (5, 15, 7, 19)
    assert audit.verify_log() == 7
    assert [audit.verify(key).length for key in grown] == [3, 4, 3, 4, 5]
    later = LogEntry.objects.filter(index__gte=5).values_list("trail__key", "length")
    assert set(later) == {(grown[0], 3), (grown[1], 4)}


def test_its_note_holds_origin_size_root_and_time(grown, attested):
    point = Checkpoint.objects.latest()
    known = [notes.Verifier("contracts.example.org/audit", keys.load(attested).public_key())]

    told = notes.opened(point.note, known)

    assert (told.origin, told.size) == ("contracts.example.org/audit", 7)
    assert told.root == merkle.root(leaves()) == bytes.fromhex(point.root)
    assert told.extensions == (f"at {point.at:%Y-%m-%dT%H:%M:%S.%f}Z", "events 19")


def test_nothing_new_makes_no_checkpoint(grown, grow):
    assert audit.checkpoint() is None
    grow(1, grown[0])
    assert audit.checkpoint().size == 8
    assert audit.checkpoint() is None


def test_none_is_made_without_a_key_or_an_origin(attested, grow, settings, tmp_path):
    grow()
    given, other = settings.WAGTAIL_CONTRACTS, tmp_path / "other.pem"
    other.write_text("no key")
    for words in (
        {"KEY": ""},
        {"ORIGIN": ""},
        {"ORIGIN": "two words"},
        {"KEY": tmp_path / "gone.pem"},
        {"KEY": other},
    ):
        settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {**given["AUDIT"], **words}}
        with pytest.raises(CheckpointRefused):
            audit.checkpoint()
    assert not Checkpoint.objects.exists()
    assert not LogEntry.objects.exists()
    settings.WAGTAIL_CONTRACTS = given
    assert audit.checkpoint().size == 1


def test_the_key_is_nobody_elses_to_read_and_never_overwritten(tmp_path):
    path = tmp_path / "key.pem"
    keys.make(path)
    before = path.read_bytes()

    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CheckpointRefused):
        keys.make(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "act",
    [
        lambda: LogEntry.objects.update(length=1),
        lambda: LogEntry.objects.filter(index=6).delete(),
        lambda: Checkpoint.objects.update(events=1),
        lambda: Checkpoint.objects.filter(size=7).delete(),
    ],
)
def test_the_log_can_only_grow(grown, grow, act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()
    grow()
    assert audit.checkpoint().size == audit.verify_log() == 8


def test_a_cut_tail_is_found_though_the_trail_is_whole_in_itself(grown):
    key = grown[4]
    with triggers_lifted():
        Event.objects.of(key).filter(sequence=5).delete()
        head = Event.objects.of(key).last()
        Trail.objects.filter(key=key).update(length=4, head=head.digest)

    assert audit.verify(key).length == 4
    assert f"trail {key} no longer has the event 5" in why()


def test_a_tail_that_was_cut_and_grown_anew_is_found(grown, grow):
    key = grown[4]
    with triggers_lifted():
        Event.objects.of(key).filter(sequence=5).delete()
        head = Event.objects.of(key).last()
        Trail.objects.filter(key=key).update(length=4, head=head.digest)
    grow(3, key)

    assert audit.verify(key).length == 7
    assert f"trail {key} no longer has the event 5" in why()


def test_a_replaced_trail_is_found(grown):
    key = grown[2]
    trail = Trail.objects.get(key=key)
    head, rows = chain.genesis(key), []
    for event in Event.objects.of(key):
        content = {n: event.content[n] for n in ("at", "by", "commitments", "name")}
        link = chain.link(key, head, {**content, "data": {"forged": True}})
        head = chain.Head(head.length + 1, link.digest)
        rows.append((event.pk, link))
    with triggers_lifted():
        for pk, link in rows:
            Event.objects.filter(pk=pk).update(record=link.record, digest=link.digest)
        Trail.objects.filter(pk=trail.pk).update(head=head.digest)

    assert audit.verify(key, deep=True).length == 3
    assert f"trail {key} no longer has the event 3" in why()


def test_a_changed_entry_is_found(grown):
    with triggers_lifted():
        LogEntry.objects.filter(index=3).update(length=99)

    assert "entry 5: is not what the checkpoint covers" in why()


def test_a_missing_entry_is_found(grown):
    with triggers_lifted():
        LogEntry.objects.filter(index=3).delete()
    assert "entry 3: is missing" in why()


def test_entries_that_no_checkpoint_covers_are_found(grown):
    trail = Trail.objects.get(key=grown[3])
    LogEntry.objects.create(index=7, trail=trail, length=2, head="0" * 64)

    assert "entry 7: no checkpoint covers it" in why()


def test_a_log_whose_end_was_cut_is_found(grown):
    with triggers_lifted():
        LogEntry.objects.filter(index__gte=5).delete()

    assert "entry 5: is missing, a checkpoint covers it" in why()


def test_a_forged_checkpoint_is_found(grown, tmp_path):
    """By a key of the forger's own, and by the genuine note of another size."""
    genuine, point = Checkpoint.objects.order_by("size")
    forger = keys.make(tmp_path / "forger.pem")
    told = notes.Checkpoint("contracts.example.org/audit", 7, bytes.fromhex(point.root))
    for note, fault in (
        (notes.sign(told, told.origin, forger), "signed by no known key"),
        (genuine.note, "is not what the checkpoint covers"),
        (point.note.replace("events 19", "events 18"), "bad signature"),
    ):
        with triggers_lifted():
            Checkpoint.objects.filter(pk=point.pk).update(note=note)
        assert fault in why()
    with triggers_lifted():
        Checkpoint.objects.filter(pk=point.pk).update(note=point.note)
    assert audit.verify_log() == 7


def test_only_an_anchor_finds_that_everything_was_grown_anew_by_who_has_the_key(grown, grow):
    """Whoever owns database and key can tell another story; a note kept elsewhere contradicts."""
    early, late = Checkpoint.objects.order_by("size").values_list("note", flat=True)
    assert [told.size for told in audit.verify_notes([late, early])] == [5, 7]

    with triggers_lifted():
        for model in (Checkpoint, LogEntry, Event, Trail):
            model.objects.all().delete()
    for count in (1, 2, 3, 4, 5, 6, 7):
        grow(count)
    audit.checkpoint()

    assert audit.verify_log() == 7
    for note, size in ((early, 5), (late, 7)):
        with pytest.raises(LogBroken, match=f"entry {size}: the log up to here is another one"):
            audit.verify_notes([note])


def test_a_database_that_was_rolled_back_contradicts_the_later_note(grown):
    late = Checkpoint.objects.latest()
    with triggers_lifted():
        Checkpoint.objects.filter(pk=late.pk).delete()
        LogEntry.objects.filter(index__gte=5).delete()

    assert audit.verify_log() == 5
    with pytest.raises(LogBroken, match="entry 5: is missing, the anchor covers it"):
        audit.verify_notes([late.note])


def test_whoever_follows_the_log_gets_proofs(grown):
    early, late = Checkpoint.objects.order_by("size")
    path = [bytes.fromhex(item) for item in audit.consistency(early.size)]
    roots = [bytes.fromhex(point.root) for point in (early, late)]
    assert merkle.consistent(5, roots[0], 7, roots[1], path)
    for outside in (0, 8):
        with pytest.raises(LogBroken):
            audit.consistency(outside)

    for key in grown:
        proof = audit.included(key)
        leaf = notes.entry(proof.trail, proof.length, proof.head)
        path = [bytes.fromhex(item) for item in proof.path]
        assert merkle.includes(
            leaf, proof.index, 7 if proof.index > 4 else 5, path, roots[proof.index > 4]
        )
        assert audit.verify_anchor(key, proof.length, proof.head)
    with pytest.raises(UnknownTrail):
        audit.included("0" * 32)


def test_a_key_that_signed_earlier_still_opens_its_notes(grown, grow, settings, tmp_path):
    earlier = str(audit.verifiers()[0])
    new = tmp_path / "new.pem"
    keys.make(new)
    given = settings.WAGTAIL_CONTRACTS
    rotated = {**given["AUDIT"], "KEY": new}
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": rotated}
    grow()
    audit.checkpoint()
    assert "signed by no known key" in why()

    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {**rotated, "EARLIER": [earlier]}}
    assert audit.verify_log() == 8
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {**rotated, "EARLIER": ["no key"]}}
    with pytest.raises(CheckpointRefused):
        audit.verify_log()


def test_the_frontier_that_is_kept_leads_to_the_same_root(grown):
    for point in Checkpoint.objects.all():
        peaks = [bytes.fromhex(item) for item in json.loads(point.peaks)]
        assert merkle.Frontier(point.size, peaks).root() == merkle.root(leaves()[: point.size])
