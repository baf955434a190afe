"""A file of checkpoints, to which somebody was writing when they died."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wagtail_contracts import notes
from wagtail_contracts.audit.backends.anchors import FileAnchor

KEY, ORIGIN = Ed25519PrivateKey.generate(), "example.org/audit"
FIRST, SECOND, THIRD = (
    notes.sign(notes.Checkpoint(ORIGIN, size, bytes(32)), ORIGIN, KEY) for size in (1, 2, 3)
)


def read(path):
    return notes.found(path.read_text(errors="replace")), [
        note for _end, note in FileAnchor(path).kept()
    ]


def test_notes_stand_one_after_the_other(tmp_path):
    anchor = FileAnchor(tmp_path / "notes.txt")
    for note in (FIRST, SECOND):
        anchor.place(note)
    assert read(anchor.path) == ([FIRST, SECOND], [FIRST, SECOND])


@pytest.mark.parametrize("cut", range(1, len(SECOND.encode()) + 1))
def test_half_a_note_spoils_no_other(tmp_path, cut):
    """Wherever it broke off; a note of which nothing but the line after it lacks may count."""
    anchor = FileAnchor(tmp_path / "notes.txt")
    anchor.place(FIRST)
    with anchor.path.open("ab") as half:
        half.write(SECOND.encode()[:cut])

    anchor.place(THIRD)

    for there in read(anchor.path):
        assert [note for note in there if note != SECOND] == [FIRST, THIRD]
    assert all(notes.opened(note, [notes.Verifier(ORIGIN, KEY.public_key())]) for note in there)
