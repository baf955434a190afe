"""Sealed files at rest: named by their digest, in private storage, with a row that stays."""

import contextlib
import errno
import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wagtail_contracts.actors import Actor
from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing import signals
from wagtail_contracts.sealing.conf import sealing
from wagtail_contracts.sealing.errors import (
    AlreadySealed,
    FileAltered,
    NoTransaction,
    SealRefused,
    StorageFailed,
)
from wagtail_contracts.sealing.flows.sealing import Sealed
from wagtail_contracts.sealing.models import SealedFile

PROBE, PROBE_SIZE = "probe.txt", 1 << 16
NAME = re.compile(r"[0-9a-f]{64}\.pdf")


def store(sealed: Sealed) -> str:
    """Put the file into private storage and return its name: <sha256>.pdf.

    Outside the transaction, before the row that names it. Repeating it is harmless, and no name
    ever holds half a file. Raises OSError, and StorageFailed where the storage is no disk.
    """
    name = f"{sealed.digest}.pdf"
    put(storages[sealing().storage], name, sealed.content)
    return name


def put(storage: Storage, name: str, data: bytes) -> None:
    """Write a file of private storage whole or not at all; the same again is harmless.

    Raises OSError, and StorageFailed where the storage is no disk.
    """
    if isinstance(storage, FileSystemStorage):
        _write(Path(storage.path(name)), data)
    else:
        _save(storage, name, data)


def keep(subject: str, sealed: Sealed, name: str, *, generation: int = 1, by: Actor) -> SealedFile:
    """Write the row of a stored file, in the caller's transaction.

    The row doesn't hold `by`: like every verb this one asks for it, and whoever calls records it
    in that same transaction.

    Raises AlreadySealed where the subject has a file of that generation: exactly one seal.
    Raises NoTransaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NoTransaction(_("A sealed file is kept together with what it concludes."))
    kept = SealedFile.objects.filter(subject=subject, generation=generation)
    if kept.exists():
        raise AlreadySealed(_("This version is already sealed."))
    try:
        with transaction.atomic():
            made = _row(subject, sealed, name, generation)
    except IntegrityError as error:
        raise AlreadySealed(_("This version is already sealed.")) from error
    transaction.on_commit(partial(signals.file_kept.send_robust, SealedFile, sealed_file=made))
    return made


def content(sealed_file: SealedFile) -> bytes:
    """The bytes of a kept file. Raises FileAltered unless they have the digest of their row.

    Raises StorageFailed where nobody can say which bytes are there.
    """
    lost = FileAltered(_("The stored file is not the one that was sealed."))
    if not NAME.fullmatch(sealed_file.name):
        raise lost
    try:
        data = read(storages[sealing().storage], sealed_file.name)
    except OSError as error:
        raise lost from error
    if hashlib.sha256(data).hexdigest() != sealed_file.digest:
        raise lost
    return data


def read(storage: Storage, name: str) -> bytes:
    """All bytes of a file. Raises OSError, also for a pipe or a device, which may never end.

    Raises StorageFailed where the storage does not answer.
    """
    if isinstance(storage, FileSystemStorage) and not Path(storage.path(name)).is_file():
        raise OSError(errno.EINVAL, "it is no file")
    with reached(storage), storage.open(name) as stored:
        data: bytes = stored.read()
    return data


def there(storage: Storage, name: str) -> bool:
    """Whether the storage has a file of this name. Raises StorageFailed."""
    with reached(storage):
        return storage.exists(name)


@contextlib.contextmanager
def reached(storage: Storage) -> Iterator[None]:
    """Turn what a storage elsewhere raises into StorageFailed: each kind has errors of its own.

    Without their words, which may name a server, as people see this. A file that is not there
    stays FileNotFoundError, a fault of a disk an OSError, and what a storage can't do by its kind,
    such as listing its names, the NotImplementedError of Django's own base class.
    """
    try:
        yield
    except (Refusal, FileNotFoundError, NotImplementedError):
        raise
    except Exception as error:
        if isinstance(storage, FileSystemStorage):
            raise
        kind = type(error).__name__
        words = _("The storage of files does not do what it is asked (%s).") % kind
        raise StorageFailed(words) from error


def probe() -> str:
    """Write where sealed files will be, and leave nothing there; return the place.

    On a disk the file has no name, so that nothing remains if this process is killed; elsewhere a
    file that remained is removed by the next call. Raises what the storage raises.
    """
    storage = storages[sealing().storage]
    if isinstance(storage, FileSystemStorage):
        place = Path(storage.path(""))
        folder = next(there for there in (place, *place.parents) if there.exists())
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(bytes(PROBE_SIZE))
            trial.flush()
        return str(folder)
    storage.delete(PROBE)
    storage.delete(storage.save(PROBE, ContentFile(bytes(PROBE_SIZE))))
    return type(storage).__name__


def _write(path: Path, data: bytes) -> None:
    """A part file, synced, renamed; then the folder is synced, else the rename may be lost."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        _fill(part, data)
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _fill(part: Path, data: bytes) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _save(storage: Storage, name: str, data: bytes) -> None:
    """An existing name is read again: equal bytes are reused, others replaced.

    What was saved is read again too: a storage that says yes and keeps nothing, or something else,
    gets no row.
    """
    with reached(storage):
        if storage.exists(name):
            if _holds(storage, name, data):
                return
            storage.delete(name)
        saved = storage.save(name, ContentFile(data))
        if saved != name:
            storage.delete(saved)
            raise SealRefused(_("The storage does not keep the name of a sealed file."))
        if not _holds(storage, name, data):
            raise StorageFailed(_("The storage took a file and does not give the same one back."))


def _holds(storage: Storage, name: str, data: bytes) -> bool:
    try:
        return read(storage, name) == data
    except FileNotFoundError:
        return False


def _row(subject: str, sealed: Sealed, name: str, generation: int) -> SealedFile:
    return SealedFile.objects.create(
        subject=subject,
        generation=generation,
        name=name,
        digest=sealed.digest,
        size=sealed.size,
        pages=sealed.pages,
        level=sealed.level,
        lacks=sealed.lacks,
        signer_fingerprint=sealed.fingerprint,
        sealed_at=sealed.sealed_at,
        renew_before=sealed.renew_before,
        algorithms=sealed.algorithms,
    )
