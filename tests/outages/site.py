"""A whole site for people who come over TCP: a database that syncs, worker, web, mail servers."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
from cryptography.fernet import Fernet

from tests import ports, postgres
from tests.reliability import mailserver
from wagtail_contracts.sealing.backends import identity
from wagtail_contracts.sealing.core.identities import TEST

ROOT = Path(__file__).parents[2]
PATIENCE = 480
FREE = "UPDATE wagtail_contracts_outbox_message SET leased_until = NULL WHERE done_at IS NULL"


class Site:
    """Everything that runs, and what was seen."""

    def __init__(
        self,
        folder: Path,
        stack: ExitStack,
        office: str = "tests.outages.office",
        settings: str = "tests.outages.settings",
    ) -> None:
        self.stack, self.folder, self.office_name = stack, folder, office
        self.settings = settings
        self.postgres = stack.enter_context(postgres.lasting_server())
        self.mail = stack.enter_context(mailserver.running(SimpleNamespace()))
        self.port = ports.free()
        self.environment = {**os.environ, **self.postgres.place, **self._own()}
        self.office = self.open_office()

    def _own(self) -> dict[str, str]:
        identity.make(self.folder, "Eksempel AS")
        identity.make(self.folder / "training", f"{TEST}Eksempel AS")
        (self.folder / "secret.txt").write_text("of these tests")
        (self.folder / "keys.txt").write_text(Fernet.generate_key().decode())
        return {
            "DJANGO_SETTINGS_MODULE": self.settings,
            "EXAMPLE_VAR": str(self.folder),
            "EXAMPLE_SMTP_PORT": str(self.mail.port),
            "EXAMPLE_BASE_URL": f"http://127.0.0.1:{self.port}",
        }

    def run(self, *words: str, **options: Any) -> subprocess.Popen[bytes]:
        """A process of Python, which is ended with the test."""
        log = self.stack.enter_context((self.folder / f"{words[0]}.log").open("ab"))
        command = [sys.executable, "-m", *words]
        child = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=self.environment, stderr=log, **options
        )
        self.stack.callback(end, child)
        return child

    def open_office(self) -> Office:
        """One more office; each answers one question at a time."""
        child = self.run(self.office_name, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return Office(child, self.folder / f"{self.office_name}.log")

    def ask(self, *question: Any) -> Any:
        """Ask the first office."""
        return self.office.ask(*question)

    def listens(self) -> bool:
        """Whether the web server takes requests."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def work(self) -> None:
        """Start the worker."""
        words = ("example_site.manage", "outbox_deliver", "--watch", "--seconds", "0.1")
        self.worker = self.run(*words, stdout=subprocess.DEVNULL)

    def free(self) -> None:
        """What somebody held who is dead need not wait until the lease is over."""
        words: dict[str, Any] = conninfo(self.postgres.place)
        with psycopg.connect(**words, autocommit=True) as connection:
            connection.execute(FREE)

    def codes(self, address: str) -> list[str]:
        """The codes that were mailed there."""
        subjects = [str(one["Subject"]) for one in self.mail.letters if one["To"] == address]
        return [hit[0] for subject in subjects if (hit := re.match(r"\d{6}\b", subject))]


@dataclass(frozen=True)
class Office:
    """A process that answers questions, and where it complains."""

    child: Any
    log: Path

    def ask(self, *question: Any) -> Any:
        """Ask, and wait for the answer."""
        self.child.stdin.write(json.dumps(question).encode() + b"\n")
        self.child.stdin.flush()
        answer = self.child.stdout.readline()
        assert answer, self.log.read_text()
        return json.loads(answer)


def conninfo(place: dict[str, str]) -> dict[str, str]:
    """Where the server is, in the words of psycopg."""
    words = {"dbname": "DB", "user": "USER", "host": "HOST", "port": "PORT"}
    return {key: place[f"POSTGRES_{name}"] for key, name in words.items()}


def end(child: subprocess.Popen[bytes]) -> None:
    """End a process, and close what led to it."""
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()


def wait_until(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)
