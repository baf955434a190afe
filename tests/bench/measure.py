"""`python -m tests.bench.measure FOLDER PARTS`: a fresh site in FOLDER, measured part by part.

The settings are told where by EXAMPLE_VAR. Rows are printed as they come and kept in rows.jsonl.
"""

import importlib
import io
import json
import secrets
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django
from cryptography.fernet import Fernet

from tests.bench.timing import Row, line


def main(folder: Path, parts: Sequence[str], *, tiny: bool) -> None:
    """Make the site, then measure."""
    prepare(folder)
    with (folder / "rows.jsonl").open("a") as kept:
        for part in parts:
            for row in importlib.import_module(f"tests.bench.{part}").rows(tiny=tiny):
                print(line(row), flush=True)  # noqa: T201
                kept.write(json.dumps(asdict(row)) + "\n")


def read(folder: Path) -> list[Row]:
    """What a run has measured."""
    return [Row(**json.loads(text)) for text in (folder / "rows.jsonl").read_text().splitlines()]


def prepare(folder: Path) -> None:
    """Keys, tables, a seal; the settings read the keys when they are loaded."""
    (folder / "keys.txt").write_text(Fernet.generate_key().decode())
    (folder / "secret.txt").write_text(secrets.token_urlsafe())
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    made: dict[str, Any] = {"name": "Eksempel AS", "stdout": io.StringIO()}
    call_command("sealing_identity", "create", folder=folder, **made)
    call_command("sealing_identity", "create", folder=folder / "training", test=True, **made)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2].split(","), tiny="--tiny" in sys.argv)
