"""Checkpoints that stand elsewhere: in files, mails, at an address; and what the commands say."""

import uuid

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from tests.database import triggers_lifted
from tests.flows.audit.conftest import run
from wagtail_contracts import canonical, notes
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.backends import anchors
from wagtail_contracts.audit.errors import NotPlaced
from wagtail_contracts.audit.models import Anchored, Checkpoint, Event, LogEntry, Trail
from wagtail_contracts.wire import calls

pytestmark = pytest.mark.django_db
ANCHORS = "wagtail_contracts.audit.backends.anchors"


@pytest.fixture
def place(attested, settings):
    """Anchor as the words say; each call replaces what was said before."""
    given = settings.WAGTAIL_CONTRACTS

    def at(**anchors):
        chosen = {
            name: {"BACKEND": f"{ANCHORS}.{kind}", "OPTIONS": options}
            for name, (kind, options) in anchors.items()
        }
        audit = {**given["AUDIT"], "ANCHORS": chosen}
        settings.WAGTAIL_CONTRACTS = {**given, "AUDIT": audit}

    return at


def test_each_checkpoint_goes_once_to_each_anchor(place, grow, tmp_path):
    file = tmp_path / "anchors.txt"
    place(disk=("FileAnchor", {"path": file}), board=("MailAnchor", {"to": ["b@eksempel.example"]}))
    grow()
    audit.checkpoint()

    assert [(one.anchor, one.fault) for one in audit.anchor()] == [("disk", ""), ("board", "")]
    assert audit.anchor() == []
    grow()
    audit.checkpoint()
    assert [one.size for one in audit.anchor()] == [2, 2]

    both = [point.note for point in Checkpoint.objects.order_by("size")]
    assert notes.found(file.read_text()) == both
    assert [notes.found(message.body) for message in mail.outbox] == [both[:1], both[1:]]
    assert Anchored.objects.count() == 4


def test_an_anchor_that_fails_keeps_no_other_from_its_turn_and_is_asked_again(
    place, grow, tmp_path
):
    gone, there = tmp_path / "gone" / "anchors.txt", tmp_path / "anchors.txt"
    place(far=("FileAnchor", {"path": gone}), near=("FileAnchor", {"path": there}))
    grow()
    audit.checkpoint()

    first, second = audit.anchor()
    assert (first.anchor, bool(first.fault), second.fault) == ("far", True, "")
    gone.parent.mkdir()
    (again,) = audit.anchor()
    assert (again.anchor, again.fault, gone.read_text()) == ("far", "", there.read_text())


def test_an_address_gets_the_note_and_its_refusal_is_one(monkeypatch, tmp_path):
    token, sent = tmp_path / "token", []
    token.write_text("secret\n")
    anchor = anchors.AddressAnchor("https://anchors.example/notes", token, deadline=3)

    def answer(code):
        def call(url, body, headers, rules, **more):
            sent.append((url, body, headers["Authorization"], rules.deadline))
            return calls.Answer(code, b"")

        monkeypatch.setattr(calls, "call", call)

    answer(201)
    anchor.place("a note\n")
    assert sent == [("https://anchors.example/notes", b"a note\n", "Bearer secret", 3)]
    for code in (302, 404, 500):
        answer(code)
        with pytest.raises(NotPlaced, match=str(code)):
            anchor.place("a note\n")
    token.unlink()
    answer(201)
    with pytest.raises(NotPlaced):
        anchor.place("a note\n")


def test_the_command_signs_places_and_says_what_it_did(place, grow, tmp_path):
    file = tmp_path / "anchors.txt"
    place(disk=("FileAnchor", {"path": file}))
    grow(3)

    code, said = run("audit_checkpoint")
    point = Checkpoint.objects.get()
    assert (code, point.note in said, "disk: placed" in said) == (0, True, True)
    assert run("audit_checkpoint") == (0, "Nothing has grown.\n")


def test_the_command_fails_where_an_anchor_did(place, grow, tmp_path):
    place(disk=("FileAnchor", {"path": tmp_path / "gone" / "anchors.txt"}))
    grow()
    code, said = run("audit_checkpoint")
    assert (code, "1 of 1 not placed" in said) == (1, True)
    assert Checkpoint.objects.count() == 1


