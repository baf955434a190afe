"""The level of a signature, by the evidence that is kept of it."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.proofs import Unproved
from wagtail_contracts.signing.conf import signing
from wagtail_contracts.signing.core import levels, shown
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.models import Identification, Signature


def level_of(identification: Identification) -> str:
    """What a signature is worth after this, as far as the evidence of it is kept.

    Raises NotIdentified where a signature of the person's own came along and proves nothing.
    """
    if (found := shown.read(identification.evidence)) is None:
        return levels.SIMPLE
    try:
        own = _own(found.signature, identification.version.digest, identification.at)
    except Unproved as error:
        words = _("The signature did not pass a check (%s), so it was not used. Nothing is signed.")
        raise NotIdentified(words % error.code) from error
    return levels.level(found, signing().levels, own)


def proof_of(identification: Identification) -> bytes | None:
    """The SHA-256 of the signature of the person's own that came with an identification.

    The signature itself stays with the evidence, encrypted: its certificate may hold a national id.
    """
    found = shown.read(identification.evidence)
    return _digest(found.signature) if found and found.signature else None


def ceiling_of(signature: Signature) -> str:
    """The most that the evidence of a signature yields today, whatever the settings say.

    Raises Unproved where a signature of the person's own does not hold.
    """
    identification = signature.identification
    found = shown.read(identification.evidence)
    if found is None:  # erased: what it said is told by the trail alone
        return signature.level
    kept = bytes(signature.proof) if signature.proof is not None else None
    if kept != (_digest(found.signature) if found.signature else None):
        raise Unproved("other", "it is not the one that came with the identification")
    own = _own(found.signature, identification.version.digest, identification.at)
    return levels.ceiling(found, own)


def _digest(signature: str) -> bytes:
    return hashlib.sha256(base64.b64decode(signature)).digest()


def _own(signature: str, digest: str, at: datetime) -> str:
    """What a signature of the person's own proves, by the roots of the settings."""
    if not signature:
        return levels.SIMPLE
    proved = sealing.prove(base64.b64decode(signature), digest, at=at)
    return levels.QUALIFIED if proved.qualified else levels.ADVANCED
