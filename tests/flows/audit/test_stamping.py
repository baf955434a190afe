"""Time-stamps over checkpoints, by an authority that tests stop and make lie."""

import base64
import hashlib
import io
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.database import triggers_lifted
from tests.flows.audit.conftest import no_row_left
from tests.tsa import answers
from tests.tsa import lab as labs
from tests.unit.sealing.pki import NOW, YEAR, Entity
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import LogBroken, NotStamped, Undated
from wagtail_contracts.audit.flows import examining
from wagtail_contracts.audit.models import Checkpoint, CheckpointToken

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture
def lab(opened, attested, settings):
    opened.server.recover()
    opened.server.entity, opened.server.at = opened.tsa, None
    given = settings.WAGTAIL_CONTRACTS
    names = ("TIMESTAMP", "TIMESTAMP_TRUST", "CALLS")
    ours = {name: value for name, value in opened.settings().items() if name in names}
    settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": {**given["AUDIT"], **ours}}
    return opened


def stamped_at(lab, grow, at):
    """One more checkpoint, time-stamped on a day of the past."""
    grow()
    audit.checkpoint()
    lab.server.at = at
    with time_machine.travel(at or timezone.now()):
        return audit.stamp()


def test_the_newest_checkpoint_is_stamped_once(lab, grow):
    assert audit.stamp() is None
    grow()
    point, before = audit.checkpoint(), timezone.now() - timedelta(seconds=1)

    token = audit.stamp()
    assert (token.checkpoint, before <= token.at <= timezone.now()) == (point, True)
    asked = lab.server.asked
    assert audit.stamp() is None
    assert lab.server.asked == asked
    assert [(one.size, one.at) for one in audit.stamped()] == [(1, token.at)]


def test_nobody_is_asked_where_no_authority_is_named(attested, grow):
    grow()
    audit.checkpoint()
    assert audit.stamp() is None
    assert audit.stamped() == []


@pytest.mark.parametrize("code", [500, 302])
def test_without_an_answer_it_waits_for_the_next_turn(lab, grow, code):
    grow()
    audit.checkpoint()
    lab.server.code = code
    with pytest.raises(NotStamped):
        audit.stamp()
    assert not CheckpointToken.objects.exists()
    lab.server.recover()
    assert audit.stamp()


def test_a_stranger_gives_no_time(lab, grow):
    grow()
    audit.checkpoint()
    stranger = Entity("Strange Root", kind="authority")
    lab.server.entity = Entity("Strange Time", stranger, kind="stamps", rsa_key=True)
    with pytest.raises(NotStamped, match="not known"):
        audit.stamp()
    assert not CheckpointToken.objects.exists()


def test_what_would_prove_nothing_beside_a_file_is_not_kept(lab, grow):
    """A proof of existence takes the form alone that a seal takes: else files end unseen."""
    grow()
    audit.checkpoint()
    stray = Entity("Cross Time", Entity("Other Root", kind="authority"), kind="authority")
    for twist, fault in (
        (answers.bringing(stray), "whose issuer is no root here"),
        (answers.listing_twice, "container is not canonical"),
    ):
        lab.server.twist = twist
        with pytest.raises(NotStamped, match=fault):
            audit.stamp()
    assert not CheckpointToken.objects.exists()
    lab.server.twist = answers.bringing(lab.issuer)
    assert audit.stamp()


def test_each_note_covers_the_tokens_before_it(lab, grow):
    first = stamped_at(lab, grow, None)
    stamped_at(lab, grow, None)

    leaf = hashlib.sha256(b"\0" + base64.b64decode(first.content)).digest()
    root = base64.b64encode(leaf).decode()
    assert f"\ntokens 1 {root}\n" in Checkpoint.objects.latest().note
    assert "\ntokens " not in Checkpoint.objects.earliest().note
    assert [one.size for one in audit.stamped()] == [2, 1]


def test_a_later_stamp_carries_an_earlier_one_over_the_end_of_its_certificate(lab, grow, opened):
    """The first authority ends in a year; asked in three years, only the second still stands."""
    lab.server.entity = Entity(
        "Old Time", lab.root, kind="stamps", rsa_key=True, until=NOW + YEAR, lists=lab.tsa.lists
    )
    first = stamped_at(lab, grow, NOW)
    later = NOW + 3 * YEAR
    with pytest.raises(Undated, match="entry 1: the time-stamp was over"):
        audit.stamped(at=later)

    lab.server.entity = lab.tsa
    second = stamped_at(lab, grow, NOW + timedelta(seconds=1))
    found = [(one.size, one.at) for one in audit.stamped(at=later)]
    assert found == [(2, second.at), (1, first.at)]


def test_what_is_merely_old_rings_as_that_and_what_was_changed_beside_it_as_changed(lab, grow):
    lab.server.entity = Entity(
        "Old Time", lab.root, kind="stamps", rsa_key=True, until=NOW + YEAR, lists=lab.tsa.lists
    )
    first, _second = (stamped_at(lab, grow, NOW + timedelta(seconds=n)) for n in range(2))
    assert [fault.code for fault in examining._stamps()] == []
    with time_machine.travel(NOW + 3 * YEAR):
        [old] = examining._stamps()
        said = io.StringIO()
        call_command("audit_verify", stdout=said, stderr=said)
        assert "entry 2: the time-stamp was over" in said.getvalue()
        assert said.getvalue().endswith("\n3 whole, 1 over.\n")
        keep([first.content, first.content])
        [changed] = examining._stamps()
        with pytest.raises(CommandError, match=r"^1 of "):
            call_command("audit_verify", stdout=said, stderr=said)
    assert (old.code, changed.code) == ("stamp_over", "stamp")
    assert "entry 2: the time-stamp was over" in old.why
    assert "over other data" in changed.why


def test_a_token_over_something_else_or_exchanged_is_found(lab, grow):
    first = stamped_at(lab, grow, NOW)
    second = stamped_at(lab, grow, NOW + timedelta(seconds=1))
    honest = [first.content, second.content]

    lab.server.at = NOW
    another = stamped_again(first)
    for wrong, fault in (
        ([second.content, second.content], "another one than a later note covers"),
        ([first.content, first.content], "over other data"),
        ([another, second.content], "another one than a later note covers"),
        ([first.content, "AAAA"], "no time-stamp"),
    ):
        keep(wrong)
        with no_row_left(), pytest.raises(LogBroken) as refused:
            audit.stamped()
        assert fault in str(refused.value)
    keep(honest)
    assert len(audit.stamped()) == 2


def stamped_again(token):
    """Another genuine token over the same note, made anew by the authority."""
    content = token.content
    with triggers_lifted():
        CheckpointToken.objects.all().delete()
        later = Checkpoint.objects.latest()
        size = later.size
        Checkpoint.objects.filter(pk=later.pk).update(size=0)
        with time_machine.travel(NOW):
            made = audit.stamp().content
        Checkpoint.objects.filter(pk=later.pk).update(size=size)
        CheckpointToken.objects.all().delete()
        for point in Checkpoint.objects.all():
            CheckpointToken.objects.create(checkpoint=point, content=content, at=NOW)
    return made


def keep(contents):
    with triggers_lifted():
        rows = CheckpointToken.objects.order_by("checkpoint__size")
        for row, content in zip(rows, contents, strict=True):
            CheckpointToken.objects.filter(pk=row.pk).update(content=content)
