"""Places outside the database that keep checkpoints, out of reach of whoever owns it.

A class of your own has one method, `place(note)`: it returns when the note is there, and raises
NotPlaced when it isn't. If what is kept can be read from here, a second one, `kept(after)`, gives
the notes back, so that the examination compares them, and misses those that are gone. It raises
where nobody can look just now, and gives nothing where nothing is there any more.
"""

import os
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from django.core.mail import EmailMessage

from wagtail_contracts import notes
from wagtail_contracts.audit.errors import NotPlaced
from wagtail_contracts.wire import calls

SIGNED = notes.DASH.encode()  # how the last lines of a note begin
LINE = 4096  # bytes, more than a line of a note and the empty one after it
BROKEN = b" (broken off)\n"  # how a line ends that somebody died over


class Anchor(Protocol):
    """Keeps signed notes."""

    def place(self, note: str) -> None:
        """Keep a note. Raises NotPlaced."""


class FileAnchor:
    """Appends to a file: on a disk that can only be written once, or on another machine's."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def place(self, note: str) -> None:
        """Append the note and an empty line, and wait until they are on the disk.

        Half a note, of a process that died, is closed first, so that it spoils no other.
        """
        try:
            with self.path.open("a+b") as target:
                target.seek(max(target.seek(0, os.SEEK_END) - LINE, 0))
                closed = _is_closed(target.read())
                target.write((b"" if closed else BROKEN + b"\n") + f"{note}\n".encode())
                target.flush()
                os.fsync(target.fileno())
        except OSError as error:
            raise NotPlaced(str(error)) from error

    def kept(self, after: int = 0) -> Iterator[tuple[int, str]]:
        """What stands beyond a place in the file, note by note, each with the place where it ends.

        What is no note comes with the note after it: nobody else writes here. What broke off is
        left out. A file that is gone keeps nothing. Raises OSError where it can't be read.
        """
        with suppress(FileNotFoundError), self.path.open("rb") as source:
            source.seek(after)
            lines: list[bytes] = []
            for line in source:
                after += len(line)
                if line.endswith(BROKEN) or (line == b"\n" and not lines):
                    lines = []
                elif line == b"\n" and lines and lines[-1].startswith(SIGNED):
                    yield after, b"".join(lines).decode(errors="replace")
                    lines = []
                else:
                    lines.append(line)


def _is_closed(end: bytes) -> bool:
    """Whether a whole note was the last that was written, or nothing."""
    lines = end.splitlines(keepends=True)
    return not lines or (lines[-1] == b"\n" and len(lines) > 1 and lines[-2].startswith(SIGNED))


class MailAnchor:
    """Mails to people who keep them; the best are outside the organisation."""

    def __init__(self, to: Sequence[str], sender: str | None = None) -> None:
        self.to, self.sender = list(to), sender

    def place(self, note: str) -> None:
        """Send the note as the text of a mail."""
        subject = f"Checkpoint {note.splitlines()[0]} {note.splitlines()[1]}"
        try:
            EmailMessage(subject, note, self.sender, self.to).send()
        except (OSError, smtplib.SMTPException) as error:
            raise NotPlaced(str(error)) from error


class AddressAnchor:
    """Posts to an address that somebody else runs, as text/plain."""

    def __init__(self, url: str, token_file: str | Path | None = None, **rules: object) -> None:
        self.url, self.token_file = url, token_file
        self.rules = calls.Rules(**rules)  # type: ignore[arg-type]

    def place(self, note: str) -> None:
        """Post the note; whatever is no success is a refusal."""
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        try:
            if self.token_file:
                headers["Authorization"] = f"Bearer {Path(self.token_file).read_text().strip()}"
            answer = calls.call(self.url, note.encode(), headers, self.rules)
        except (OSError, calls.Refused, calls.Undelivered) as error:
            raise NotPlaced(str(error)) from error
        if not answer.taken:
            raise NotPlaced(f"{self.url} answered {answer.code}")
