"""Templates, static files, translations and fonts are in the wheel, and a site can use them."""

from __future__ import annotations

import json
from pathlib import Path

from tests import wheel

KINDS = ("templates", "static", "LC_MESSAGES", "fonts")
SOURCES = {".po", ".py", ".pyc"}


def in_the_tree(kind: str) -> int:
    """How many files of this kind the tree has."""
    files = (path for path in wheel.PACKAGE.rglob("*") if path.is_file())
    return sum(kind in path.parts and path.suffix not in SOURCES for path in files)


def test_a_site_uses_each_of_them_from_the_wheel(followed):
    script = Path(__file__).with_name("usable.py")

    status, said = followed.terminal.run(f"python {script}")

    assert status == 0, said
    told = json.loads(said)
    assert {kind: told[kind] for kind in KINDS} == {kind: in_the_tree(kind) for kind in KINDS}
    assert told["templates"] > 80
    assert told["static"] > 5
    assert told["withdraw"] == "Trekk tilbake"
    assert told["faces"] == len(list(wheel.PACKAGE.rglob("*.ttf"))) > 0
