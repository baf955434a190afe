"""Whom to trust: certificates in PEM form, kept apart by what they vouch for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from asn1crypto import pem, x509

from wagtail_contracts.sealing.core.judging.proofs import Roots


@dataclass(frozen=True)
class Trust:
    """Roots for seals, timestamps and persons, kept apart. Never the operating system's store.

    `retired` names algorithms that retire on other days than `algorithms.RETIRED` says.
    """

    seals: tuple[x509.Certificate, ...]
    timestamps: tuple[x509.Certificate, ...] = ()
    persons: Roots = field(default_factory=Roots)
    retired: Mapping[str, date] = field(default_factory=dict)


def certificates(data: bytes) -> tuple[x509.Certificate, ...]:
    """All certificates of a PEM file. Raises ValueError when there is none, or something else."""
    blocks = list(pem.unarmor(data, multiple=True))
    if not blocks or any(kind != "CERTIFICATE" for kind, _, _ in blocks):
        raise ValueError("not a PEM file of certificates")
    found = tuple(x509.Certificate.load(der) for _, _, der in blocks)
    for item in found:
        item.native  # noqa: B018 - parses all of it, or raises ValueError
    return found
