"""Whether the storage holds what the rows say, both ways; and clearing half-written parts."""

import errno
import hashlib
import logging
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from django.core.files.storage import Storage, storages
from django.utils import timezone

from wagtail_contracts import canonical
from wagtail_contracts.actors import Actor
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.core.names import EVIDENCE
from wagtail_contracts.sealing.core.reports import LARGEST, Report, Verdict
from wagtail_contracts.sealing.errors import FileAltered, StorageFailed
from wagtail_contracts.sealing.flows.storing import NAME, content, reached, read, there
from wagtail_contracts.sealing.flows.verifying import judged
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.sealing.rendering.worker import LimitReached

log = logging.getLogger("wagtail_contracts.sealing")
PART = re.compile(r"[0-9a-f]{64}\.pdf\.[0-9a-f]{8}\.part")
OLD = timedelta(days=1)
SIZE = 500


class Inspected(NamedTuple):
    """What became of a kept file: a fault and why, or none and the records inside the file."""

    fault: Literal["", "missing", "altered", "unread", "unproved", "row"]
    why: str = ""
    files: Mapping[str, bytes] = {}


class Stray(NamedTuple):
    """A file that no row names. `subject` is what a sealed one says that it is about."""

    name: str
    kind: Literal["part", "sealed", "foreign"]
    why: str = ""
    subject: str = ""


def inspect(kept: SealedFile) -> Inspected:
    """Read a kept file, judge it, and compare it with its row. Writes nothing.

    A file that is over since is judged as of its newest time-stamp, else as of the time that the
    row names, and never as of a time to come. One that takes more time or room than there is now is
    unread: it was judged before.
    """
    if kept.name != f"{kept.digest}.pdf":
        return Inspected("row", "name")
    try:
        if not there(storages[sealing().storage], kept.name):
            return Inspected("missing")
        data = content(kept)
    except FileAltered:
        return Inspected("altered")
    except StorageFailed as away:
        return Inspected("unread", str(away))
    try:
        report = _judged(kept, data)
    except LimitReached as limit:
        return Inspected("unread", str(limit))
    if not report.intact:
        return Inspected("unproved", said(report))
    if wrong := _differing(kept, data, report):
        return Inspected("row", ", ".join(wrong), report.files)
    return Inspected("", files=report.files)


def strays() -> Iterator[Stray]:
    """The files of the storage that no row names; parts only when they are older than a day.

    One after the other is read and judged. Raises NotImplementedError where the storage can't
    list its names, StorageFailed where it doesn't answer.
    """
    storage = storages[sealing().storage]
    for name in _unnamed(storage):
        try:
            found = _stray(storage, name)
        except FileNotFoundError:  # it has gone meanwhile, as parts do
            continue
        except OSError as error:
            found = Stray(name, "foreign", f"it can't be read: {error.strerror}")
        except (StorageFailed, LimitReached) as away:
            found = Stray(name, "foreign", f"it can't be read: {away}")
        if found:
            yield found


def remove_parts(*, by: Actor) -> list[str]:
    """Remove half-written parts that are older than a day, and nothing else; return their names.

    Raises NotImplementedError where the storage can't list its names or tell their age.
    """
    storage = storages[sealing().storage]
    parts = [name for name in _unnamed(storage) if PART.fullmatch(name)]
    old = [name for name in parts if _may_go(storage, name)]
    for name in old:
        storage.delete(name)
        log.info("%s removed by %s %s", name, by.kind, by.key)
    return old


def said(report: Report) -> str:
    """The verdict with its reasons, in one line."""
    return "; ".join([str(report.verdict), *report.reasons])


def _judged(kept: SealedFile, data: bytes) -> Report:
    report = judged(data)
    if report.verdict is Verdict.UNDATED:
        known = report.stamped_at or report.sealed_at or kept.sealed_at
        return judged(data, at=min(known, timezone.now()))
    return report


def _differing(kept: SealedFile, data: bytes, report: Report) -> list[str]:
    from wagtail_contracts.sealing.flows import pades  # pyHanko takes half a second to import

    found = {
        "size": len(data),
        "pages": pades.pages(data),
        "level": report.level,
        "signer_fingerprint": report.fingerprint,
        "sealed_at": report.claimed_at,
    }
    return [name for name, value in found.items() if getattr(kept, name) != value]


def _unnamed(storage: Storage) -> Iterator[str]:
    try:
        names = sorted(_names(storage))
    except FileNotFoundError:  # nothing was sealed yet
        return
    for start in range(0, len(names), SIZE):
        batch = names[start : start + SIZE]
        # A name need not be text, and no database is asked for one that is not.
        told = [name for name in batch if name.isprintable()]
        kept = set(SealedFile.objects.filter(name__in=told).values_list("name", flat=True))
        yield from (name for name in batch if name not in kept)


def _names(storage: Storage) -> list[str]:
    try:
        with reached(storage):
            return storage.listdir("")[1]
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
    # Django's own list ends at a link that leads to itself.
    return [path.name for path in Path(storage.path("")).iterdir() if not path.is_dir()]


def _stray(storage: Storage, name: str) -> Stray | None:
    if PART.fullmatch(name):
        return Stray(name, "part") if _is_old(storage, name) else None
    if not NAME.fullmatch(name):
        return Stray(name, "foreign", "no sealed file is called so")
    with reached(storage):
        size = storage.size(name)
    if size > LARGEST:
        return Stray(name, "foreign", "larger than 25 MB")
    data = read(storage, name)
    if f"{hashlib.sha256(data).hexdigest()}.pdf" != name:
        return Stray(name, "foreign", "its bytes are not those that its name tells")
    report = judged(data)
    if report.verdict not in (Verdict.INTACT, Verdict.UNDATED):
        return Stray(name, "foreign", said(report))
    records = report.files.get(EVIDENCE)
    subject = str(canonical.decode(records)["subject"]) if records else ""
    return Stray(name, "sealed", subject=subject)


def _may_go(storage: Storage, name: str) -> bool:
    try:
        return _is_old(storage, name)
    except OSError:  # it has gone meanwhile, or is a link to nothing
        return False


def _is_old(storage: Storage, name: str) -> bool:
    with reached(storage):
        return timezone.now() - storage.get_modified_time(name) > OLD
