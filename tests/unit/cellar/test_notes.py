"""Checkpoints as signed notes: what opens one, and what doesn't."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wagtail_contracts import merkle, notes

NAME = "contracts.example.org/audit"
KEY, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2))
OURS, THEIRS = notes.Verifier(NAME, KEY.public_key()), notes.Verifier(NAME, OTHER.public_key())
ROOT = merkle.root([notes.entry("a" * 32, 3, "b" * 64)])
POINT = notes.Checkpoint(NAME, 7, ROOT, ("at 2026-01-01T00:00:00.000000Z", "events 12"))
NOTE = notes.sign(POINT, NAME, KEY)


def test_a_note_has_the_lines_of_the_format():
    origin, size, root, *extensions, empty, signature = NOTE.splitlines()
    assert (origin, size, base64.b64decode(root)) == (NAME, "7", ROOT)
    assert (tuple(extensions), empty) == (POINT.extensions, "")
    dash, name, encoded = signature.split(" ")
    signed = base64.b64decode(encoded)
    assert (dash, name, signed[:4], len(signed)) == ("\u2014", NAME, OURS.hash, 68)
    OURS.key.verify(signed[4:], NOTE.partition("\n\n")[0].encode() + b"\n")


def test_the_key_of_the_specification_has_its_hash():
    """The verifier key that the package golang.org/x/mod/sumdb/note gives as an example."""
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert str(notes.Verifier.parse(text)) == text


def test_a_note_opens_with_its_key_and_with_no_other():
    assert notes.opened(NOTE, [OURS]) == notes.opened(NOTE, [THEIRS, OURS]) == POINT
    for others in ([THEIRS], []):
        with pytest.raises(notes.NotANote, match="no known key"):
            notes.opened(NOTE, others)


def test_no_changed_character_opens():
    cases = 0
    for place, letter in enumerate(NOTE):
        for changed in (chr(ord(letter) ^ 1), "", letter * 2):
            with pytest.raises(notes.NotANote):
                notes.opened(NOTE[:place] + changed + NOTE[place + 1 :], [OURS])
            cases += 1
    assert cases == 3 * len(NOTE) > 600


def test_another_signature_beside_ours_counts_for_nothing():
    witness = notes.sign(POINT, "witness.example", OTHER).rpartition("\n\n")[2]
    assert notes.opened(NOTE + witness, [OURS]) == POINT
    assert notes.opened(NOTE + witness * 15, [OURS]) == POINT
    with pytest.raises(notes.NotANote, match="not a signed note"):
        notes.opened(NOTE + witness * 16, [OURS])


def test_notes_are_found_in_a_file_and_in_a_mail():
    later = notes.sign(notes.Checkpoint(NAME, 9, ROOT), NAME, KEY)
    mail = f"Subject: Checkpoint\n\n{later}\n\nKind regards\n".replace("\n", "\r\n")

    assert notes.found(f"{NOTE}\n{later}\n") == [NOTE, later]
    assert notes.found(mail) == [later]
    assert notes.found("") == notes.found("no\n\nnote") == []


@pytest.mark.parametrize(
    "text",
    [
        f"{NAME}\n07\n{base64.b64encode(ROOT).decode()}\n",
        f"{NAME}\n-1\n{base64.b64encode(ROOT).decode()}\n",
        f"\n7\n{base64.b64encode(ROOT).decode()}\n",
        f"{NAME}\n7\n{base64.b64encode(ROOT[:31]).decode()}\n",
        f"{NAME}\n7\n",
    ],
)
def test_what_is_signed_and_no_checkpoint_is_refused(text):
    signature = base64.b64encode(OURS.hash + KEY.sign(text.encode())).decode()
    with pytest.raises(notes.NotANote, match="not a checkpoint"):
        notes.opened(f"{text}\n\u2014 {NAME} {signature}\n", [OURS])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        f"{NAME}+00000000+{str(OURS).split('+', 2)[2]}",
        str(OURS).replace(NAME, "a name"),
        str(OURS)[:-4],
        str(OURS) + "!",
    ],
)
def test_what_is_no_verifier_key_is_refused(text):
    with pytest.raises(notes.NotANote, match="not a verifier key"):
        notes.Verifier.parse(text)
