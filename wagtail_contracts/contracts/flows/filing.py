"""Files: kept once they were judged, named by texts, opened for whom a door let in."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol

from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import conf
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.backends.base import NotFound, Scan
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.conf import contracts
from wagtail_contracts.contracts.core.files import names, sorts
from wagtail_contracts.contracts.core.files.jobs import framed, opened
from wagtail_contracts.contracts.core.kinds.media import stored_files
from wagtail_contracts.contracts.errors import FileWaits, UploadRefused
from wagtail_contracts.contracts.flows.refusing import sentence
from wagtail_contracts.contracts.models import FileUse, StoredFile, Workspace
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import FileAltered, StorageFailed
from wagtail_contracts.sealing.rendering import typefaces, unprintable, worker

log = logging.getLogger("wagtail_contracts.contracts")
JOB = "wagtail_contracts.contracts.core.files.jobs:job"
LIMITS = worker.Limits(memory=1 << 30, cpu=30, wall=60.0, file=1 << 20)
POSTER = "poster"
UNNAMED = timedelta(days=7)  # then a file that nothing names goes


class Upload(Protocol):
    """What is read of an uploaded file; Django keeps a large one on disk until it is read."""

    name: Any
    content_type: Any
    size: Any

    def read(self) -> bytes:
        """All of it."""


def keep_file(upload: Upload, *, sort: str, by: Actor) -> StoredFile:
    """Judge an upload and keep it. Raises UploadRefused; then nothing is kept.

    Call it outside a transaction: it is judged by content, in a process of its own, and looked
    through for viruses where a scanner is set.
    """
    if (upload.size or 0) > sorts.LARGEST:
        raise UploadRefused(sentence("size", sort))
    content = upload.read()
    if (scan := _scanned(content)) == StoredFile.Scan.INFECTED:
        raise UploadRefused(sentence("infected", sort))
    facts, kept = _judged(sort, str(upload.name), str(upload.content_type), content)
    return _kept(kept, sort=sort, name=str(upload.name), scan=scan, facts=facts, by=by)


def keep_video(address: str, *, by: Actor) -> StoredFile:
    """Keep the poster of a video elsewhere, and where it plays. Raises UploadRefused."""
    address = address.strip()
    try:
        found = conf.backend(contracts().videos, {}).find(address)
    except NotFound as error:
        raise UploadRefused(sentence("video")) from error
    kind, ending = (
        (sorts.PNG, ".png") if found.poster.startswith(b"\x89PNG") else (sorts.JPEG, ".jpg")
    )
    facts, kept = _judged(sorts.IMAGE, f"poster{ending}", kind, found.poster)
    facts["source"] = {
        "address": address,
        "provider": found.provider,
        "player": found.player,
        "title": found.title,
    }
    return _kept(
        kept, sort=POSTER, name=f"{found.title}{ending}", scan=Scan.CLEAN, facts=facts, by=by
    )


@transaction.atomic
def use_files(stream: Any, workspace: Workspace, *, in_templates: bool, by: Actor) -> None:
    """Note which files a text of a workspace names, so that whoever may see it sees them."""
    ids = {file["id"] for file in stored_files(plain(stream))}
    files = StoredFile.objects.filter(uuid__in=ids).order_by("pk")
    for file in files.select_for_update():
        _use, new = FileUse.objects.get_or_create(
            file=file, workspace=workspace, in_templates=in_templates
        )
        if new:
            where = (file.uuid, workspace.pk, by.kind, by.key)
            log.info("file %s is named in workspace %s, by %s %s", *where)


def file_content(file: StoredFile) -> bytes:
    """The bytes of a kept file. Raises FileWaits, FileAltered."""
    if file.scan not in (StoredFile.Scan.NONE, StoredFile.Scan.CLEAN):
        raise FileWaits(_("This file is still being checked for viruses."))
    return _stored(file)


def file_fault(file: StoredFile) -> str:
    """Whether a kept file is missing, altered or unread; "" where it is as it was kept."""
    try:
        if not sealing.there(_storage(), file.stored_as):
            return "missing"
        _stored(file)
    except FileAltered:
        return "altered"
    except StorageFailed:
        return "unread"
    return ""


def page_picture(file: StoredFile, number: int) -> bytes:
    """A page of an exhibit, from 1, as JPEG; drawn once. Raises FileWaits, FileAltered."""
    content, name = file_content(file), f"{file.stored_as}-{number}.jpg"
    storage = _storage()
    if sealing.there(storage, name):
        return sealing.read(storage, name)
    drawn = _answered({"page": number}, content, file.sort)[1]
    sealing.put(storage, name, drawn)
    return drawn


def scan_waiting(*, by: Actor) -> None:
    """Ask the scanner again about the files that wait for it."""
    for file in StoredFile.objects.filter(scan=StoredFile.Scan.WAITING).order_by("pk"):
        scan = _scanned(_stored(file))
        if scan != StoredFile.Scan.WAITING:
            _judged_again(file, scan, by=by)
        if scan == StoredFile.Scan.INFECTED:
            _delete(file)


def drop_unnamed(*, by: Actor) -> list[str]:
    """Remove files that were uploaded a week ago and that nothing names; their names."""
    before = timezone.now() - UNNAMED
    return drop(StoredFile.objects.filter(uses=None, exhibits=None, kept_at__lt=before), by=by)


def drop(files: Iterable[StoredFile], *, by: Actor) -> list[str]:
    """Remove those of these files that nothing names; their names."""
    gone = []
    for file in files:
        if _dropped(file, by=by):
            _delete(file)
            gone.append(file.stored_as)
    return gone


@transaction.atomic
def _dropped(file: StoredFile, *, by: Actor) -> bool:
    """Whether it went; something may name it by now."""
    row = StoredFile.objects.select_for_update().filter(pk=file.pk).first()
    if row is None or row.is_named():
        return False
    row.delete()
    log.info("file %s removed by %s %s", file.uuid, by.kind, by.key)
    return True


@transaction.atomic
def _judged_again(file: StoredFile, scan: str, *, by: Actor) -> None:
    waiting = StoredFile.objects.filter(pk=file.pk, scan=StoredFile.Scan.WAITING)
    waiting.update(scan=scan)
    log.info("file %s is %s, asked by %s %s", file.uuid, scan, by.kind, by.key)


def _scanned(content: bytes) -> str:
    """What the scanner says; a file waits for one that is unavailable."""
    chosen = contracts()
    if not chosen.scanner:
        return StoredFile.Scan.NONE
    try:
        said = conf.backend(chosen.scanner, chosen.scanner_options).scan(content)
    except Exception:  # whatever a scanner raises, nobody has looked at the file
        log.warning("the scanner did not answer", exc_info=True)
        said = Scan.UNAVAILABLE
    return {Scan.CLEAN: StoredFile.Scan.CLEAN, Scan.INFECTED: StoredFile.Scan.INFECTED}.get(
        said, StoredFile.Scan.WAITING
    )


def _judged(sort: str, name: str, declared: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    head = {"sort": sort, "name": name, "declared": declared}
    return _answered(head, content, sort)


def _answered(head: dict[str, Any], content: bytes, sort: str) -> tuple[dict[str, Any], bytes]:
    job = worker.shared(JOB, LIMITS, (typefaces.BUNDLED,))
    try:
        said, made = opened(job(framed(head, content)))
    except (worker.LimitReached, worker.JobRefused) as error:
        raise UploadRefused(sentence("limits", sort)) from error
    if "refused" in said:
        raise UploadRefused(sentence(said["refused"], sort, said["detail"]))
    return said, made


def _kept(content: bytes, *, sort: str, name: str, scan: str, facts: Any, by: Actor) -> StoredFile:
    ending = next(end for end, kind in sorts.ENDINGS.items() if kind == facts["media_type"])
    file = StoredFile(
        sort=sort,
        name=_printable(names.cleaned(name, ending)),
        media_type=facts["media_type"],
        digest=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=len(facts["words"]) or None,
        words=facts["words"],
        source=facts.get("source", {}),
        scan=scan,
        uploader=by.key,
    )
    # The file before its row: a name without a file would break a contract.
    sealing.put(_storage(), file.stored_as, content)
    return _written(file, by=by)


def _printable(name: str) -> str:
    """The name as paper can show it."""
    return name.translate({ord(character): "_" for character in unprintable(name)})


@transaction.atomic
def _written(file: StoredFile, *, by: Actor) -> StoredFile:
    file.save()
    log.info("file %s kept, %d bytes, by %s %s", file.uuid, file.size, by.kind, by.key)
    return file


def _delete(file: StoredFile) -> None:
    """The bytes, and what was drawn of them."""
    drawn = (f"{file.stored_as}-{number}.jpg" for number in range(1, (file.pages or 0) + 1))
    for name in (file.stored_as, *drawn):
        _storage().delete(name)


def _stored(file: StoredFile) -> bytes:
    lost = FileAltered(_("The stored file is not the one that was kept."))
    try:
        content = sealing.read(_storage(), file.stored_as)
    except OSError as error:
        raise lost from error
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise lost
    return content


def _storage() -> Storage:
    return storages[contracts().storage]
