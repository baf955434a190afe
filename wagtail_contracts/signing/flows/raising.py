"""What was sealed while an authority or an issuer said nothing goes as far as was wanted, later."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.errors import Refusal
from wagtail_contracts.redaction import redacted
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import SealRevoked
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.flows import generations

log = logging.getLogger("wagtail_contracts.sealing")
SECONDS = 60  # of one call; each seal asks two servers
MOST = 1000  # that one call looks at, the oldest first; the next looks at those after them
TURN = 600  # seconds, until it is the turn of the next
REVOKED = "revoked"


class Wanting(NamedTuple):
    """What a seal has not yet for the level that is wanted, and since when: time or revocation.

    Or `revoked`: its certificate was, before its time-stamp, and nothing can complete it.
    """

    lacks: str
    wanted: str
    since: datetime


def wanting(kept: SealedFile | None) -> Wanting | None:
    """What a sealed file has still to get; None where it is as was wanted, or there is none."""
    lacks = sealing.lacking(kept) if kept else ""
    if kept is None or not lacks:
        return None
    first = SealedFile.objects.filter(subject=kept.subject).order_by("generation").first()
    version = ContractVersion.objects.filter(digest=kept.subject).first()
    lacks = REVOKED if version and _is_given_up(version, kept) else lacks
    return Wanting(lacks, str(sealing.level()), (first or kept).sealed_at)


def complete_seals(*, by: Actor) -> int:
    """Complete the seals that wait for it, the oldest first; returns how many went further.

    Where one has to wait on, so have the others of its certificate and level. A file that can't be
    completed keeps none of the others from it. One whose certificate was revoked before its stamp
    never can be: that is recorded, and it isn't tried again.
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
                event = events.DOCUMENT_COMPLETED
                done += generations.keep(version, sealed, event, before=kept, by=by)[1]
        except (Refusal, OSError) as error:
            log.warning("the seal of %s: %s", version.contract.number, redacted(str(error)))
            if isinstance(error, SealRevoked) and sealing.Level(kept.level).stamped:
                generations.failed(version.contract, error, by=by)
    return done


def _waiting() -> Iterator[tuple[ContractVersion, SealedFile]]:
    versions = ContractVersion.objects.select_related("contract__workspace").defer("record")
    for kept in _turn():
        version = versions.filter(digest=kept.subject).first()
        if version and not _is_given_up(version, kept):
            yield version, kept


def _turn() -> list[SealedFile]:
    """Those whose turn it is: where there are many, the others have theirs at another time."""
    waiting = sealing.waiting().order_by("sealed_at", "pk")
    turns = -(-waiting.count() // MOST) or 1
    first = int(time.time() // TURN) % turns * MOST
    return list(waiting[first : first + MOST])


def _is_given_up(version: ContractVersion, kept: SealedFile) -> bool:
    """Whether it was recorded of this file, and not of a seal that was tried before it."""
    later = Event.objects.of(version.contract.own_trail).filter(at__gte=kept.sealed_at)
    told = later.named(events.SEALING_FAILED)
    return any(one.data["code"] == SealRevoked.code for one in told)
