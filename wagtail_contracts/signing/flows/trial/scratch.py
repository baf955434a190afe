"""A place to try everything in: databases, files, mails and caches that vanish."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.dispatch import Signal
from django.test.utils import override_settings
from django.utils.module_loading import import_string
from wagtail import tasks

from wagtail_contracts.contracts import signals
from wagtail_contracts.outbox import topics
from wagtail_contracts.signing.flows.trial.databases import databases

FOLDER = "wagtail-contracts-selftest-"
MAIL = "django.core.mail.backends.locmem.EmailBackend"
CACHE = "django.core.cache.backends.locmem.LocMemCache"
FILES = "django.core.files.storage.FileSystemStorage"
SEARCH = {"default": {"BACKEND": "modelsearch.backends.database"}}


@contextmanager
def scratch() -> Iterator[Path]:
    """Turn this process away from the site's data; give the folder that everything lies in.

    Databases are scratch ones on the same engines, mail and caches are memory, files lie in a
    temporary folder; only tasks of this package run, and nobody hears its signals. Afterwards all
    is as it was. What an earlier call left because it was killed is removed first. Raises
    ScratchRefused.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(_folder())
        stack.enter_context(override_settings(**_elsewhere(folder)))
        stack.enter_context(_unheard())
        stack.enter_context(_at_once())
        stack.enter_context(topics.only("wagtail_contracts"))
        stack.enter_context(databases())
        yield folder


@contextmanager
def _folder() -> Iterator[Path]:
    _sweep(Path(tempfile.gettempdir()))
    before, (folder, held) = tempfile.tempdir, _held()
    tempfile.tempdir = str(folder)  # what drawing needs lies in it too
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _held() -> tuple[Path, int]:
    """A folder whose lock goes with this process, however it ends."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=FOLDER))
        with suppress(FileNotFoundError):  # swept by another one before it was locked
            held = os.open(folder, os.O_RDONLY)
            fcntl.flock(held, fcntl.LOCK_EX)
            if folder.exists():
                return folder, held
            os.close(held)


def _sweep(place: Path) -> None:
    """Remove what killed ones left: folders of ours that nobody holds."""
    for folder in place.glob(f"{FOLDER}*"):
        with suppress(OSError):
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(held).st_uid == os.getuid():
                    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder)
            finally:
                os.close(held)


def _elsewhere(folder: Path) -> dict[str, Any]:
    """Settings under which nothing of the site is written to."""
    files = {
        alias: {"BACKEND": FILES, "OPTIONS": {"location": folder / "files" / alias}}
        for alias in settings.STORAGES
        if alias != "staticfiles"
    }
    return {
        "EMAIL_BACKEND": MAIL,
        "CACHES": {alias: {"BACKEND": CACHE, "LOCATION": alias} for alias in settings.CACHES},
        "STORAGES": {**settings.STORAGES, **files},
        "MEDIA_ROOT": str(folder / "media"),
        "WAGTAILSEARCH_BACKENDS": SEARCH,
        "MODELSEARCH_BACKENDS": SEARCH,
        "WAGTAILFRONTENDCACHE": {},
    }


@contextmanager
def _unheard() -> Iterator[None]:
    """The organisation's own code is not told of contracts that there are not."""
    ours = [signal for signal in vars(signals).values() if isinstance(signal, Signal)]
    receivers = [signal.receivers for signal in ours]
    for signal in ours:
        signal.receivers = []
        signal.sender_receivers_cache.clear()
    try:
        yield
    finally:
        for signal, heard in zip(ours, receivers, strict=True):
            signal.receivers = heard
            signal.sender_receivers_cache.clear()


@contextmanager
def _at_once() -> Iterator[None]:
    """Wagtail's background tasks run here, and are not given to the site's queue."""
    package = tasks.task.__module__.partition(".base")[0]
    handler = import_string(f"{package}.task_backends")
    backend = import_string(f"{package}.backends.immediate.ImmediateBackend")
    before = {alias: handler[alias] for alias in handler}
    for alias in before:
        handler[alias] = backend(alias=alias, params={"QUEUES": []})
    try:
        yield
    finally:
        for alias, given in before.items():
            handler[alias] = given
