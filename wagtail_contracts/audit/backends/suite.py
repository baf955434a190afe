"""What every anchor has to keep: a suite for the tests of those who write one.

Mix it into a TestCase and say what is tried:

    class TestMyLedger(AnchorSuite, SimpleTestCase):
        def anchor(self) -> Anchor:
            return MyLedger(**OPTIONS)

        def out_of_reach(self) -> Anchor:
            return MyLedger(url="https://nowhere.invalid/")

        def kept(self) -> str:
            return LEDGER.read_text()
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from wagtail_contracts import notes
from wagtail_contracts.audit.backends.anchors import Anchor
from wagtail_contracts.audit.errors import NotPlaced

ORIGIN, LINES = "suite.example/audit", ("at 2026-01-01T00:00:00.000000Z", "events 7")


class AnchorSuite(ABC):
    """Mix it into a TestCase; `anchor` makes what is tried."""

    @abstractmethod
    def anchor(self) -> Anchor:
        """The anchor as the settings would make it."""

    @abstractmethod
    def out_of_reach(self) -> Anchor:
        """The same where the place can't be reached, or refuses."""

    @abstractmethod
    def kept(self) -> str:
        """All that stands there now, as whoever verifies it would read it."""

    def secrets(self) -> list[str]:
        """What nobody may read: tokens, passwords."""
        return []

    def test_a_note_that_was_placed_is_there_and_can_be_opened(self: Any) -> None:
        """Character by character: it is signed."""
        key = Ed25519PrivateKey.generate()
        note = _note(1, key)
        self.anchor().place(note)
        self.assertIn(note, notes.found(self.kept()))
        told = notes.opened(note, [notes.Verifier(ORIGIN, key.public_key())])
        self.assertEqual(told.size, 1)

    def test_notes_stay_beside_each_other_in_order(self: Any) -> None:
        """A later one takes no earlier one away, whoever placed it."""
        key = Ed25519PrivateKey.generate()
        placed = [_note(size, key) for size in (1, 2, 3)]
        for note in placed:
            self.anchor().place(note)
        self.assertEqual([one for one in notes.found(self.kept()) if one in placed], placed)

    def test_the_same_note_again_does_no_harm(self: Any) -> None:
        """A worker that died asks anew; once or twice, it is there."""
        key = Ed25519PrivateKey.generate()
        note, next_ = _note(1, key), _note(2, key)
        for one in (note, note, next_):
            self.anchor().place(one)
        there = notes.found(self.kept())
        self.assertIn(note, there)
        self.assertIn(next_, there)

    def test_what_did_not_get_there_was_not_placed(self: Any) -> None:
        """It says so with NotPlaced: then it is tried again, and others have their turn."""
        note = _note(1, Ed25519PrivateKey.generate())
        with self.assertRaises(NotPlaced):
            self.out_of_reach().place(note)
        self.assertNotIn(note, notes.found(self.kept()))
        self.anchor().place(note)
        self.assertIn(note, notes.found(self.kept()))

    def test_what_can_be_read_from_here_is_what_was_placed(self: Any) -> None:
        """Where it says what it keeps: nothing else, in order, and from a place on.

        The examination takes a note that was placed and is not among them for one that is gone.
        """
        read = getattr(self.anchor(), "kept", None)
        if read is None:
            return
        key = Ed25519PrivateKey.generate()
        placed, before = [_note(size, key) for size in (1, 2, 3)], list(read(0))
        for note in placed:
            self.anchor().place(note)
        found = list(read(0))[len(before) :]
        self.assertEqual([note for _end, note in found], placed)
        for number, (end, _same) in enumerate(found, start=1):
            self.assertEqual(list(read(end)), found[number:])

    def test_it_shows_no_secret(self: Any) -> None:
        """Neither where it is printed, nor in what it keeps, nor in why it failed."""
        note = _note(1, Ed25519PrivateKey.generate())
        found = self.anchor()
        found.place(note)
        with self.assertRaises(NotPlaced) as refused:
            self.out_of_reach().place(note)
        shown = "\n".join((repr(found), self.kept(), str(refused.exception)))
        for secret in self.secrets():
            self.assertNotIn(secret, shown)


def _note(size: int, key: Ed25519PrivateKey) -> str:
    root = hashlib.sha256(str(size).encode()).digest()
    return notes.sign(notes.Checkpoint(ORIGIN, size, root, LINES), ORIGIN, key)
