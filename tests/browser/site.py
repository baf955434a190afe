"""The example site as it really runs: the demo, with data and ports of its own.

Web server, worker and mail server are processes; what a test knows of them it reads in the browser,
in the mails that arrived and in the files that they left.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import signal
import struct
import subprocess
import sys
import time
from base64 import b32decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from example_site.mailbox import Mail, read
from tests import ports

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
READY = "Ctrl-C ends all of it."
LINK = re.compile(r"http://\S+")
CODE = re.compile(r"\b\d{6}\b")


@dataclass
class Site:
    """An example site, running or not."""

    var: Path
    port: int = field(default_factory=ports.free)
    process: subprocess.Popen[bytes] | None = None
    seen: set[str] = field(default_factory=set)
    last_step: int = 0

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """For the demo and for commands of this site, with nothing of another one."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("EXAMPLE_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        ours = {"EXAMPLE_VAR": str(self.var), "EXAMPLE_SMTP_PORT": str(ports.free())}
        at_once = {"EXAMPLE_UNDO_SECONDS": "0"}
        return kept | ours | at_once | {"PORT": str(self.port), "PYTHONUNBUFFERED": "1"}

    @property
    def output(self) -> str:
        """What the demo has printed since its last start."""
        return self.var.with_suffix(".log").read_text()

    def launch(self, *options: str) -> subprocess.Popen[bytes]:
        """Start the demo in a process group of its own, without waiting for it."""
        with self.var.with_suffix(".log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "example_site.demo", *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self.process

    def start(self, *options: str) -> None:
        """Start it and wait until it says what to try."""
        process = self.launch(*options)
        until(lambda: READY in self.output or process.poll() is not None, "a start", 600)
        assert process.poll() is None, self.output

    def stop(self) -> int:
        """What Ctrl-C in a terminal does: a signal to the whole group."""
        assert self.process
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(180)

    def mails(self) -> list[Mail]:
        """All that arrived, the oldest first."""
        return [read(path) for path in sorted((self.var / "mail").glob("*.eml"))]

    def mail(self, recipient: str, about: str) -> Mail:
        """The next mail to somebody with these words in its subject; each is read once."""
        return until(lambda: self._next(recipient, about), f"mail to {recipient}: {about}", 180)

    def _next(self, recipient: str, about: str) -> Mail | None:
        for mail in self.mails():
            if mail.name not in self.seen and mail.recipient == recipient and about in mail.subject:
                self.seen.add(mail.name)
                return mail
        return None

    def one_time_code(self) -> str:
        """The next code of the secret that the demo printed; no code works twice."""
        step = max(self.last_step + 1, int(time.time()) // 30)
        until(lambda: step <= int(time.time()) // 30 + 1, "the time of the next code", 90)
        self.last_step = step
        return self.code_at(step)

    def code_at(self, step: int) -> str:
        """The code of one half minute, counted since 1970."""
        secret = re.search(r"code app: (\w+)", self.output)
        assert secret
        return totp(b32decode(secret[1]), step)


@contextmanager
def running(var: Path, *options: str) -> Iterator[Site]:
    """A site that answers; ended afterwards."""
    site = Site(var)
    try:
        site.start(*options)
        yield site
    finally:
        site.stop()


def totp(key: bytes, step: int) -> str:
    """RFC 6238 with six digits, written down again for the tests."""
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def until(ask: Callable[[], T | None], what: str, patience: float) -> T:
    """Ask until there is an answer."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"not within {patience} s: {what}")


def link(mail: Mail) -> str:
    """The address of a mail's one button."""
    found = LINK.search(mail.text)
    assert found, mail.text
    return found[0]


def code(mail: Mail) -> str:
    """The code that a mail brings."""
    found = CODE.search(mail.text)
    assert found, mail.text
    return found[0]
