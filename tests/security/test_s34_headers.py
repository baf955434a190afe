"""S-34: nothing that people name gets into a header of a mail in a way that does harm."""

import re
from email import message_from_bytes, policy
from email.utils import getaddresses

import pytest
from django.core import mail
from django.db import transaction

from tests import mails
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant, Workspace
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.models.notifications import USUAL, How, Kind
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.rendering import letters

pytestmark = pytest.mark.django_db
HOSTILE = {
    "a line": "Kari\r\nBcc: victim@bank.example",
    "a bare return": "Kari\rBcc: victim@bank.example",
    "a bare newline": "Kari\nBcc: victim@bank.example",
    "a body": "Kari\r\n\r\n<html>",
    "NUL": "Kari\x00Nordmann",
    "a separator": "Kari\u2028Bcc: victim@bank.example",
    "another line": "Kari\x85Bcc: victim@bank.example",
    "an address": "bank@bank.example",
    "an address in brackets": "Bank <bank@bank.example>",
    "a quoted name": '"Bank" bank@bank.example',
    "a second address": "Kari, bank@bank.example",
    "a wide at": "bank\uff20bank.example",
    "turned around": "\u202eelpmaxe.knab\u202c",
    "isolated": "\u2066Bank\u2069",
    "encoded": "=?utf-8?q?Bank_=3Cbank=40bank.example=3E?=",
    "encoded line": "=?utf-8?q?Kari=0D=0ABcc=3A_victim=40bank.example?=",
    "a comment": "Kari (bank@bank.example)",
    "a group": "Bank: bank@bank.example;",
    "long": "x" * 100,
}
EACH = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# An approval that nobody is asked for any more is told to nobody: here an approver is answered.
DETAILS = {Kind.APPROVAL_ASKED: "answered"}
FILES = {"sealed", "completed"}  # they tell of a file, which is not there
KINDS = sorted(
    set(letters.LETTERS) - {"code", "entry_code", "copy_code", "expired", "reopened", *FILES}
)


def parsed(letter):
    """The mail as a server would read it."""
    return message_from_bytes(letter.message().as_bytes(), policy=policy.default)


def insist_on_safety(letter, to):
    raw = letter.message().as_bytes()
    headers = raw.split(b"\n\n", 1)[0].decode()
    found = parsed(letter)
    assert not re.search(r"^bcc:", headers, re.IGNORECASE | re.MULTILINE)
    assert found.keys().count("To") == found.keys().count("From") == found.keys().count("Subject")
    assert [address for _name, address in getaddresses([str(found["To"])])] == [to]
    ((name, address),) = getaddresses([str(found["From"])])
    assert address == "intranet@eksempel.example"
    assert not set(name) & set('@"<>\r\n\0\uff20')
    for value in (name, str(found["Subject"]), letter.subject):
        assert not TURNING.search(value)
        assert not [character for character in value if ord(character) < 32]
    assert letter.recipients() == [to]


def rename(stage, text):
    """Let everybody who can name something name it so, past every form."""
    Workspace.objects.update(legal_name=text, name=text[:80])
    stage.sender.first_name, stage.sender.last_name = text[:150], ""
    type(stage.sender).objects.update(first_name=text[:150].replace("\0", "0"), last_name="")
    with unguarded():
        Participant.objects.filter(pk=stage.kari.pk).update(name=text)


def plain(text):
    """PostgreSQL keeps no NUL, so no row can bring it into a mail."""
    return text.replace("\0", "\x01")


@EACH
def test_hostile_names_stay_names(answered, text):
    rename(answered, plain(text))
    at_once = [kind for kind in Kind if USUAL.get(kind, How.AT_ONCE) == How.AT_ONCE]
    for kind in sorted({*KINDS, *at_once} - {"expired", "retracted", *FILES}):
        mails.forget()
        with transaction.atomic():
            if kind in KINDS:
                contracts.tell([answered.kari], kind)
            if kind in at_once:
                about = {"participant": answered.kari, "detail": DETAILS.get(kind, "")}
                contracts.tell_owner(answered.contract, kind, **about)
        for letter in mails.sent():
            to = "ola@eksempel.example" if "/admin/" in letter.body else letter.to[0]
            insist_on_safety(letter, to)
            assert letter.to == [to]
        assert mail.outbox


@EACH
def test_a_hostile_title_stays_a_title(draft, sender, text):
    """A form lets no line break through; what it lets through is tried here."""
    filled = letters.words(
        Contract(title=text, owner=sender, workspace=draft.workspace, deadline=None)
    )
    for kind in letters.LETTERS:
        more = {"code": "123456", "minutes": 10, "file": "0" * 64, "verify": "", "signed": "1"}
        more["copy"] = letters.ATTACHED
        more["size"] = "120 KB"
        told = {"at": "1 December 2026", "said": "I withdraw.", "titles": [text], "n": 2}
        told["message"] = "Here they are."
        letter = letters.letter(kind, {**filled, **more, **told})
        assert not set(letter.subject) & set("\r\n\0\u2028\x85")
        assert not TURNING.search(letter.subject)


@EACH
def test_markup_in_a_name_is_text(answered, text):
    rename(answered, plain(text)[:60] + "<script>alert(1)</script><a href=https://evil.example>")
    letter = mails.one(answered.kari, "reminder")

    assert "<script" not in mails.html(letter)
    assert "<a href=https" not in mails.html(letter)
    assert "&lt;script" in mails.html(letter)


def test_a_mail_that_is_tried_again_has_the_same_message_id(answered):
    mails.forget()
    with transaction.atomic():
        contracts.tell([answered.kari], "reminder")
    for _ in range(3):
        Message.objects.update(done_at=None, leased_until=None)
        mails.sent()

    ids = {letter.message()["Message-ID"] for letter in mail.outbox}
    message = Message.objects.get()
    assert len(mail.outbox) == 3
    assert ids == {f"<{message.public_id}@127.0.0.1>"}
    assert {letter.message()["References"] for letter in mail.outbox} == {
        f"<{answered.contract.uuid.hex}@127.0.0.1>"
    }


def test_two_mails_have_two_message_ids(answered):
    mails.forget()
    with transaction.atomic():
        contracts.tell([answered.kari, answered.ola], "reminder")

    ids = [letter.message()["Message-ID"] for letter in mails.sent()]
    assert len(set(ids)) == 2
