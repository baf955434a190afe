"""A proof bundle in a folder, checked by its own script where nothing of ours can be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

PYTHON = Path(sys.executable).resolve()


class Said(NamedTuple):
    """The exit code, and the lines by the word that they begin with."""

    code: int
    holds: list[str]
    wrong: list[str]
    unchecked: list[str]


class Proof:
    """The folder, a file with the roots, and the key that is trusted."""

    def __init__(self, folder: Path, roots: Path, key: str) -> None:
        self.folder, self.roots, self.key = folder, roots, key

    def check(self, *, trusting: bool = True) -> Said:
        """What the script says, with whom to trust or without."""
        whom = ["--trust", str(self.roots), "--key", self.key] if trusting else []
        done = subprocess.run(  # noqa: S603
            [PYTHON, "-I", "-S", "verify.py", ".", *whom],
            cwd=self.folder,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.stderr, done.stderr
        lines = [line.partition(": ") for line in done.stdout.splitlines()]
        said = [[rest for word, _, rest in lines if word == wanted] for wanted in WORDS]
        assert sum(map(len, said)) == len(lines)
        return Said(done.returncode, *said)

    def rewrite(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change what stands in bundle.json."""
        path = self.folder / "bundle.json"
        bundle = json.loads(path.read_text())
        change(bundle)
        path.write_text(json.dumps(bundle))


WORDS = ("holds", "WRONG", "NOT CHECKED")
