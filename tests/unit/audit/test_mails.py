"""Checkpoints in mails that were forwarded, answered or wrapped: each of them is found."""

import base64
import quopri

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wagtail_contracts import notes
from wagtail_contracts.audit.core import mails

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
OURS = [notes.Verifier("o/audit", KEY.public_key())]
HEAD = b"From: log@eksempel.example\nSubject: Checkpoint\n"
PLAIN = HEAD + b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: %s\n\n"


def note(size):
    told = notes.Checkpoint("o/audit", size, bytes([size]) * 32, ("at x",))
    return notes.sign(told, "o/audit", KEY).encode()


FIRST, SECOND = note(1), note(2)
MAIL = PLAIN % b"quoted-printable" + quopri.encodestring(SECOND)
WHOLE = HEAD + b"Content-Type: %s\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(MAIL)
ANSWER = b"".join(b"> " + line + b"\n" for line in SECOND.splitlines())
FORMS = {
    "as it was sent": MAIL,
    "encoded as a whole": WHOLE % b"message/rfc822",
    "attached as a file": WHOLE % b'application/octet-stream; name="a.EML"',
    "below a line that begins like the next mail": PLAIN % b"quoted-printable"
    + b"From the log:\n\n"
    + quopri.encodestring(SECOND),
    "quoted": PLAIN % b"8bit" + ANSWER,
    "with more empty lines": PLAIN % b"8bit" + SECOND.replace(b"\n\n", b"\n\n\n"),
    "with spaces": PLAIN % b"8bit" + SECOND.replace(b"\n\n", b"\n \n").rstrip() + b" \n",
}


def found(data):
    text = "\n\n".join(mails.texts(data))
    there = notes.found(text)
    return there, notes.passed_over(text, there)


@pytest.mark.parametrize("form", FORMS)
def test_one_is_found_beside_another_whatever_a_mailbox_made_of_it(form):
    box = b"From a\n" + PLAIN % b"8bit" + FIRST + b"\nFrom b\n" + FORMS[form]
    there, missed = found(box)
    assert ([notes.opened(one, OURS).size for one in there], missed) == ([1, 2], 0)


def test_one_that_can_not_be_read_is_counted():
    """A line before its signature, and signs of the sender that are none."""
    damaged = SECOND.replace("\u2014".encode(), "wrapped\n\u2014".encode())
    assert found(FIRST + b"\n" + damaged)[1] == 1
    assert found(FIRST + "\nRegards\n\u2014 Kari Nordmann\n\u2014 o/audit AAAA\n".encode())[1] == 0


def test_mails_within_mails_end_somewhere():
    inner = b'Content-Type: application/octet-stream; name="a.eml"\n'
    deep = (HEAD + inner + b"\n") * 2000 + PLAIN % b"8bit" + FIRST
    assert mails.texts(deep)
