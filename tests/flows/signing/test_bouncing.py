"""S-35: mails that come back reach the owner, and nothing that is forged or foreign does."""

from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import builders, mails, tables
from tests.unit.signing.test_reports import FOLDER, HOSTILE, name, read
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Notification
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Bounce
from wagtail_contracts.signing.rendering import bounces

OLA = "ola@eksempel.example"
HARD, SOFT = FOLDER / "good" / "hard-unknown-user.eml", FOLDER / "good" / "soft-delayed.eml"


@pytest.fixture
def mailed(answered):
    """A reminder has left to Kari; `identity` names it."""
    letter = mails.one(answered.kari, "reminder")
    answered.identity = letter.extra_headers["Message-ID"].strip("<>").partition("@")[0]
    mail.outbox.clear()
    return answered


def take(stage, path=HARD, identity=None):
    return signing.take_report(read(path, identity or stage.identity), by=SYSTEM)


def own(stage):
    trail = Event.objects.of(stage.contract.own_trail)
    return [event.data for event in trail.named(events.DELIVERY_BOUNCED)]


def told():
    return [(letter.to[0], letter.subject) for letter in mails.sent()]


def test_a_lasting_bounce_marks_the_address_and_tells_the_owner_once(mailed):
    assert list(signing.unreachable(mailed.contract)) == []
    bounce = take(mailed)
    take(mailed)  # reports come twice, too

    assert (bounce.participant, bounce.kind, bounce.status) == (mailed.kari, "hard", "5.1.1")
    assert list(signing.unreachable(mailed.contract)) == [mailed.kari]
    (data,) = own(mailed)
    kari = mailed.kari.public_id
    assert data == {
        "participant": kari,
        "message": mailed.identity,
        "kind": "hard",
        "status": "5.1.1",
    }
    (letter,) = mails.sent()
    assert (letter.to, letter.subject) == ([OLA], "Not delivered: Hosting 2027 to Kari Nordmann")
    assert "Their server said: nobody has this address there." in letter.body
    assert "Correct the address" in letter.body
    assert "kari@" not in letter.body
    assert Notification.objects.get(kind="undelivered").detail == "bounced:5.1.1"


@pytest.mark.parametrize("path", [SOFT, HARD, *FOLDER.glob("good/*given-up.eml")], ids=name)
def test_each_sort_of_report_is_noted_and_only_lasting_ones_are_told(mailed, path):
    bounce = take(mailed, path)

    lasting = path.stem.startswith("hard")
    assert bounce.kind == ("hard" if lasting else "soft")
    assert [data["kind"] for data in own(mailed)] == [bounce.kind]
    assert list(signing.unreachable(mailed.contract)) == [mailed.kari] * lasting
    assert [to for to, _subject in told()] == [OLA] * lasting
    assert "kari@" not in bounce.said


def test_what_is_no_report_of_a_mail_of_ours_changes_nothing(mailed):
    with tables.unchanged():
        for path in HOSTILE:
            assert take(mailed, path) is None, path.stem
    assert len(HOSTILE) > 30


def others(stage):
    """Names of mails that are not mails to somebody who takes part, and that were sent."""
    with transaction.atomic():
        contracts.tell_owner(stage.contract, "answered", participant=stage.kari)
        contracts.tell([stage.kari], "reminder")
    unsent = Message.objects.get(keys__kind="reminder", attempts=0)
    staff = Message.objects.get(keys__kind="answered")
    Message.objects.filter(pk=staff.pk).update(attempts=1)
    return {"unsent": unsent, "staff": staff}


@pytest.mark.parametrize("which", ["unsent", "staff", "guessed", "longer"])
def test_a_report_of_another_mail_is_left_alone(mailed, which, caplog):
    found = others(mailed)
    guessed = {"guessed": "f" * 32, "longer": mailed.identity + "0"}
    identity = guessed[which] if which in guessed else found[which].public_id

    with tables.unchanged():
        assert take(mailed, identity=identity) is None
    assert "left alone" in caplog.text
    assert take(mailed) is not None  # the same of the mail that was sent


