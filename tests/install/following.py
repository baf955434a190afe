"""Somebody who follows a tutorial line by line, and tells at which line it went wrong."""

from __future__ import annotations

import re
import shlex
import time
from pathlib import Path
from typing import Any

from tests.install.reading import Act, acts, looks_like
from tests.install.terminal import Terminal

AT_THE_END = re.compile(r"^At the end of (\S+)$")
NEW = re.compile(r"^In a new file (\S+)$")
BESIDE = re.compile(r"^In a (?:second|third) terminal, in the same folder$")
ELSEWHERE = "On PostgreSQL"  # the other of two ways; the tutorial's site has SQLite
SHELL, MAIL = "In python manage.py shell", "In the mails, after a second or two"
PORT = re.compile(r"\b8000\b")
REFUSALS = ("SystemCheckError", "changed.pdf: altered")  # a status of 1 is what they want
PATIENCE = 90
LIFELESS = "No worker gave a sign of life"


class Astray(AssertionError):
    """The tutorial does not work at this line."""


class Follower:
    """Does what the tutorial says. Only the port is another one: 8000 may be taken."""

    def __init__(self, path: Path, terminal: Terminal, port: int) -> None:
        self.path, self.terminal, self.port = path, terminal, port
        self.windows: Any = None
        self.said = ""
        self.took: list[tuple[float, Act]] = []

    def follow(self) -> None:
        """From the first line to the last. Raises Astray."""
        for act in acts(self.path.read_text()):
            if act.where == ELSEWHERE:
                continue
            begun = time.monotonic()
            try:
                self._do(act)
            except Exception as error:
                where = f"{self.path.name}:{act.line}"
                raise Astray(f"{where}: {act.text.strip()}\n\n{error}") from error
            self.took.append((time.monotonic() - begun, act))

    def _do(self, act: Act) -> None:
        text = PORT.sub(str(self.port), act.text)
        if act.kind == "browser":
            self.windows.follow(text, self.said, self.terminal.place)
        elif act.kind == "sh" and act.where == MAIL:
            self._until_it_says(text, PORT.sub(str(self.port), act.expected))
        elif act.kind == "sh" and BESIDE.match(act.where):
            self.terminal.start(text)
        elif act.kind == "sh" and not act.where:
            self._run(text, act.expected)
        elif found := AT_THE_END.match(act.where):
            with (self.terminal.place / found[1]).open("r+") as file:
                file.seek(0, 2)
                file.write(f"\n{text}")
        elif found := NEW.match(act.where):
            with (self.terminal.place / found[1]).open("x") as file:
                file.write(text)
        elif act.kind == "python" and act.where == SHELL:
            self._run(f"printf %s {shlex.quote(text)} | python manage.py shell", "")
        else:
            raise ValueError(f"Nobody knows what to do with this block: {act.kind}, {act.where}.")

    def _run(self, block: str, expected: str) -> None:
        status, self.said = self._once_the_worker_lives(block, expected)
        if status != expected.startswith(REFUSALS):
            raise ValueError(f"It ended with {status} and said:\n{self.said}")
        if not looks_like(expected, self.said):
            raise ValueError(f"It said:\n{self.said}")

    def _once_the_worker_lives(self, block: str, expected: str) -> tuple[int, str]:
        """Whoever starts it by hand needs longer to go on than a test does."""
        ends = time.monotonic() + PATIENCE
        while True:
            status, said = self.terminal.run(block)
            if LIFELESS not in said or LIFELESS in expected or time.monotonic() > ends:
                return status, said

    def _until_it_says(self, block: str, expected: str) -> None:
        """A mail takes a moment."""
        ends = time.monotonic() + PATIENCE
        while True:
            _status, self.said = self.terminal.run(block)
            if looks_like(expected, self.said):
                return
            if time.monotonic() > ends:
                raise TimeoutError(f"After {PATIENCE} seconds it said:\n{self.said}")
            time.sleep(0.5)
