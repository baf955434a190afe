"""What was sealed while an authority or an issuer said nothing goes as far as was wanted, later."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.errors import Refusal
from wagtail_contracts.redaction import redacted
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import AlreadySealed
from wagtail_contracts.sealing.flows import Sealed
from wagtail_contracts.sealing.models import SealedFile

log = logging.getLogger("wagtail_contracts.sealing")
SECONDS = 60  # of one call; each seal asks two servers
MOST = 1000  # that one call looks at, the oldest first


class Wanting(NamedTuple):
    """What a seal has not yet for the level that is wanted, and since when: time or revocation."""

    lacks: str
    wanted: str
    since: datetime


def wanting(kept: SealedFile | None) -> Wanting | None:
    """What a sealed file has still to get; None where it is as was wanted, or there is none."""
    lacks = sealing.lacking(kept) if kept else ""
    if kept is None or not lacks:
        return None
    first = SealedFile.objects.filter(subject=kept.subject).order_by("generation").first()
    return Wanting(lacks, str(sealing.level()), (first or kept).sealed_at)


def complete_seals(*, by: Actor) -> int:
    """Complete the seals that wait for it, the oldest first; returns how many went further.

    Where one has to wait on, so have the others of its certificate and level. A file that can't be
    completed keeps none of the others from it.
    """
    done, waits, end = 0, set[tuple[str, str]](), time.monotonic() + SECONDS
    for version, kept in _waiting():
        test, like = version.contract.workspace.training, (kept.signer_fingerprint, kept.level)
        if like in waits or time.monotonic() > end:
            continue
        try:
            sealed = sealing.raise_level(sealing.content(kept), kept.level, test=test)
            if sealed is None:
                waits.add(like)
            else:
                done += _completed(version, kept, sealed, sealing.store(sealed), by=by)
        except (Refusal, OSError) as error:
            log.warning("the seal of %s: %s", version.contract.number, redacted(str(error)))
    return done


def _waiting() -> Iterator[tuple[ContractVersion, SealedFile]]:
    versions = ContractVersion.objects.select_related("contract__workspace").defer("record")
    for kept in list(sealing.waiting().order_by("sealed_at")[:MOST]):
        if version := versions.filter(digest=kept.subject).first():
            yield version, kept


@transaction.atomic
def _completed(
    version: ContractVersion, kept: SealedFile, sealed: Sealed, name: str, *, by: Actor
) -> bool:
    contract = Contract.objects.lock(version.contract_id)
    following = kept.generation + 1
    try:
        made = sealing.keep(version.digest, sealed, name, generation=following, by=by)
    except AlreadySealed:  # by another worker
        return False
    data = {"version": version.number, "digest": version.digest, "file": made.digest}
    told = {**data, "before": kept.digest, "level": made.level}
    contracts.record(contract, events.DOCUMENT_COMPLETED, told, by=by)
    contracts.tell_all(contract, "completed")
    return True
