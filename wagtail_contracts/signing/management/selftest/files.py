"""The files that a selftest reads and writes."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.management.base import CommandError

PDF = b"%PDF-"


def insist_on_place(path: Path) -> None:
    """Refuse a place that the sealed file can't be put in, before anything is done.

    An earlier PDF is replaced, no other file is. Raises CommandError.
    """
    try:
        if path.exists():
            with path.open("rb") as there:
                if there.read(len(PDF)) not in (PDF, b""):
                    raise CommandError(f"{path} is no PDF, so it is not replaced.")
        part = _part(path)
        part.touch(exist_ok=False)
        part.unlink()
    except OSError as error:
        raise CommandError(f"{path} can't be written: {error.strerror}.") from error


def put(path: Path, content: bytes) -> None:
    """Write the whole file or nothing. Raises CommandError."""
    part = _part(path)
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise CommandError(f"{path} can't be written: {error.strerror}.") from error


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
