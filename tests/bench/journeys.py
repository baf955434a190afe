"""What people wait for: sending, the answer to the last signature, and the sealed file after it.

Seconds on the clock, so the machine's load is told beside the table.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.test import Client

from tests import builders, signatures
from tests.bench import agreements, timing
from tests.bench.timing import Row
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.models import Challenge

PART = "The journey"
PATIENCE = 120


def rows(*, tiny: bool) -> Iterator[Row]:
    """For each length: sending, the answer to the last signature, the sealed file."""
    for pages in (1,) if tiny else (1, 10, 50):
        yield from _sending(pages, 0 if tiny else 3)
    with _worker():
        for pages in (1,) if tiny else (1, 10, 50):
            yield from _signing(pages, 0 if tiny else 3)


def _sending(pages: int, times: int) -> Iterator[Row]:
    """One client: create, see that it prints, send; then the worker mails both links."""
    outbox.deliver()
    before = max(Message.objects.values_list("pk", flat=True), default=0)
    flows, whole = [], []
    for _turn in range(times + 1):
        begun = time.perf_counter()
        draft = agreements.draft(agreements.CLAUSES[pages])
        sealing.render(printing.draft_bundle(contracts.compose(draft), draft.number))
        sender = builders.actor(agreements.place()[1])
        contracts.send(draft, builders.shown(draft), into="signing", by=sender)
        sent = time.perf_counter()
        outbox.deliver()
        whole.append(time.perf_counter() - begun)
        flows.append(sent - begun)
        assert not Message.objects.unfinished().filter(pk__gt=before).exists()
        assert Contract.objects.get(pk=draft.pk).state == "signing"
    for what, found in (("", flows[-times:]), (", both mails included", whole[-times:])):
        rate = f"{1 / statistics.median(found):.1f} a second"
        yield Row(PART, f"{_long(pages)}: create, rehearse the print and send{what}", rate)


def _signing(pages: int, times: int) -> Iterator[Row]:
    """The code of the last signatory is posted; the clock stops at the answer and at the file."""
    answers, waits = [], []
    for _turn in range(times + 1):
        at = agreements.answered(agreements.CLAUSES[pages])
        signatures.sign(at.ola)
        client, code = _before_the_code(at)
        begun = time.perf_counter()
        answer = client.post(visits.page("code", at.kari), {"code": code})
        answers.append(time.perf_counter() - begun)
        assert answer.status_code == 303
        assert Contract.objects.get(pk=at.contract.pk).state == "signed"
        _until_sealed(at.version.digest)
        waits.append(time.perf_counter() - begun)
    yield _spread(f"{_long(pages)}: answer to the last signature", answers[-times:])
    yield _spread(f"{_long(pages)}: from there to the sealed file", waits[-times:])


def _before_the_code(at: SimpleNamespace) -> tuple[Client, str]:
    client = visits.enter(at.kari)
    visits.agree(client, at.kari)
    return client, signatures.code(Challenge.objects.get(participant=at.kari))


def _until_sealed(digest: str) -> None:
    end = time.monotonic() + PATIENCE
    while not SealedFile.objects.filter(subject=digest).exists():
        assert time.monotonic() < end, "no worker seals"
        time.sleep(0.02)


def _long(pages: int) -> str:
    return f"{pages} {'page' if pages == 1 else 'pages'} of text"


def _spread(what: str, found: list[float]) -> Row:
    words = timing.milliseconds(statistics.median(found))
    if len(found) > 1:
        words += f" ({timing.milliseconds(min(found))} to {timing.milliseconds(max(found))})"
    return Row(PART, what, words)


@contextmanager
def _worker() -> Iterator[None]:
    """The worker as an installation runs it, with its own options."""
    connection.close()
    command = [sys.executable, "-m", "example_site.manage", "outbox_deliver", "--watch"]
    worker: subprocess.Popen[Any] = subprocess.Popen(command, env=dict(os.environ))  # noqa: S603
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(PATIENCE)
