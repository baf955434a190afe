"""How long sealing can take: as long as everybody who is asked may take."""

from __future__ import annotations

from datetime import timedelta

from wagtail_contracts.sealing.backends.base import Seal
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.pades import Level
from wagtail_contracts.sealing.flows import identities
from wagtail_contracts.sealing.flows.rendering import LIMITS
from wagtail_contracts.wire.calls import Rules

STAMPS = 2  # that a seal asks for: one to learn how large they are, and its own
AUTHORITY = 4  # addresses in the certificates of an authority, which nobody knows before


def longest() -> timedelta:
    """How long one seal can take at most, without the storage. Raises SealRefused."""
    level, chosen = Level(sealing().level), Rules(**sealing().calls)
    asked = STAMPS * level.stamped + (level is Level.BLTA)
    backend = identities.identity()
    if level.lasting:
        asked += _addresses(backend) + AUTHORITY
    return timedelta(seconds=LIMITS.wall + asked * chosen.deadline)


def _addresses(backend: Seal) -> int:
    """Where it is asked whether the seal and those above it were revoked."""
    return sum(
        len(item.ocsp_urls) + len(item.crl_distribution_points)
        for item in identities.chain(backend)
    )
