"""Whoever owns the database drops the triggers and writes what they like: `audit_verify` says so.

Each attack is one of two trails of the same length; the other one is never named.
"""

import io
import uuid
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.database import triggers_lifted
from tests.kinds import GREW
from wagtail_contracts import canonical, chain, merkle, notes
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.models import Checkpoint, Event, LogEntry, Trail

pytestmark = pytest.mark.django_db
LENGTH, FAR = 5, 1000


def verdict(*words):
    """The exit code of audit_verify, and what it said, but for how many checkpoints a text had."""
    said = io.StringIO()
    try:
        call_command("audit_verify", *words, stdout=said, stderr=said)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    lines = said.getvalue().splitlines(keepends=True)
    return 0, "".join(line for line in lines if ": checkpoints compared: " not in line)


@pytest.fixture
def site(attested, grow, tmp_path):
    """Two trails under two checkpoints; what was mailed and filed of them."""
    key, twin = grow(LENGTH - 1), grow(LENGTH - 1)
    audit.checkpoint()
    grow(1, key), grow(1, twin)
    audit.checkpoint()
    filed = tmp_path / "anchors.txt"
    filed.write_text("\n".join(Checkpoint.objects.order_by("size").values_list("note", flat=True)))
    head = Trail.objects.get(key=key).head
    mailed = f"{key}:{LENGTH}:{head[:32]}"
    return SimpleNamespace(key=key, twin=twin, filed=str(filed), mailed=mailed, of=attested)


def at(site, sequence):
    return Event.objects.of(site.key).filter(sequence=sequence)


def changed(site):
    text = at(site, 3).get().record.replace('"n":2', '"n":7')
    at(site, 3).update(record=text)


def changed_with_its_digest(site):
    text = at(site, 3).get().record.replace('"n":2', '"n":7')
    digest = canonical.digest_bytes(canonical.AUDIT_EVENT, text.encode())
    at(site, 3).update(record=text, digest=digest)


def removed(site):
    at(site, 3).delete()


def removed_and_closed_up(site):
    at(site, 3).delete()
    for sequence in range(4, LENGTH + 1):
        at(site, sequence).update(sequence=sequence - 1)
    Trail.objects.filter(key=site.key).update(length=LENGTH - 1)


def inserted(site):
    for sequence in range(LENGTH, 2, -1):
        at(site, sequence).update(sequence=sequence + 1)
    new = at(site, 2).get()
    new.pk, new.sequence = None, 3
    Event.objects.bulk_create([new])
    Trail.objects.filter(key=site.key).update(length=LENGTH + 1)


def inserted_at_the_end(site):
    new = at(site, 2).get()
    new.pk, new.sequence = None, LENGTH + 1
    Event.objects.bulk_create([new])


def reordered(site):
    for old, new in ((2, FAR), (4, 2), (FAR, 4)):
        at(site, old).update(sequence=new)


def tail_cut(site):
    at(site, LENGTH).delete()


def move_head(site, length):
    Event.objects.of(site.key).filter(sequence__gt=length).delete()
    head = at(site, length).get().digest
    Trail.objects.filter(key=site.key).update(length=length, head=head)


def tail_cut_and_head_moved(site):
    move_head(site, LENGTH - 1)


def regrow(site, length):
    """Other events after so many, in a chain that is whole in itself."""
    events = list(Event.objects.of(site.key))
    head = chain.Head(length, events[length - 1].digest) if length else chain.genesis(site.key)
    for event in events[length:]:
        content = {name: event.content[name] for name in ("at", "by", "commitments", "name")}
        link = chain.link(site.key, head, {**content, "data": {"n": 7}})
        head = chain.Head(head.length + 1, link.digest)
        Event.objects.filter(pk=event.pk).update(record=link.record, digest=link.digest)
    Trail.objects.filter(key=site.key).update(length=head.length, head=head.digest)


def tail_cut_and_regrown(site):
    regrow(site, 3)


def trail_replaced(site):
    regrow(site, 0)


def trail_gone(site):
    LogEntry.objects.filter(trail__key=site.key).delete()
    Event.objects.of(site.key).delete()
    Trail.objects.filter(key=site.key).delete()


def replaced_with_its_entry(site):
    regrow(site, 0)
    head = Trail.objects.get(key=site.key).head
    LogEntry.objects.filter(trail__key=site.key, length=LENGTH).update(head=head)


def rewrite_log(site, key):
    """All entries and notes over what stands there now, signed by this key."""
    for entry in LogEntry.objects.select_related("trail"):
        head = Event.objects.get(trail=entry.trail, sequence=entry.length).digest
        LogEntry.objects.filter(pk=entry.pk).update(head=head)
    entries = LogEntry.objects.select_related("trail").order_by("index")
    leaves = [notes.entry(entry.trail.key, entry.length, entry.head) for entry in entries]
    for point in Checkpoint.objects.all():
        root = merkle.root(leaves[: point.size])
        told = notes.Checkpoint("contracts.example.org/audit", point.size, root)
        note = notes.sign(told, told.origin, key)
        Checkpoint.objects.filter(pk=point.pk).update(root=root.hex(), note=note)


def checkpoint_forged(site):
    regrow(site, 0)
    rewrite_log(site, keys.make(site.of.parent / "forger.pem"))


def all_of_it_with_our_key(site):
    regrow(site, 0)
    rewrite_log(site, keys.load(site.of))


