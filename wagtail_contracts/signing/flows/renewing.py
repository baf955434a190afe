"""What was sealed goes on proving itself: by checkpoints as a rule, in the file on demand."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.errors import LogBroken
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.errors import Refusal
from wagtail_contracts.examining import Fault
from wagtail_contracts.redaction import redacted
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.flows import generations

log = logging.getLogger("wagtail_contracts.sealing")
FORMAT = 1
MADE = (events.DOCUMENT_SEALED, events.DOCUMENT_COMPLETED, events.DOCUMENT_RENEWED)


@dataclass(frozen=True)
class Renewed:
    """What became of one file; `fault` is empty where `made` stands in its place now."""

    kept: SealedFile
    made: SealedFile | None = None
    fault: str = ""


def existence(kept: SealedFile) -> bytes | None:
    """NAME.proof.json: since when a sealed file exists. None while no stamped checkpoint covers it.

    Raises LogBroken where a time-stamp over it proves nothing.
    """
    version = ContractVersion.objects.filter(digest=kept.subject).first()
    trail = version.contract.trail if version else ""
    made = Event.objects.of(trail).filter(name__in=MADE)
    event = next((one for one in made if one.data.get("file") == kept.digest), None)
    told = audit.existence(trail, event.sequence) if event else None
    if told is None:
        return None
    content = {"format": FORMAT, "file": kept.digest, **told}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def renew_file(kept: SealedFile, *, longer: bool = False, by: Actor) -> SealedFile:
    """Renew the newest file of a version in itself: a new generation, recorded; once.

    With `longer` it is refused where the file would prove itself no longer by it: an authority that
    keeps its certificate adds bytes each time and no day. Nothing is held meanwhile. Raises
    SealRefused, NoLonger, FileAltered, and what a storage raises.
    """
    return _renewed(kept, longer=longer, by=by).file


def _renewed(kept: SealedFile, *, longer: bool, by: Actor) -> sealing.Kept:
    version = ContractVersion.objects.get(digest=kept.subject)
    test = version.contract.workspace.training
    sealed = sealing.renew(sealing.content(kept), kept.level, test=test)
    if longer:
        sealing.insist_longer(kept, sealed)
    ends = _day(sealed.renew_before)
    event = events.DOCUMENT_RENEWED
    return generations.keep(version, sealed, event, before=kept, by=by, ends=ends)


def renew_files(
    files: Iterable[SealedFile], *, longer: bool = False, by: Actor
) -> Iterator[Renewed]:
    """Renew each, as `renew_file` does and by the rules of `renew_each` of sealing."""
    for told in sealing.renew_each(files, partial(_renewed, longer=longer, by=by)):
        if told.error:
            log.warning("not renewed: %s", redacted(str(told.error)))
        yield Renewed(told.kept, told.made and told.made.file, str(told.error or ""))


def renewed(kept: SealedFile, *, by: Actor) -> SealedFile:
    """The file to hand out for good: renewed where it stops to prove itself soon, and can be."""
    due = sealing.due(timezone.now() + sealing.SOON).filter(pk=kept.pk).exists()
    if not due or not sealing.renews():
        return kept
    [told] = renew_files([kept], longer=True, by=by)
    return told.made or kept


def ageing() -> Iterator[Fault]:
    """What soon stops to prove what it proves and nobody sees to, for those named in alarms."""
    before = timezone.now() + sealing.SOON
    yield from _identity(before)
    try:
        covered = audit.lasting()
    except (LogBroken, ImproperlyConfigured):
        return  # found by those who look at the log
    if covered and covered.ends >= before:
        return  # they prove all files, which need not be asked
    if covered:
        yield Fault("ages_checkpoints", "", _day(covered.ends))
    if sealing.due(before).exists():
        yield Fault("ages_files", "", _day(sealing.soonest()), "files")


def _identity(before: datetime) -> Iterator[Fault]:
    try:
        ends, retired = sealing.valid_until(), sealing.seal_retires()
    except (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError):
        return  # the check of the identity tells
    if ends < before:
        yield Fault("ages_seal", "", _day(ends))
    if retired and retired.at < before:
        yield Fault("ages_algorithm", "", f"{retired.name}, {_day(retired.at)}")


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
