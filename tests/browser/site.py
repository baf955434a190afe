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
import socket
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

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
READY = "Ctrl-C ends all of it."
LINK = re.compile(r"http://\S+")
CODE = re.compile(r"\b\d{6}\b")


@dataclass
class Site:
    """A running example site."""

    var: Path
    url: str
    output: str = ""
    seen: set[str] = field(default_factory=set)
    last_step: int = 0
    root: Path = ROOT

    @property
    def environment(self) -> dict[str, str]:
        """For commands of the site."""
        return surroundings(self.var)

    def mail(self, recipient: str, about: str = "", *, patience: float = 60) -> Mail:
        """The next mail to somebody with these words in its subject; each is read once."""
        return until(lambda: self._next(recipient, about), f"{recipient}: {about}", patience)

    def _next(self, recipient: str, about: str) -> Mail | None:
        for path in sorted((self.var / "mail").glob("*.eml")):
            mail = read(path)
            if path.stem in self.seen or mail.recipient != recipient or about not in mail.subject:
                continue
            self.seen.add(path.stem)
            return mail
        return None

    def one_time_code(self) -> str:
        """The next code of the secret that the demo printed; no code works twice."""
        secret = re.search(r"code app: (\w+)", self.output)
        assert secret
        step = max(self.last_step + 1, int(time.time()) // 30)
        until(lambda: step <= int(time.time()) // 30 + 1, "the time of the next code", 40)
        self.last_step = step
        return totp(b32decode(secret[1]), step)


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


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(var: Path) -> dict[str, str]:
    """The environment of a site with its data there, and with nothing of another one."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("EXAMPLE_")}
    ours.pop("DJANGO_SETTINGS_MODULE", None)
    return ours | {"EXAMPLE_VAR": str(var), "PYTHONUNBUFFERED": "1"}


def start(
    var: Path, *options: str, port: int = 0, mail_port: int = 0
) -> tuple[str, subprocess.Popen[str]]:
    """Start the demo in a process group of its own: its address, and the process."""
    port = port or free_port()
    place = {"PORT": str(port), "EXAMPLE_SMTP_PORT": str(mail_port or free_port())}
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "example_site.demo", *options],
        cwd=ROOT,
        env=surroundings(var) | place,
        stdout=(var.parent / f"{var.name}.log").open("w"),
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    return f"http://127.0.0.1:{port}", process


def output(var: Path) -> str:
    """What the demo with these data has printed."""
    return (var.parent / f"{var.name}.log").read_text()


def stop(process: subprocess.Popen[str]) -> int:
    """What Ctrl-C in a terminal does: a signal to the whole group."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    return process.wait(40)


@contextmanager
def running(var: Path, *options: str, patience: float = 240) -> Iterator[Site]:
    """A site that answers; ended afterwards."""
    url, process = start(var, *options)
    try:
        until(lambda: READY in output(var) or process.poll() is not None, "a start", patience)
        assert process.poll() is None, output(var)
        yield Site(var, url, output(var))
    finally:
        stop(process)
