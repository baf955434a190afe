"""Signatures of persons over a digest: what is to be signed, the whole, and what it proves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.proofs import Holder, Proved, Unproved
from wagtail_contracts.wire.calls import Rules

if TYPE_CHECKING:
    from asn1crypto import x509

    from wagtail_contracts.sealing.core.judging.proofs import Roots

# pyHanko takes half a second to import: not before somebody signs so.


def prove(der: bytes, digest: str, *, at: datetime) -> Proved:
    """Whom a signature over a digest is by, as of a moment, by the roots of the settings.

    Raises Unproved, also where the settings list no roots.
    """
    from wagtail_contracts.sealing.core.judging import proofs

    proved = proofs.prove(der, digest, roots(), at)
    if not proved.trusted:
        raise Unproved("unknown_issuer", "the settings list no issuers of personal certificates")
    return proved


def holder(certificate: bytes) -> Holder:
    """Whose a certificate is, DER. Raises Unproved where it is none that a person signs with."""
    from asn1crypto import x509

    from wagtail_contracts.sealing.core.judging import proofs

    return proofs.holder(x509.Certificate.load(certificate))


def signer(der: bytes) -> Holder:
    """Whose a signature says that it is; nothing is judged. Raises Unproved."""
    from wagtail_contracts.sealing.core.judging import proofs

    return proofs.signer(der)


def to_sign(digest: str, certificate: bytes, *, at: datetime) -> bytes:
    """What the key of a certificate is to sign for a digest; the service gets its SHA-256."""
    from wagtail_contracts.sealing.core import detached

    return detached.attributes(digest, certificate, at)


def completed(
    signed: bytes, signature: bytes, chain: Sequence[bytes], *, at: datetime, rules: Rules
) -> bytes:
    """The whole signature, with what the issuers say of revocation just now.

    `chain` has the signer's certificate first. Raises Unproved where it leads to no root of ours:
    then nobody is asked.
    """
    from asn1crypto import x509

    from wagtail_contracts.sealing.core import detached
    from wagtail_contracts.sealing.core.judging import proofs
    from wagtail_contracts.sealing.flows import revoking

    certificates = [x509.Certificate.load(item) for item in chain]
    path = proofs.path(certificates, roots().all, at)
    said = revoking.asked(path, rules)
    above = [item.dump() for item in path[1:]]
    return detached.assemble(
        signed, signature, [chain[0], *above], lists=said.lists, answers=said.answers
    )


def roots() -> Roots:
    """Whom the certificates of persons must lead to. Raises ImproperlyConfigured."""
    from wagtail_contracts.sealing.core.judging.proofs import Roots

    persons = listed("SIGNER_TRUST", sealing().signer_trust)
    return Roots(persons, listed("QUALIFIED_TRUST", sealing().qualified_trust))


def listed(name: str, paths: Sequence[str | Path]) -> tuple[x509.Certificate, ...]:
    """The certificates in the PEM files of the setting `name`. Raises ImproperlyConfigured."""
    from wagtail_contracts.sealing.core.judging.roots import certificates

    found: list[x509.Certificate] = []
    for path in paths:
        try:
            found += certificates(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            text = f"WAGTAIL_CONTRACTS['SEALING'][{name!r}]: {path}: {error}"
            raise ImproperlyConfigured(text) from error
    return tuple(found)
