"""Signatures of persons' own, as they stand in the sealed file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing.models import Signature


def enclosed(signatures: Iterable[Signature]) -> list[tuple[str, bytes]]:
    """Names and contents of the files that hold them."""
    return [(name(item), bytes(item.proof)) for item in signatures if item.proof is not None]


def name(signature: Signature) -> str:
    """What the file is called that holds it."""
    return f"signature-{signature.participant.public_id}.p7s"


def stated(signature: Signature) -> dict[str, Any]:
    """What the statement of a signature says of it; nothing where there is none."""
    if signature.proof is None:
        return {}
    content = bytes(signature.proof)
    whose = sealing.signer(content)
    proof = {
        "file": name(signature),
        "digest": hashlib.sha256(content).hexdigest(),
        "certificate": whose.fingerprint,
        "name": whose.name,
    }
    return {"proof": proof}


def certificate(signature: Signature) -> dict[str, str]:
    """Whom the certificate names, and who issued it, for people to read."""
    if signature.proof is None:
        return {}
    whose = sealing.signer(bytes(signature.proof))
    return {"name": whose.name, "issuer": whose.issuer}
