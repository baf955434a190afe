"""A contract in each state that somebody with a link can meet, made by the flows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from tests import builders, mails, signatures
from tests.journeys import stage
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.sealing.models import SealedFile


def signed_by_one(at: SimpleNamespace) -> None:
    """Kari has signed, Ola has not."""
    signatures.sign(at.kari)


def signed(at: SimpleNamespace) -> None:
    """All have signed; the worker has not sealed it."""
    signatures.sign_all(at)


def sealed(at: SimpleNamespace) -> None:
    """All have signed, and it is sealed."""
    signatures.sign_all(at)
    mails.sent()


def kept(version: Any, generation: int = 1, lacks: str = "") -> None:
    """The row of a sealed file, where nobody reads the file."""
    SealedFile.objects.create(
        subject=version.digest,
        generation=generation,
        digest=f"{generation}" * 64,
        name="x",
        size=1,
        pages=1,
        level="B-B" if lacks else "B-LTA",
        lacks=lacks,
        sealed_at=timezone.now(),
    )


def declined(at: SimpleNamespace) -> None:
    """Kari has said no."""
    signatures.decline(at.kari, kind="terms", reason="Not like this.")


def expired(at: SimpleNamespace) -> None:
    """The deadline has passed."""
    with unguarded():
        at.contract.deadline = timezone.now().date() - timedelta(days=3)
        at.contract.save()
    contracts.expire(at.contract, by=SYSTEM)


def withdrawn(at: SimpleNamespace) -> None:
    """The sender has taken it back."""
    contracts.withdraw(at.contract, "Too late in the year.", by=at.owner)


def revised(at: SimpleNamespace) -> None:
    """Kari signed, then there was a newer version."""
    signatures.sign(at.kari)
    revise(at)


def revise(at: SimpleNamespace, title: str = "Hosting 2028", reason: str = "New year") -> Any:
    """The owner publishes another version."""
    at.contract.refresh_from_db()
    at.contract.title = title
    at.contract.save()
    return contracts.revise(at.contract, builders.shown(at.contract), reason, by=at.owner)


MAKE: dict[str, Callable[[SimpleNamespace], None]] = {
    "signed_by_one": signed_by_one,
    "signed": signed,
    "sealed": sealed,
    "declined": declined,
    "expired": expired,
    "withdrawn": withdrawn,
    "revised": revised,
}
NAMES = ["in_review", "sent", "answered", *MAKE]


def build(name: str, request: pytest.FixtureRequest) -> SimpleNamespace:
    """The contract in this state."""
    if name not in MAKE:
        return request.getfixturevalue(name)
    at = request.getfixturevalue("answered")
    MAKE[name](at)
    return stage(at.contract, at.sender)