def test_a_site_can_tell_what_its_provider_told(mailed):
    said = f"<{mailed.identity}@127.0.0.1>"
    with tables.unchanged():
        assert signing.mail_bounced("<unknown@127.0.0.1>", "hard", by=SYSTEM) is None

    soft = signing.mail_bounced(said, "soft", by=SYSTEM)
    hard = signing.mail_bounced(said, "hard", by=SYSTEM, status="5.2.2")
    assert [(soft.kind, soft.status), (hard.kind, hard.status)] == [
        ("soft", "4.0.0"),
        ("hard", "5.2.2"),
    ]
    with pytest.raises(ValueError, match="purple"):
        signing.mail_bounced(said, "purple", by=SYSTEM)


def test_a_code_s_mail_is_known_by_its_number_too(mailed):
    assert take(mailed, identity=f"{mailed.identity}.1").participant == mailed.kari


def test_whoever_comes_in_afterwards_has_a_way_that_works(mailed):
    take(mailed)
    assert signing.reachable(mailed.contract, [mailed.kari, mailed.ola]) == [mailed.ola]
    signing.admit(signing.invite(mailed.kari, by=SYSTEM), by=builders.guest(mailed.kari))

    assert list(signing.unreachable(mailed.contract)) == []
    assert signing.reachable(mailed.contract, [mailed.kari]) == [mailed.kari]


def test_the_owner_reads_on_top_of_the_overview_whose_address_fails(mailed):
    client = Client()
    client.force_login(mailed.sender)
    page = reverse("wagtail_contracts_contract:inspect", args=[mailed.contract.pk])
    words = "The address of Kari Nordmann does not work"
    assert words not in client.get(page).content.decode()
    take(mailed, FOLDER / "good" / "hard-refused-by-policy.eml")

    shown = client.get(page).content.decode()
    assert words in shown
    assert "they refuse the mail as unwanted, or by their rules." in shown
    assert "554 5.7.1 Message rejected" in shown
    assert f"participant={mailed.kari.public_id}" in shown


def test_the_other_side_never_learns_of_it(mailed):
    take(mailed)
    shared = Event.objects.of(mailed.contract.trail)
    assert not [event for event in shared if "bounced" in event.name]
    assert {to for to, _subject in told()} == {OLA}


def test_the_command_takes_files_and_what_is_piped_to_it(mailed, tmp_path, monkeypatch):
    path, out = tmp_path / "report.eml", StringIO()
    path.write_bytes(read(SOFT, mailed.identity))
    other = tmp_path / "other.eml"
    other.write_bytes(b"Subject: Hello\n\n")
    call_command("contracts_take_report", path, other, stdout=out)
    piped = SimpleNamespace(buffer=BytesIO(read(HARD, mailed.identity)))
    monkeypatch.setattr("sys.stdin", piped)
    call_command("contracts_take_report", stdout=out)

    assert out.getvalue() == "1 of 2 noted\n1 of 1 noted\n"
    assert sorted(Bounce.objects.values_list("kind", flat=True)) == ["hard", "soft"]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.1.1", "nobody has this address there."),
        ("5.1.2", "there is no such domain."),
        ("4.2.2", "the mailbox is full."),
        ("5.2.1", "this mailbox takes no mails."),
        ("5.4.4", "their mail server can't be reached."),
        ("5.7.26", "they refuse the mail as unwanted, or by their rules."),
        ("5.0.0", "it did not take the mail (5.0.0)."),
        ("5.22.2", "it did not take the mail (5.22.2)."),
    ],
)
def test_a_status_is_told_in_words(status, words):
    assert bounces.reason(status) == words
    assert bounces.reason_of(f"bounced:{status}") == words
    assert bounces.reason_of("reminder") == ""
