"""`python -m tests.pictures.states [NAME…]`: the states, in a process and a folder of its own.

Without names all are taken, and docs/reference/states.md is written; with names, only those whose
name begins so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from tests.browser.site import ROOT


def main(names: list[str]) -> int:
    """Take them."""
    with tempfile.TemporaryDirectory(prefix="wc-states-") as folder:
        settings = {
            "EXAMPLE_VAR": folder,
            "DJANGO_SETTINGS_MODULE": "tests.pictures.states.settings",
        }
        command = [sys.executable, "-m", "tests.pictures.states.taking", folder, *names]
        return subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
