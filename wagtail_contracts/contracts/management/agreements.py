"""Agreements in files, as commands take them."""

from pathlib import Path

from django.core.management.base import CommandError

LARGEST = 4 << 20  # bytes; an agreement of a thousand pages has two million characters


def text(path: Path) -> str:
    """An agreement in Markdown. Raises CommandError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} can't be read: {error.strerror}.") from error
    if len(content) > LARGEST:
        raise CommandError(f"{path} is too large: {len(content)} bytes, at most {LARGEST}.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{path}:{at}: not UTF-8, byte {error.start}.") from error
