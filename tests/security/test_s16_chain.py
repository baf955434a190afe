"""S-16: one changed byte, a dropped row, swapped rows and a cut tail are named."""

import io
import uuid

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.database import triggers_lifted
from tests.kinds import GREW
from wagtail_contracts import canonical
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event, Trail

pytestmark = pytest.mark.django_db
LENGTH = 5


@pytest.fixture
def key(ola):
    return grown(uuid.uuid4().hex, ola, LENGTH)


def grown(key, by, count):
    with transaction.atomic():
        for number in range(count):
            audit.record(key, GREW, {"n": number}, by=by)
    return key


def verdict(capsys, *words):
    """The exit code of audit_verify and what it said."""
    try:
        call_command("audit_verify", *words)
    except CommandError as error:
        return error.returncode, capsys.readouterr().err
    return 0, capsys.readouterr().out


def at(key, sequence):
    return Event.objects.of(key).filter(sequence=sequence)


def test_a_whole_trail_exits_with_zero(key, capsys):
    assert verdict(capsys) == (0, "1 whole.\n")
    assert verdict(capsys, key, "--deep") == (0, "1 whole.\n")


@pytest.mark.parametrize("sequence", range(1, LENGTH + 1))
def test_one_changed_byte_names_its_event(key, capsys, sequence):
    text = at(key, sequence).get().record
    places = range(0, len(text), 7)
    for place in places:
        changed = text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :]
        with triggers_lifted():
            at(key, sequence).update(record=changed)
        code, said = verdict(capsys)
        assert (code, f"Trail {key}, event {sequence}: " in said) == (1, True), place
    assert len(places) > 30
    with triggers_lifted():
        at(key, sequence).update(record=text)
    assert verdict(capsys)[0] == 0


@pytest.mark.parametrize("sequence", range(1, LENGTH + 1))
def test_a_dropped_row_is_named(key, capsys, sequence):
    with triggers_lifted():
        at(key, sequence).delete()

    code, said = verdict(capsys)
    assert (code, f"event {sequence}: is missing" in said) == (1, True)


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 5), (4, 5)])
def test_swapped_rows_are_named(key, capsys, one, other):
    first, second = at(key, one).get(), at(key, other).get()
    with triggers_lifted():
        at(key, one).update(record=second.record, digest=second.digest)
        at(key, other).update(record=first.record, digest=first.digest)

    code, said = verdict(capsys)
    assert (code, f"event {one}: does not follow its predecessor" in said) == (1, True)


def test_a_rewritten_record_with_a_new_digest_is_named_by_the_next(key, capsys):
    event = at(key, 2).get()
    text = event.record.replace('"n":1', '"n":7')
    with triggers_lifted():
        digest = canonical.digest_bytes(canonical.AUDIT_EVENT, text.encode())
        at(key, 2).update(record=text, digest=digest)

    code, said = verdict(capsys)
    assert (code, "event 3: does not follow its predecessor" in said) == (1, True)


def test_a_last_record_that_was_rewritten_with_its_digest_is_not_the_head(key, capsys):
    text = at(key, LENGTH).get().record.replace('"n":4', '"n":7')
    with triggers_lifted():
        digest = canonical.digest_bytes(canonical.AUDIT_EVENT, text.encode())
        at(key, LENGTH).update(record=text, digest=digest)

    code, said = verdict(capsys)
    assert (code, f"event {LENGTH}: is not the head" in said) == (1, True)


def test_an_event_beyond_the_head_is_named(key, capsys):
    with triggers_lifted():
        Trail.objects.filter(key=key).update(length=3, head=at(key, 3).get().digest)

    code, said = verdict(capsys)
    assert (code, "event 4: is beyond the head" in said) == (1, True)


def cut(key, length):
    """As the owner of the database would: rows, length and head agree afterwards."""
    with triggers_lifted():
        Event.objects.of(key).filter(sequence__gt=length).delete()
        Trail.objects.filter(key=key).update(length=length, head=at(key, length).get().digest)


def test_a_cut_tail_whose_head_stays_is_named(key, capsys):
    with triggers_lifted():
        Event.objects.of(key).filter(sequence__gt=3).delete()

    code, said = verdict(capsys)
    assert (code, "event 4: is missing" in said) == (1, True)


@pytest.fixture(params=["pdf", "json", "kids"])
def anchor(request, key, tmp_path):
    """The trail as it left the house: in a PDF, alone, and in a name tree with branches."""
    evidence = canonical.encode({"trail": audit.excerpt(key), "v": 1})
    path = tmp_path / f"anchor.{request.param}"
    if request.param == "json":
        path.write_bytes(evidence)
        return path
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["contract.json"] = b"{}"
        pdf.attachments["evidence.json"] = evidence
        if request.param == "kids":
            tree = pdf.Root.Names.EmbeddedFiles
            branch = pikepdf.Dictionary(Names=tree.Names, Limits=["contract.json", "evidence.json"])
            pdf.Root.Names.EmbeddedFiles = pikepdf.Dictionary(Kids=[pdf.make_indirect(branch)])
        pdf.save(path)
    return path


def test_an_anchor_is_whole_while_the_trail_grows(key, anchor, capsys, ola):
    assert verdict(capsys, "--anchor", str(anchor)) == (0, "2 whole.\n")
    grown(key, ola, 2)
    assert verdict(capsys, "--anchor", str(anchor)) == (0, "2 whole.\n")


def test_a_cut_tail_is_named_by_an_anchor_alone(key, anchor, capsys):
    cut(key, 3)

    assert verdict(capsys)[0] == 0
    code, said = verdict(capsys, "--anchor", str(anchor))
    assert (code, f"{anchor}: Trail {key}, event 4: is missing" in said) == (1, True)


def test_a_cut_and_regrown_tail_is_named_by_an_anchor_alone(key, anchor, capsys, ola):
    cut(key, 3)
    grown(key, ola, 4)

    assert verdict(capsys)[0] == 0
    code, said = verdict(capsys, "--anchor", str(anchor))
    assert (code, f"{anchor}: Trail {key}, event 4: is another one" in said) == (1, True)


def test_a_trail_that_is_gone_is_named_by_an_anchor_alone(key, anchor, capsys):
    with triggers_lifted():
        Event.objects.all().delete()
        Trail.objects.all().delete()

    assert verdict(capsys)[0] == 0
    code, said = verdict(capsys, "--anchor", str(anchor))
    assert (code, f"Trail {key}, event 1: is missing" in said) == (1, True)


def two_of_them():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["evidence.json"] = b"{}"
        names = pdf.Root.Names.EmbeddedFiles.Names
        names.extend([pikepdf.String("other"), names[1]])
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"{}", b'{"trail":{}}', b"\xff", two_of_them()],
    ids=range(7),
)
def test_a_file_without_a_readable_anchor_fails_and_says_so(key, capsys, tmp_path, data):
    path = tmp_path / "file.pdf"
    path.write_bytes(data)

    code, said = verdict(capsys, "--anchor", str(path))
    assert (code, str(path) in said) == (1, True)
    assert verdict(capsys, "--anchor", str(tmp_path / "none.pdf"))[0] == 1


def test_a_trail_that_never_was_fails(capsys):
    code, said = verdict(capsys, "4b" * 16)
    assert (code, "4b" * 16 in said) == (1, True)
