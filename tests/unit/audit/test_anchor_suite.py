"""Our anchors keep the suite that is public for authors of others; bad ones fail it."""

import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import SimpleTestCase, override_settings

from wagtail_contracts import notes
from wagtail_contracts.audit.backends import suite
from wagtail_contracts.audit.backends.anchors import AddressAnchor, FileAnchor, MailAnchor
from wagtail_contracts.audit.errors import NotPlaced
from wagtail_contracts.wire import calls


class TestFile(suite.AnchorSuite, SimpleTestCase):
    """A file."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def anchor(self):
        return FileAnchor(self.folder / "kept.txt")

    def out_of_reach(self):
        return FileAnchor(self.folder / "gone" / "kept.txt")

    def kept(self):
        path = self.folder / "kept.txt"
        return path.read_text() if path.exists() else ""


class Away(EmailBackend):
    """No mail leaves to there."""

    def send_messages(self, messages):
        if any("gone@example.org" in message.to for message in messages):
            raise OSError("no route")
        return super().send_messages(messages)


@override_settings(EMAIL_BACKEND=f"{__name__}.Away")
class TestMail(suite.AnchorSuite, SimpleTestCase):
    """A mail, as it was read."""

    def anchor(self):
        return MailAnchor(["board@example.org"], "log@example.org")

    def out_of_reach(self):
        return MailAnchor(["gone@example.org"], "log@example.org")

    def kept(self):
        return "\n".join(message.body for message in mail.outbox)


class TestAddress(suite.AnchorSuite, SimpleTestCase):
    """An address, whose server keeps what is posted by whoever has the token."""

    def setUp(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.token, self.posted = folder / "token", []
        self.token.write_text("t0ken")
        self.enterContext(mock.patch.object(calls, "call", self.take))

    def take(self, url, body, headers, rules):
        allowed = headers["Authorization"] == "Bearer t0ken" and "away" not in url
        self.posted += [body.decode()] if allowed else []
        return SimpleNamespace(taken=allowed, code=200 if allowed else 403)

    def anchor(self):
        return AddressAnchor("https://kept.example/", self.token)

    def out_of_reach(self):
        return AddressAnchor("https://kept.example/away", self.token)

    def kept(self):
        return "\n".join(self.posted)

    def secrets(self):
        return ["t0ken"]


class Good:
    """It keeps notes in a folder; each of the others does one thing badly."""

    secret = "s3cret"

    def __init__(self, folder, *, away=False):
        self.path, self.away = folder / "kept.txt", away

    def place(self, note):
        if self.away:
            raise NotPlaced("away")
        with self.path.open("a") as target:
            target.write(f"{note}\n")

    def kept(self, after=0):
        text = self.path.read_text() if self.path.exists() else ""
        for note in notes.found(text[after:]):
            after = text.index(note, after) + len(note)
            yield after, note


class Rewinding(Good):
    def kept(self, after=0):
        return super().kept()


class Trimming(Good):
    def kept(self, after=0):
        for end, note in super().kept(after):
            yield end, note.strip()


class Missing(Good):
    def kept(self, after=0):
        self.path.read_text()  # raises where nothing is there
        return super().kept(after)


class Changing(Good):
    def place(self, note):
        super().place(note.replace("\u2014", "-"))


class Forgetful(Good):
    def place(self, note):
        super().place(note)
        self.path.write_text(f"{note}\n")


class Touchy(Good):
    def place(self, note):
        if self.path.exists() and note in self.path.read_text():
            raise NotPlaced("There is one.")
        super().place(note)


class Silent(Good):
    def place(self, note):
        if not self.away:
            super().place(note)


class Telling(Good):
    def place(self, note):
        if self.away:
            raise NotPlaced(f"refused: Bearer {self.secret}")
        super().place(note)


BAD = {
    Changing: "test_a_note_that_was_placed_is_there_and_can_be_opened",
    Forgetful: "test_notes_stay_beside_each_other_in_order",
    Touchy: "test_the_same_note_again_does_no_harm",
    Silent: "test_what_did_not_get_there_was_not_placed",
    Telling: "test_it_shows_no_secret",
    Rewinding: "test_what_can_be_read_from_here_is_what_was_placed",
    Trimming: "test_what_can_be_read_from_here_is_what_was_placed",
    Missing: "test_what_can_be_read_from_here_is_what_was_placed",
}
SUITE = {name for name in dir(suite.AnchorSuite) if name.startswith("test_")}


def failed(kind, folder):
    class Trial(suite.AnchorSuite, SimpleTestCase):
        def setUp(self):
            self.folder = Path(tempfile.mkdtemp(dir=folder))
            self.addCleanup(shutil.rmtree, self.folder)

        def anchor(self):
            return kind(self.folder)

        def out_of_reach(self):
            return kind(self.folder, away=True)

        def kept(self):
            path = self.folder / "kept.txt"
            return path.read_text() if path.exists() else ""

        def secrets(self):
            return [Good.secret]

    ran = {name: Trial(name).run() for name in SUITE}
    return {name for name, result in ran.items() if not result.wasSuccessful()}


def test_a_good_anchor_keeps_the_suite(tmp_path):
    assert failed(Good, tmp_path) == set()


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_anchor_fails_the_suite_where_it_is_bad(bad, tmp_path):
    assert BAD[bad] in failed(bad, tmp_path)
    assert set(BAD.values()) == SUITE