def drop_log(size):
    """What it takes to leave a log of that size, as if nothing had been signed since."""
    Checkpoint.objects.filter(size__gt=size).delete()
    LogEntry.objects.filter(index__gte=size).delete()


def newest_checkpoint_dropped_and_tail_regrown(site):
    drop_log(2)
    regrow(site, LENGTH - 1)


def whole_log_dropped_and_trail_regrown(site):
    drop_log(0)
    regrow(site, 0)


ATTACKS = [
    (changed, "Trail {key}, event 3: was changed."),
    (changed_with_its_digest, "Trail {key}, event 4: does not follow its predecessor."),
    (removed, "Trail {key}, event 3: is missing."),
    (removed_and_closed_up, "Trail {key}, event 3: does not follow its predecessor."),
    (inserted, "Trail {key}, event 3: does not follow its predecessor."),
    (inserted_at_the_end, "Trail {key}, event 6: is beyond the head of the trail."),
    (reordered, "Trail {key}, event 2: does not follow its predecessor."),
    (tail_cut, "Trail {key}, event 5: is missing."),
    (tail_cut_and_head_moved, "trail {key} no longer has the event 5 with this digest."),
    (tail_cut_and_regrown, "trail {key} no longer has the event 4 with this digest."),
    (trail_replaced, "trail {key} no longer has the event 4 with this digest."),
    (trail_gone, "is missing."),
    (replaced_with_its_entry, "is not what the checkpoint covers."),
    (checkpoint_forged, "the checkpoint is signed by no known key."),
]


@pytest.mark.parametrize(
    ("attack", "words"), ATTACKS, ids=lambda item: getattr(item, "__name__", "")
)
def test_it_is_found_and_named(site, attack, words):
    assert verdict() == (0, "4 whole.\n")  # two trails, the log, its time-stamps

    with triggers_lifted():
        attack(site)

    code, said = verdict()
    assert (code, words.format(key=site.key) in said) == (1, True), said
    assert (site.twin in said, audit.verify(site.twin).length) == (False, LENGTH)


@pytest.mark.parametrize("form", ["filed", "mailed"])
def test_with_our_key_too_only_what_was_kept_elsewhere_finds_it(site, form):
    kept = {"filed": ("--anchor", site.filed), "mailed": ("--head", site.mailed)}[form]
    assert verdict(*kept) == (0, "5 whole.\n")

    with triggers_lifted():
        all_of_it_with_our_key(site)

    assert verdict() == (0, "4 whole.\n")
    code, said = verdict(*kept)
    words = {"filed": "Log of trails, entry 2: the log up to here", "mailed": f"Trail {site.key}"}
    assert (code, words[form] in said, "1 of 5 broken" in said) == (1, True, True)


@pytest.mark.parametrize("form", ["filed", "mailed"])
@pytest.mark.parametrize(
    "attack",
    [newest_checkpoint_dropped_and_tail_regrown, whole_log_dropped_and_trail_regrown],
    ids=lambda attack: attack.__name__,
)
def test_who_has_no_key_drops_checkpoints_and_is_found_by_an_anchor_and_not_without(
    site, attack, form
):
    kept = {"filed": ("--anchor", site.filed), "mailed": ("--head", site.mailed)}[form]
    assert verdict(*kept) == (0, "5 whole.\n")

    with triggers_lifted():
        attack(site)
    audit.checkpoint()  # as the site itself does by the hour: with a true signature

    assert verdict() == (0, "4 whole.\n")
    code, said = verdict(*kept)
    words = {"filed": "the log up to here is another one", "mailed": f"Trail {site.key}, event 5"}
    assert (code, words[form] in said, "1 of 5 broken" in said) == (1, True, True)


@pytest.mark.parametrize("form", ["filed", "mailed"])
def test_a_database_that_was_rolled_back_is_found_by_what_was_kept_elsewhere(
    attested, grow, form, tmp_path
):
    key = grow(3)
    audit.checkpoint()
    before = transaction.savepoint()
    grow(2, key)
    filed, trail = tmp_path / "anchors.txt", Trail.objects.get(key=key)
    filed.write_text(audit.checkpoint().note)
    kept = {
        "filed": ("--anchor", str(filed)),
        "mailed": ("--head", f"{key}:{trail.length}:{trail.head[:32]}"),
    }[form]
    assert verdict(*kept) == (0, "4 whole.\n")

    transaction.savepoint_rollback(before)

    assert verdict() == (0, "3 whole.\n")
    code, said = verdict(*kept)
    words = {
        "filed": "entry 1: is missing, the anchor covers it",
        "mailed": f"Trail {key}, event 5",
    }
    assert (code, words[form] in said) == (1, True)


def test_a_head_holds_at_its_own_length_alone(site, ola):
    """`verify_anchor`, for the head in a mail or a file: at each length its own, and no other."""
    heads = list(Event.objects.of(site.key).values_list("digest", flat=True))
    with transaction.atomic():
        audit.record(site.key, GREW, by=ola)

    for length, head in enumerate(heads, start=1):
        assert audit.verify_anchor(site.key, length, head)
        assert audit.verify_anchor(site.key, length, head[:32])
        for other in {*range(LENGTH + 2)} - {length}:
            assert not audit.verify_anchor(site.key, other, head)
        assert not audit.verify_anchor(site.twin, length, head)
    assert not audit.verify_anchor(uuid.uuid4().hex, 1, heads[0])
