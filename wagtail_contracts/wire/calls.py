"""Call another server: whatever it does, the answer is here within the deadline.

HTTPS to public addresses alone: a name is resolved once and all that it leads to is judged (S-30).
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wagtail_contracts.wire.addresses import Refused as Refused


class Undelivered(Exception):
    """No answer: try again later."""


@dataclass(frozen=True)
class Rules:
    """How far a call may go. `deadline` and `timeout` are seconds, `most` bytes of the answer.

    `schemes` may name http too, for what is signed by itself: revocation data, as RFC 5280 has it.
    """

    schemes: tuple[str, ...] = ("https",)
    ports: tuple[int, ...] = (443, 8443)
    inside: tuple[str, ...] = ()  # networks that are not public and may be called all the same
    deadline: float = 15  # for everything: name, connection, TLS, headers, body
    timeout: float = 10  # for one step on the socket
    most: int = 64 * 1024
    ca: str | None = None
    program: tuple[str, ...] = (sys.executable, "-m", "wagtail_contracts.wire.child")


@dataclass(frozen=True)
class Answer:
    """What the other server said."""

    code: int
    start: bytes  # of the body

    @property
    def taken(self) -> bool:
        """A redirect is not a delivery."""
        return 200 <= self.code < 300


def call(
    url: str, body: bytes, headers: Mapping[str, str], rules: Rules, *, method: str = "POST"
) -> Answer:
    """Call an address. Raises Refused, where trying again is in vain, and Undelivered."""
    found = _child({**_task(url, body, headers, rules), "method": method}, rules)
    if "refused" in found:
        raise Refused(found["refused"])
    if "failed" in found:
        raise Undelivered(found["failed"])
    return Answer(found["code"], base64.b64decode(found["start"]))


def _task(url: str, body: bytes, headers: Mapping[str, str], rules: Rules) -> dict[str, Any]:
    return {
        "url": url,
        "body": base64.b64encode(body).decode(),
        "headers": {"User-Agent": "wagtail-contracts", **headers},
        "schemes": rules.schemes,
        "ports": rules.ports,
        "inside": rules.inside,
        "timeout": rules.timeout,
        "most": rules.most,
        "ca": rules.ca,
    }


def _child(task: dict[str, Any], rules: Rules) -> dict[str, Any]:
    """An empty environment: no secrets, no proxies. A child that is late is killed."""
    environment = {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            rules.program,
            input=json.dumps(task),
            capture_output=True,
            text=True,
            check=False,
            timeout=rules.deadline,
            env=environment,
        )
    except subprocess.TimeoutExpired as late:
        raise Undelivered("deadline") from late
    if done.returncode != 0:
        raise Undelivered(f"the child ended with {done.returncode}")
    return dict(json.loads(done.stdout))
