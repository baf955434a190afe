"""Folders that a whole run of tests needs, and that are gone when it ends."""

import atexit
import shutil
import tempfile
from pathlib import Path


def folder(name: str) -> Path:
    """A new folder; a child that was forked leaves it to its parent."""
    made = Path(tempfile.mkdtemp(prefix=f"{name}-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