def test_the_command_names_settings_that_can_not_be_read_once(place, grow, section, tmp_path):
    grow()
    audit.checkpoint()
    section("AUDIT", NONSENSE=1)
    code, said = run("audit_checkpoint")
    assert (code, said.count("NONSENSE"), Anchored.objects.count()) == (1, 1, 0)
    place(disk=("FileAnchor", {"path": tmp_path / "anchors.txt"}))
    assert (run("audit_checkpoint")[0], Anchored.objects.count()) == (0, 1)


def test_the_command_makes_keys_prints_them_and_proves(place, grow, settings, tmp_path):
    place()
    path = tmp_path / "another.pem"
    assert run("audit_checkpoint", "--new-key", str(path))[0] == 0
    assert path.stat().st_mode & 0o077 == 0
    assert run("audit_checkpoint", "--new-key", str(path))[0] == 1

    code, said = run("audit_checkpoint", "--keys")
    assert (code, said.strip()) == (0, str(audit.verifiers()[0]))
    for _ in range(2):
        grow()
        audit.checkpoint()
    code, said = run("audit_checkpoint", "--since", "1")
    assert (code, said.split()) == (0, audit.consistency(1))
    assert run("audit_checkpoint", "--since", "9")[0] == 1


def test_what_was_kept_elsewhere_is_compared(place, grow, tmp_path):
    file = tmp_path / "anchors.txt"
    place(disk=("FileAnchor", {"path": file}))
    trails = [grow(count) for count in (1, 2)]
    for _ in range(2):
        audit.checkpoint()
        audit.anchor()
        grow(1, trails[0])

    # Two trails, the log, its time-stamps, the file.
    told = f"{file}: checkpoints compared: 2.\n5 whole.\n"
    assert run("audit_verify", "--anchor", str(file)) == (0, told)
    with triggers_lifted():
        for model in (Anchored, Checkpoint, LogEntry, Event, Trail):
            model.objects.all().delete()
    for count in (3, 2):
        grow(count)
    audit.checkpoint()

    assert run("audit_verify")[0] == 0
    code, said = run("audit_verify", "--anchor", str(file))
    assert (code, f"{file}: Log of trails" in said, "1 of 5 broken" in said) == (1, True, True)
    file.write_text("")
    code, said = run("audit_verify", "--anchor", str(file))
    assert (code, f"{file}: This is no evidence" in said) == (1, True)


def test_the_head_in_a_mail_is_compared(attested, grow):
    key = grow(3)
    heads = list(Event.objects.of(key).values_list("digest", flat=True))
    grow(1, key)

    def verdict(length, head):
        return run("audit_verify", "--head", f"{key}:{length}:{head}")[0]

    for length, head in enumerate(heads, start=1):
        assert verdict(length, head) == verdict(length, head[:32]) == 0
        assert verdict(length, head[:31]) == verdict(length, head[:31] + "x") == 1
    assert verdict(2, heads[2]) == verdict(9, heads[2]) == 1
    assert run("audit_verify", "--head", f"{uuid.uuid4().hex}:1:{heads[0]}")[0] == 1
    with pytest.raises(CommandError):
        call_command("audit_verify", "--head", "nonsense")


@pytest.fixture
def verdict(grow, tmp_path):
    """Compare the trail of an evidence.json with what is stored, with something else in it."""
    excerpt = audit.excerpt(grow(2))
    path = tmp_path / "evidence.json"

    def compared(**other):
        path.write_bytes(canonical.encode({"trail": {**excerpt, **other}}))
        code, said = run("audit_verify", "--anchor", str(path))
        return code, said.replace(f"{path}: ", "")

    return compared


@pytest.mark.parametrize("sign", ["\x1b", "\n", "\r", "\x9b", "\u2028", "\u202e"])
def test_an_anchor_writes_no_verdict_of_its_own(verdict, sign):
    code, said = verdict(key=f"{sign}[2K{sign}[1A1 whole.")

    fault, over = said.splitlines()
    assert code == 1
    assert fault.isprintable()
    assert fault.endswith("1 whole., event 1: is missing with the whole trail.")
    assert over == "1 of 2 broken."
    assert verdict() == (0, "2 whole.\n")


@pytest.mark.parametrize("name", ["key", "head"])
def test_an_anchor_that_no_database_can_be_asked_about_is_refused(verdict, name):
    code, said = verdict(**{name: "0" * 40 + "\0"})

    assert (code, "another shape" in said) == (1, True)
    assert "another shape" not in verdict(**{name: "0" * 40})[1]
    assert verdict() == (0, "2 whole.\n")
