"""That a participant was shown a version, recorded once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import StaleVersion
from wagtail_contracts.contracts.models import ContractVersion, Participant
from wagtail_contracts.signing.core.networks import coarse
from wagtail_contracts.signing.flows.looking import Looks, looked_at, looks_of

__all__ = ["Looks", "from_afar", "of", "record"]
of = looks_of


def record(participant: Participant, version: ContractVersion, *, by: Actor) -> None:
    """Record that a version was shown, unless it has been or is the newest no more."""
    if version.number in looked_at(version.contract, participant):
        return
    with suppress(StaleVersion):
        contracts.view(participant, version.digest, by=from_afar(by))


def from_afar(by: Actor) -> Actor:
    """The same person: of where they look from, the network is kept and not the address."""
    return replace(by, address=coarse(by.address))
