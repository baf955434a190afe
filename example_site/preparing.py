"""Make or bring up to date what the demo needs, in a process of its own: see `demo`.

Everything is made in a folder beside its place and then moved there, the database last: whoever
interrupts the first preparation finds it undone and begins anew.
"""

import io
import os
import secrets
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

VAR = Path(os.environ["EXAMPLE_VAR"])
PART, COMPLETE, DATABASE = VAR / "preparing", "complete", "db.sqlite3"
CHECKPOINTS = "checkpoint.pem"
SECRETS: dict[str, Callable[[], str]] = {
    "keys.txt": lambda: Fernet.generate_key().decode(),
    "secret.txt": secrets.token_urlsafe,
}


def main() -> None:
    """Begin, go on or bring up to date."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ends at once and quietly
    if (VAR / DATABASE).exists():
        _set_up(VAR)
        _move_in()
        return
    if not (PART / COMPLETE).exists():
        _make()
    _move()


def _make() -> None:
    print("Preparing the intranet of Eksempel AS; this takes a minute.", flush=True)  # noqa: T201
    shutil.rmtree(PART, ignore_errors=True)
    PART.mkdir()
    for name, make in SECRETS.items():
        (PART / name).touch(mode=0o600)
        (PART / name).write_text(make())
    _set_up(PART)
    from django.core.management import call_command
    from django.db import connections

    from example_site import seeding

    for folder, test in ((PART, False), (PART / "training", True)):
        quiet = {"name": "Eksempel AS", "stdout": io.StringIO()}
        call_command("sealing_identity", "create", folder=folder, test=test, **quiet)
    seeding.build()
    _move_in()
    if "--without-contracts" not in sys.argv:
        seeding.tell()
    (PART / "addresses.txt").write_text("\n".join(seeding.addresses()))
    connections.close_all()
    (PART / COMPLETE).touch()


def _set_up(folder: Path) -> None:
    os.environ["EXAMPLE_VAR"] = str(folder)
    os.environ.pop("POSTGRES_DB", None)  # the demo's data are all in its folder
    import django

    from example_site import persons
    from wagtail_contracts.audit.backends import keys

    persons.establish(folder)  # what the settings look for
    if not (folder / CHECKPOINTS).exists():
        keys.make(folder / CHECKPOINTS)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _move_in() -> None:
    """Tell Wagtail the address, which may be another one than last time."""
    from django.conf import settings
    from wagtail.models import Site

    place = urlsplit(settings.BASE_URL)
    Site.objects.update(hostname=place.hostname, port=place.port or 80)


def _move() -> None:
    for path in sorted(PART.iterdir(), key=lambda path: (path.name == DATABASE, path.name)):
        if path.name != COMPLETE:
            path.rename(VAR / path.name)
    shutil.rmtree(PART)


if __name__ == "__main__":
    main()
