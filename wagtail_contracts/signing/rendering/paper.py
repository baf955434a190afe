"""The sealed paper: the frozen text, the signature page, and the records inside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation

from wagtail_contracts import canonical, events
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.contracts.rendering import text
from wagtail_contracts.contracts.rendering.acting import is_joint
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.brand import paper
from wagtail_contracts.contracts.rendering.print import Enclosed
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.rendering import BY_HAND, Bundle, by_hand, evidence
from wagtail_contracts.signing.core import drawings as lines
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.rendering import drawings, presence, proofs, seals
from wagtail_contracts.signing.rendering.consent import short
from wagtail_contracts.signing.rendering.mail import public

CONTRACT, EVIDENCE = printing.CONTRACT, printing.EVIDENCE
NO_FILES = Enclosed({}, [])

Given = tuple[Mapping[str, Any], Signature, str]


def bundle(
    version: ContractVersion,
    given: Sequence[Given],
    trail: Mapping[str, Any],
    files: Enclosed = NO_FILES,
    logo: bytes = b"",
    checkpoint: Mapping[str, Any] | None = None,
) -> Bundle:
    """All that the file of a signed version is made of; the same input gives the same bytes.

    `given` are the signatures on it, each with its party and the name of its means, in the order
    of signing; `files` those that the text names, `logo` the workspace's picture; `checkpoint` is
    what covers the beginning of the trail, if something does.
    """
    files = _enclosed(version, [signature for _party, signature, _means in given], files)
    return printing.bundle(
        version,
        evidence=_record(version, given, trail, files, checkpoint),
        signatures=[row(item, version, copied(trail)) for item in given],
        trail=trail,
        at=max(signature.at for _party, signature, _means in given),
        look=paper(version.contract.workspace, logo),
        enclosed=files,
        asked=_asked(version),
    )


def _record(
    version: ContractVersion,
    given: Sequence[Given],
    trail: Mapping[str, Any],
    files: Enclosed,
    checkpoint: Mapping[str, Any] | None,
) -> bytes:
    """What travels as evidence.json."""
    test = version.contract.workspace.training
    inside = [(name, None, content) for name, content in files.inside]
    return evidence(
        version.digest,
        files=[(CONTRACT, canonical.CONTRACT_VERSION, version.record.encode()), *inside],
        statements=[statement(item, test=test) for _party, item, _means in given],
        trail=trail,
        checkpoint=checkpoint,
    )


def _asked(version: ContractVersion) -> dict[str, str]:
    """How far the seal is to go, in the contract's language, and where it is told how far it did.

    The page is there before the seal: it can't say what came of it.
    """
    with translation.override(spoken(version.content["language"])):
        return {
            "wanted": seals.level(str(sealing.level())),
            "verify": public("verify"),
            "listed": seals.listed(
                qualified=sealing.qualified(test=version.contract.workspace.training)
            ),
        }


def _enclosed(
    version: ContractVersion, signatures: Sequence[Signature], files: Enclosed
) -> Enclosed:
    """The files of the text, and those of the signatures: what was drawn, and own ones."""
    added = [
        (text.NAME, _readable(version)),
        (BY_HAND, _by_hand(version)),
        *proofs.enclosed(signatures),
    ]
    return Enclosed(files.pictures | drawings.pictures(signatures), [*added, *files.inside])


def _readable(version: ContractVersion) -> bytes:
    """The text for whoever has no program for the file; of the version alone."""
    return text.plain(version.content).encode()


def _by_hand(version: ContractVersion) -> bytes:
    """How to check the file without us, in the language of the contract."""
    with translation.override(spoken(version.content["language"])):
        return by_hand()


def statement(signature: Signature, *, test: bool) -> dict[str, Any]:
    """A signature as it stands in evidence.json, a `test` if made for training.

    No address, no number of a person.
    """
    return {
        "participant": signature.participant.public_id,
        "digest": signature.digest,
        "name": signature.name,
        "capacity": signature.capacity,
        "consent": signature.consent,
        "language": signature.language,
        "method": signature.identification.method,
        "identified_at": canonical.moment(signature.identification.at),
        "level": signature.level,
        "at": canonical.moment(signature.at),
        **_drawn(signature),
        **_disclosed(signature),
        **proofs.stated(signature),
        **presence.told(signature),
        **({"test": True} if test else {}),
    }


def _drawn(signature: Signature) -> dict[str, Any]:
    """The lines that somebody drew, with their digest: what the signature page shows is these."""
    digest = lines.digest(signature.drawing)
    return {"drawing": signature.drawing, "drawing_digest": digest} if digest else {}


def _disclosed(signature: Signature) -> dict[str, Any]:
    """What a consumer was shown before: whose wording in which version, in which words."""
    shown = signature.disclosures.order_by("pk")
    names = ("kind", "source", "number", "language", "text", "agreed")
    rows = [{name: getattr(row, name) for name in names} for row in shown]
    return {"disclosures": rows} if rows else {}


def copied(trail: Mapping[str, Any]) -> set[str]:
    """Of whom the trail says that somebody else had their link in hand."""
    told = [record for record in trail["records"] if events.INVITATION_COPIED in record]
    return {json.loads(record)["data"].get("participant", "") for record in told}


def row(given: Given, version: ContractVersion, lent: set[str]) -> Any:
    """What the signature page says of one signature."""
    party, signature, means = given
    zone = ZoneInfo(version.contract.workspace.timezone)
    return {
        "party": party["name"],
        "label": party["label"],
        "name": signature.name,
        "capacity": signature.capacity,
        **presence.printed(signature, zone),
        "jointly": is_joint(party),
        "drawing": drawings.name_of(signature),
        "consent": signature.consent,
        "language": signature.language,
        "method": signature.identification.method,
        "means": means,
        "level": signature.level,
        "certificate": proofs.certificate(signature),
        "copied": signature.participant.public_id in lent,
        "at": signature.at.astimezone(zone),
        "digest": short(signature.digest),
    }
