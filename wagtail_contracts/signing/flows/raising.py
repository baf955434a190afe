"""What was sealed while an authority or an issuer said nothing goes as far as was wanted, later."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.redaction import redacted
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import SealOver, SealRevoked
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.flows import generations

log = logging.getLogger("wagtail_contracts.sealing")
SECONDS = 60  # of one call; each seal asks two servers
MOST = 1000  # that one call looks at, the oldest first; the next looks at those after them
PAGE = 100  # rows that are held at once
TURN = 600  # seconds, until it is the turn of the next
# Why nothing can complete a file, by the code of what was refused then.
FINAL = {SealRevoked.code: "revoked", SealOver.code: "over"}


class Wanting(NamedTuple):
    """What a seal has not yet for the level that is wanted, and since when: time or revocation.

    Or why nothing can complete it: `revoked`, as its certificate was before the time-stamp, or
    `over`, as one was before all was said of it.
    """

    lacks: str
    wanted: str
    since: datetime

    @property
    def waits(self) -> bool:
        """Whether it may come yet."""
        return self.lacks not in FINAL.values()


def wanting(kept: SealedFile | None) -> Wanting | None:
    """What a sealed file has still to get; None where it is as was wanted, or there is none."""
    lacks = sealing.lacking(kept) if kept else ""
    if kept is None or not lacks:
        return None
    first = SealedFile.objects.filter(subject=kept.subject).order_by("generation").first()
    lacks = given_up([kept]).get(kept.subject, lacks)
    return Wanting(lacks, str(sealing.level()), (first or kept).sealed_at)


def given_up(files: Sequence[SealedFile]) -> dict[str, str]:
    """Why nothing can complete a file, as was recorded of it: revoked or over; by its subject."""
    return {kept.subject: why for kept, _version, why in _looked_up(files) if why}


def complete_seals(*, by: Actor) -> int:
    """Complete the seals that wait for it, the oldest first; returns how many went further.

    Where one has to wait on, so have the others of its certificate and level. A file that can't be
    completed keeps none of the others from it. One whose certificate was revoked before its stamp,
    or is over, never can be: that is recorded, and it isn't tried again.
    """
    done, end = 0, time.monotonic() + SECONDS

    def one(kept: SealedFile) -> sealing.Kept | None:
        version = _version(kept)
        test = version.contract.workspace.training
        sealed = sealing.raise_level(sealing.content(kept), kept.level, test=test)
        event = events.DOCUMENT_COMPLETED
        return generations.keep(version, sealed, event, before=kept, by=by) if sealed else None

    for told in sealing.raise_each(_waiting(), one):
        done += bool(told.made and told.made.is_new)
        if told.error:
            _note(told.error, told.kept, by=by)
        if time.monotonic() > end:
            break
    return done


def _note(error: Exception, kept: SealedFile, *, by: Actor) -> None:
    contract = _version(kept).contract
    log.warning("the seal of %s: %s", contract.number, redacted(str(error)))
    if _is_final(error, kept):
        generations.record_failure(contract, error, by=by)


def _version(kept: SealedFile) -> ContractVersion:
    versions = ContractVersion.objects.select_related("contract__workspace").defer("record")
    return versions.get(digest=kept.subject)


def _waiting() -> Iterator[SealedFile]:
    """Page by page, unless somebody was faster: each may take a minute."""
    turn = _turn()
    for first in range(0, len(turn), PAGE):
        page = sealing.waiting().filter(pk__in=turn[first : first + PAGE])
        for kept, _version, final in _looked_up(list(page.order_by("sealed_at", "pk"))):
            if not final:
                yield kept


def _turn() -> list[int]:
    """Those whose turn it is: where there are many, the others have theirs at another time."""
    waiting = sealing.waiting().order_by("sealed_at", "pk")
    turns = -(-waiting.count() // MOST) or 1
    first = int(time.time() // TURN) % turns * MOST
    return list(waiting.values_list("pk", flat=True)[first : first + MOST])


def _is_final(error: Exception, kept: SealedFile) -> bool:
    """What has no time-stamp is sealed anew, by a seal that may be good tomorrow."""
    stamped = sealing.Level(kept.level).stamped
    return isinstance(error, SealOver) or (isinstance(error, SealRevoked) and stamped)


def _looked_up(files: Sequence[SealedFile]) -> Iterator[tuple[SealedFile, ContractVersion, str]]:
    """Each with its version, and why it was given up, if it was: two queries for all.

    What was recorded of a seal that was tried before this one says nothing of it.
    """
    found = ContractVersion.objects.filter(digest__in=[kept.subject for kept in files])
    rows = found.select_related("contract__workspace").defer("record")
    versions = {version.digest: version for version in rows}
    trails = [version.contract.own_trail for version in versions.values()]
    failed = Event.objects.filter(trail__key__in=trails).named(events.SEALING_FAILED)
    final = defaultdict(list)
    for one in failed.select_related("trail").order_by("pk"):
        if why := FINAL.get(one.data["code"]):
            final[one.trail.key].append((one.at, why))
    for kept in files:
        if version := versions.get(kept.subject):
            told = final[version.contract.own_trail]
            yield kept, version, next((why for at, why in told if at >= kept.sealed_at), "")
