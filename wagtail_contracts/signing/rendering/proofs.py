"""Signatures of persons' own, as they stand in the sealed file."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing.core import shown
from wagtail_contracts.signing.models import Signature


def enclosed(signatures: Iterable[Signature]) -> list[tuple[str, bytes]]:
    """Names and contents of the files that hold them."""
    found = [(item, content(item)) for item in signatures if item.proof is not None]
    return [(name(item), own) for item, own in found if own is not None]


def content(signature: Signature) -> bytes | None:
    """The signature of the person's own (CMS); None where there is none, or it was erased."""
    found = shown.read(signature.identification.evidence)
    return base64.b64decode(found.signature) if found and found.signature else None


def name(signature: Signature) -> str:
    """What the file is called that holds it."""
    return f"signature-{signature.participant.public_id}.p7s"


def stated(signature: Signature) -> dict[str, Any]:
    """What the statement of a signature says of it; nothing where there is none.

    After erasure whose it was can't be told any more.
    """
    if signature.proof is None:
        return {}
    proof = {"file": name(signature), "digest": bytes(signature.proof).hex()}
    if own := content(signature):
        whose = sealing.signer(own)
        proof |= {"certificate": whose.fingerprint, "name": whose.name}
    return {"proof": proof}


def as_told(statement: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """A sealed statement without what was erased since of the one that would be made `now`."""
    if "proof" not in statement or "proof" not in now:
        return statement
    left = {key: value for key, value in statement["proof"].items() if key in now["proof"]}
    return {**statement, "proof": left}


def certificate(signature: Signature) -> dict[str, str]:
    """Whom the certificate names, and who issued it, for people to read."""
    if (own := content(signature)) is None:
        return {}
    whose = sealing.signer(own)
    return {"name": whose.name, "issuer": whose.issuer}
