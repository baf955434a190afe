"""From an open contract to signatures, by the flows."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from tests import builders
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import (
    Challenge,
    Decline,
    Identification,
    Signature,
    SigningSession,
)


def digest(participant: Participant) -> str:
    """The digest of the version that the participant is shown."""
    contract = Contract.objects.get(pk=participant.party.contract_id)
    assert contract.current_version
    return contract.current_version.digest


def session(participant: Participant) -> SigningSession:
    """A session by a fresh link."""
    return signing.admit(signing.invite(participant, by=SYSTEM), by=SYSTEM)[0]


def challenge(participant: Participant, **options: Any) -> Challenge:
    """A challenge that the worker has not yet made a code for."""
    if "session" not in options:
        options["session"] = session(participant)
    return signing.ask_code(
        participant, digest(participant), by=builders.guest(participant), **options
    )


def code(asked: Challenge) -> str:
    """What the worker would mail."""
    made = signing.make_code(asked, by=SYSTEM)
    assert made
    return made


def another(code: str) -> str:
    """A code that is wrong."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def identified(participant: Participant) -> Identification:
    """The participant has typed the code from the mail."""
    asked = challenge(participant)
    return signing.identify(asked, code(asked), by=builders.guest(participant))


def proof(participant: Participant) -> Identification:
    """An identification for what is there now, without the way to it."""
    version = Contract.objects.get(pk=participant.party.contract_id).current_version
    return Identification.objects.create(
        participant=participant, version=version, method="email_code", at=timezone.now()
    )


def asked_for(participant: Participant, **means: str) -> Participant:
    """The participant, of whom other means are asked: `signs_by`, `opens_by`, `fetches_by`."""
    with unguarded():
        Participant.objects.filter(pk=participant.pk).update(**means)
    participant.refresh_from_db()
    return participant


def affirmed(participant: Participant, **changes: Any) -> signing.Affirmed:
    """The declaration, with the participant's name."""
    words = {"name": participant.name, "consent": "I have read it and agree.", "language": "en"}
    return signing.Affirmed(**{**words, **changes})


def sign(participant: Participant, proof: Identification | None = None) -> Signature:
    """The participant signs what is there now."""
    return signing.sign(
        participant,
        digest(participant),
        proof or identified(participant),
        affirmed(participant),
        by=builders.guest(participant),
    )


def decline(participant: Participant, *, kind: str = "price", reason: str = "") -> Decline:
    """The participant says no to what is there now."""
    by = builders.guest(participant)
    return signing.decline(participant, digest(participant), kind=kind, reason=reason, by=by)


def sign_all(stage: SimpleNamespace, who: Sequence[str] = ("ola", "kari")) -> None:
    """All who are named sign, in this order."""
    for name in who:
        sign(getattr(stage, name))
