"""Whom files are sealed as, in words that anybody may read."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail_contracts.sealing.flows.identities import identity

# As RFC 4514 abbreviates them; what is rarer keeps its whole name.
SHORT = {
    "common_name": "CN",
    "organization_name": "O",
    "organizational_unit_name": "OU",
    "locality_name": "L",
    "country_name": "C",
}


@dataclass(frozen=True)
class Described:
    """The certificate of the configured seal.

    `fingerprint` is the SHA-256 of its bytes, as reports and rows name it. `pem` holds the
    certificate alone, and no key.
    """

    subject: str
    issuer: str
    begins: datetime
    ends: datetime
    fingerprint: str
    pem: str


def described() -> Described:
    """The certificate that files are sealed with now. Raises SealRefused."""
    from asn1crypto import pem, x509

    content = identity().certificate()
    certificate = x509.Certificate.load(content)
    return Described(
        subject=_words(certificate.subject.native),
        issuer=_words(certificate.issuer.native),
        begins=certificate.not_valid_before,
        ends=certificate.not_valid_after,
        fingerprint=hashlib.sha256(content).hexdigest(),
        pem=pem.armor("CERTIFICATE", content).decode("ascii"),
    )


def _words(name: dict[str, Any]) -> str:
    """A distinguished name in one line, in the order of the certificate."""
    parts = {SHORT.get(key, key): value for key, value in name.items()}
    return ", ".join(f"{key}={_joined(value)}" for key, value in parts.items())


def _joined(value: Any) -> str:
    return "+".join(map(str, value)) if isinstance(value, list) else str(value)
