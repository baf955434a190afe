"""People with links, each with a browser, who go on until the site has told them what they want.

What the site acknowledged is noted down: the kind, whose it is, and by what it can be found again.
"""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlencode

from tests import builders

DIGEST = re.compile(r'name="digest" value="([0-9a-f]{64})"')
DEVICES, ANSWERS = 8, 2
ONE_IN = 8  # is unlucky
TOKEN = "a" * 32
PATIENCE, PAUSE, WAITS = 60.0, 0.3, 100


@dataclass
class Crowd:
    """All visitors, what they were told, and every answer they got with its time."""

    port: int
    letters: Callable[[str], list[str]]  # the codes that were mailed to an address, in order
    until: float
    told: list[dict[str, str]] = field(default_factory=list)
    statuses: list[tuple[float, int]] = field(default_factory=list)  # 0: no answer at all
    begun: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)

    def go(self, people: Sequence[dict[str, str]], threads: int) -> list[threading.Thread]:
        """Let them all in, so many at a time."""
        queue: SimpleQueue[dict[str, str]] = SimpleQueue()
        for one in people:
            queue.put(one)
        running = [threading.Thread(target=self._work, args=(queue,)) for _ in range(threads)]
        for thread in running:
            thread.start()
        return running

    def _work(self, queue: SimpleQueue[dict[str, str]]) -> None:
        while time.monotonic() < self.until:
            try:
                one = queue.get_nowait()
            except Empty:
                return
            kind = Unlucky if len(self.begun) % ONE_IN == 0 else Visitor
            self.begun.append(one["public_id"])
            kind(self, **one).journey()
            self.finished.append(one["public_id"])


@dataclass
class Visitor:
    """One person, who comes by a link."""

    crowd: Crowd
    link: str
    public_id: str
    email: str
    cookies: dict[str, str] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    waits: int = 0

    def journey(self) -> None:
        """Open the link on some devices, answer some times, agree, type the code."""
        for _ in range(DEVICES):
            self.insist(lambda: self.enter() and self.note("entered", self.cookies[self.cookie]))
        self.insist(self.enter)  # where it goes on: signing gives this session another secret
        for number in range(ANSWERS):
            self.insist(lambda number=number: self.give(number))
        self.insist(self.agree)
        self.insist(self.sign)

    def insist(self, act: Callable[[], bool]) -> None:
        """Try until it is acknowledged; whoever is no longer known comes in by the link again."""
        while not act():
            if time.monotonic() > self.crowd.until:
                raise TimeoutError(f"{self.email} was never told what they wanted")
            time.sleep(PAUSE)

    def enter(self) -> bool:
        """Exchange the link for a session, in a browser that has none."""
        self.cookies.clear()
        status, _headers, _body = self.ask("POST", f"/c/{self.link}/", {})
        return status == 303 and self.cookie in self.cookies  # killed in the middle of the headers

    def give(self, number: int) -> bool:
        """Give all answers; the remark is found in no other version."""
        proof = f"Remark {number} of {self.public_id}"
        typed = {f"a-{key}": value for key, value in builders.ANSWERS.items()}
        words = {**typed, "a-remarks": proof, "do": "review", "digest": self.digest("")}
        status, headers, _body = self.ask("POST", self.page("answers/"), words)
        return (
            status == 303 and headers["Location"].endswith("/sign/") and self.note("given", proof)
        )

    def agree(self) -> bool:
        """Press the button that has a code sent."""
        words = {"name": "Kari Nordmann", "digest": self.digest("sign/")}
        status, headers, _body = self.ask("POST", self.page("sign/"), words)
        if status != 303 or not headers["Location"].endswith("/code/"):
            return status == 303 and headers["Location"].endswith("/done/")
        return self.note("asked", self.cookies[f"{self.cookie}-act"])

    def sign(self) -> bool:
        """Type the newest code; one that was called wrong is not typed again.

        A machine may be so slow that a code is over before it is typed: then ask for another.
        """
        codes = [one for one in self.crowd.letters(self.email) if one not in self.wrong]
        if not codes:
            self.waits += 1
            if self.waits % WAITS == 0:
                self.agree()
            return False
        status, headers, _body = self.ask("POST", self.page("code/"), {"code": codes[-1]})
        if status == 422:
            self.wrong.add(codes[-1])
        if status == 404:
            self.enter()
        if status == 303 and not headers["Location"].endswith("/done/"):
            self.agree()
        return self.has_signed()

    def has_signed(self) -> bool:
        """The page that says so, however the answer to the signature itself got lost."""
        status, _headers, _body = self.ask("GET", self.page("done/"))
        return status == 200 and self.note("signed", "")

    def digest(self, page: str) -> str:
        """What the form on a page carries; empty if there is none."""
        status, _headers, body = self.ask("GET", self.page(page))
        if status == 404:
            self.enter()
        found = DIGEST.search(body)
        return found[1] if found else ""

    @property
    def cookie(self) -> str:
        """The name of the cookie of this person's session."""
        return f"c-{self.public_id}"

    def page(self, name: str) -> str:
        """The address of one of this person's pages."""
        return f"/c/{self.public_id}/{name}"

    def note(self, kind: str, proof: str) -> bool:
        """The site has said that it is done."""
        self.crowd.told.append({"kind": kind, "public_id": self.public_id, "proof": proof})
        return True

    def ask(
        self,
        method: str,
        path: str,
        form: dict[str, str] | None = None,
        more: dict[str, str] | None = None,
    ) -> tuple[int, Any, str]:
        """Status, headers and text of an answer; status 0 where there was none."""
        words = {**self.cookies, "csrftoken": TOKEN}
        cookies = "; ".join(f"{key}={value}" for key, value in words.items())
        headers = {"Cookie": cookies, **(more or {})}
        body = None
        if form is not None:
            body = urlencode({**form, "csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        one = http.client.HTTPConnection("127.0.0.1", self.crowd.port, timeout=PATIENCE)
        try:
            one.request(method, path, body, headers)
            answer = one.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.crowd.statuses.append((time.monotonic(), 0))
            return 0, {}, ""
        finally:
            one.close()
        self.crowd.statuses.append((time.monotonic(), answer.status))
        self._remember(answer.headers.get_all("Set-Cookie") or [])
        return answer.status, answer.headers, text

    def _remember(self, lines: list[str]) -> None:
        for line in lines:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


@dataclass
class Unlucky(Visitor):
    """The answer to their signature is lost on the way, with the session's new secret."""

    lost: bool = False

    def ask(
        self,
        method: str,
        path: str,
        form: dict[str, str] | None = None,
        more: dict[str, str] | None = None,
    ) -> tuple[int, Any, str]:
        """As if the server had died right after it had kept the signature."""
        kept = dict(self.cookies)
        answer = super().ask(method, path, form, more)
        status, headers, _body = answer
        if self.lost or status != 303 or not path.endswith("/code/"):
            return answer
        if headers["Location"].endswith("/done/"):
            self.lost, self.cookies = True, kept
            return 0, {}, ""
        return answer
