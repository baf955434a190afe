"""Whether contracts get on: asked by whoever monitors the site. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal
from wagtail_contracts.examining import AWAY, SLOW
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing.flows.examining import GRAVE, gravest, standing_of_walks
from wagtail_contracts.signing.flows.watching import late_for_seal

PASS, WARN, FAIL = "pass", "warn", "fail"
DUE = timedelta(minutes=5)  # a message that nobody takes for so long


def health() -> dict[str, str]:
    """What `pass`, `warn` or `fail` is said of, by name; no numbers and no names of anything.

    Without a database nothing else can be told. Few queries, each over what is not done, or over
    the newest of a kind.
    """
    try:
        found = {name: check() for name, check in CHECKS.items()}
    except (DatabaseError, InterfaceError):
        return {"database": FAIL}
    return {"database": PASS, **found}


def _worker() -> str:
    return PASS if outbox.worker_seen() else FAIL


def _outbox() -> str:
    return FAIL if Message.objects.overdue(DUE).exists() else PASS


def _deliveries() -> str:
    return WARN if Message.objects.exhausted().exists() else PASS


def _sealing() -> str:
    return FAIL if late_for_seal(Contract.objects.all()).exists() else PASS


def _identity() -> str:
    try:
        left = sealing.valid_until() - timezone.now()
    except (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError):
        return FAIL
    if left <= timedelta(0):
        return FAIL
    return WARN if left <= sealing.SOON else PASS


def _examination() -> str:
    words = {one.word for one in standing_of_walks()}
    return FAIL if AWAY in words else WARN if SLOW in words else PASS


def _evidence() -> str:
    return {GRAVE: FAIL, "": PASS}.get(gravest(), WARN)


CHECKS: dict[str, Callable[[], str]] = {
    "worker": _worker,
    "outbox": _outbox,
    "deliveries": _deliveries,
    "sealing": _sealing,
    "identity": _identity,
    "examination": _examination,
    "evidence": _evidence,
}
