"""What is taken away from an installation for a while, and how the selftest names it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from django.db import connection

from tests.browser.site import until
from tests.reliability.installation import ROOT, WORKERS, Installation

Lack = tuple[Callable[[Installation, Path], AbstractContextManager[None]], str, str, str]
FACE = "wagtail_contracts/sealing/rendering/fonts/NotoSans-Bold.ttf"
NO_LIBRARY = "raise OSError(\"cannot load library 'libpango-1.0-0'\")\n"


@contextmanager
def renamed(path: Path) -> Iterator[None]:
    """The file is elsewhere."""
    away = path.with_name(f"{path.name}.away")
    path.rename(away)
    yield
    away.rename(path)


@contextmanager
def replaced(path: Path, content: str) -> Iterator[None]:
    """Another file, or a file in place of a folder."""
    with renamed(path):
        path.write_text(content)
        yield
        path.unlink()


@contextmanager
def silent(site: Installation) -> Iterator[None]:
    """The worker hangs, and was last seen 31 seconds ago."""
    ago = {
        "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now', '-31 seconds')",
        "postgresql": "now() - interval '31 seconds'",
    }
    assert site.worker
    site.worker.send_signal(signal.SIGSTOP)
    site.ask(f"UPDATE {WORKERS} SET seen_at = {ago[connection.vendor]}")
    yield
    site.worker.send_signal(signal.SIGCONT)
    seen = f"SELECT seen_at FROM {WORKERS}"
    hung = site.ask(seen)
    until(lambda: site.ask(seen) != hung, "another sign of life", 60)


@contextmanager
def forgotten(site: Installation) -> Iterator[None]:
    """The newest migration was not applied."""
    ours = "FROM django_migrations WHERE app = 'wagtail_contracts_outbox'"
    [(last,)] = site.ask(f"SELECT max(name) {ours}")
    site.ask(f"UPDATE django_migrations SET name = 'x' WHERE name = '{last}'")
    yield
    site.ask(f"UPDATE django_migrations SET name = '{last}' WHERE name = 'x'")


@contextmanager
def with_code(site: Installation, copied: Path) -> Iterator[None]:
    """The site runs on a copy of the code."""
    site.code = copied
    yield
    site.code = ROOT


@contextmanager
def with_environment(site: Installation, **changes: str) -> Iterator[None]:
    """The site's processes have other words in their environment."""
    site.more = changes
    yield
    site.more = {}


@contextmanager
def without_face(site: Installation, copied: Path) -> Iterator[None]:
    """A bundled typeface is not there."""
    with with_code(site, copied), renamed(copied / FACE):
        yield


@contextmanager
def without_library(site: Installation, copied: Path) -> Iterator[None]:
    """A library that draws can't be loaded."""
    (copied / "weasyprint.py").write_text(NO_LIBRARY)
    with with_code(site, copied):
        yield
    (copied / "weasyprint.py").unlink()


@contextmanager
def without_createdb(site: Installation) -> Iterator[None]:
    """The site's role may not make databases."""
    site.ask("CREATE ROLE may_only_read LOGIN")
    site.ask("GRANT pg_read_all_data TO may_only_read")
    with with_environment(site, POSTGRES_USER="may_only_read"):
        yield
    site.ask("DROP ROLE may_only_read")


# What is taken away: how, the step that notices, what it says, and the cure.
LACKS: dict[str, Lack] = {
    "identity": (
        lambda site, code: renamed(site.var / "seal.p12"),
        "seal",
        "seal.p12",
        "sealing_identity create",
    ),
    "password": (
        lambda site, code: renamed(site.var / "seal.password"),
        "seal",
        "seal.password",
        "/seal.password back from your copy",
    ),
    "right password": (
        lambda site, code: replaced(site.var / "seal.password", "another"),
        "seal",
        "can't be opened",
        "Name the right password",
    ),
    "font": (
        without_face,
        "fonts",
        "NotoSans-Bold.ttf is missing",
        "install wagtail-contracts again",
    ),
    "base address": (
        lambda site, code: with_environment(site, EXAMPLE_BASE_URL=""),
        "settings",
        "PUBLIC_BASE_URL is missing",
        "For example https://contracts.example.org",
    ),
    "writable storage": (
        lambda site, code: replaced(site.var / "private", "no folder"),
        "storage",
        "can't be stored",
        "Let this user write at the location of the storage",
    ),
    "migration": (
        lambda site, code: forgotten(site),
        "tables",
        "Not migrated: wagtail_contracts_outbox.0",
        "manage.py migrate",
    ),
}
# Without these the contract can still be tried, or the trial alone shows it.
FURTHER: dict[str, Lack] = {
    "worker": (
        lambda site, code: silent(site),
        "worker",
        "No worker gave a sign of life",
        "Keep manage.py outbox_deliver --watch running",
    ),
    "libraries": (
        without_library,
        "seal",
        "RenderingLimit",
        "apt install libpango-1.0-0",
    ),
}


if connection.vendor == "postgresql":
    FURTHER["right to make databases"] = (
        lambda site, code: without_createdb(site),
        "scratch database",
        "permission denied to create database",
        'ALTER ROLE "may_only_read" CREATEDB',
    )
