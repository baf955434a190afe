"""The import law of setup.cfg is kept, and each planted violation breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.laws import HOUSE

ROOT = HOUSE.parent
LINT = [str(Path(sys.executable).with_name("lint-imports")), "--cache-dir", "cache"]
IN_A_FUNCTION = "\n\ndef late() -> None:\n    import {}\n"
FOR_TYPES = "\n\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {}\n"
FLOORS, ROOMS = "Floors: imports only go down", "Rooms: doors, flows, models, core, errors"
GROUND, CORE = "Ground: Django alone, no Wagtail", "Core: pure Python"
PRIVATE = "Private rooms of "


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The package and its law, in a folder of their own; times kept, so that the cache serves."""
    folder = tmp_path_factory.mktemp("law")
    shutil.copy2(ROOT / "setup.cfg", folder)
    shutil.copytree(HOUSE, folder / HOUSE.name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def plant(copy):
    """Add lines to a module of the copy, or make the module; afterwards all is as it was."""
    mended = []

    def add(path, line):
        module = copy / HOUSE.name / path
        was = (module.read_bytes(), module.stat()) if module.exists() else None
        made = [folder for folder in module.parents if not folder.exists()]
        mended.append((module, was, made))
        module.parent.mkdir(parents=True, exist_ok=True)
        for folder in made:
            (folder / "__init__.py").touch()
        module.write_text((was[0].decode() if was else "") + f"\n{line}\n")

    yield add
    for module, was, made in reversed(mended):
        if was:
            module.write_bytes(was[0])
            os.utime(module, ns=(was[1].st_atime_ns, was[1].st_mtime_ns))
        else:
            module.unlink()
        if made:
            shutil.rmtree(made[-1])


def broken(folder):
    """The names of the contracts that are broken; the whole output where the law cannot be read."""
    done = subprocess.run(LINT, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    found = [line.split(" BROKEN")[0] for line in done.stdout.splitlines() if " BROKEN" in line]
    return found or ([] if done.returncode == 0 else [done.stdout])


def test_the_law_is_kept(copy):
    assert broken(copy) == []


@pytest.mark.parametrize(
    ("path", "line", "law"),
    [
        ("contracts/flows/sending.py", "import wagtail_contracts.signing.models", FLOORS),
        (
            "audit/flows/recording.py",
            IN_A_FUNCTION.format("wagtail_contracts.contracts.models"),
            FLOORS,
        ),
        ("outbox/flows.py", FOR_TYPES.format("wagtail_contracts.contracts.models"), FLOORS),
        ("audit/models/trails.py", "import wagtail_contracts.outbox.models", FLOORS),
        ("canonical.py", "import wagtail_contracts.errors", FLOORS),
        ("chain.py", "import wagtail_contracts.events", FLOORS),
        ("signing/flows/signing.py", "import wagtail_contracts.urls", FLOORS),
        ("archive/models.py", "", FLOORS),
        ("shortcuts.py", "", FLOORS),
        ("contracts/models/contracts.py", "import wagtail_contracts.contracts.flows", ROOMS),
        ("contracts/core/states.py", "import wagtail_contracts.contracts.models", ROOMS),
        ("contracts/blocks/clauses.py", "import wagtail_contracts.contracts.models", ROOMS),
        ("contracts/admin/views.py", "import wagtail_contracts.contracts.tasks", ROOMS),
        ("audit/services.py", "", ROOMS),
        ("signing/shortcuts/__init__.py", "", ROOMS),
        ("sealing/flows/sealing.py", "import wagtail.models", GROUND),
        ("audit/models/trails.py", IN_A_FUNCTION.format("modelcluster.models"), GROUND),
        ("outbox/flows.py", "import wagtail_contracts.compat", GROUND),
        ("contracts/core/text.py", "import django.utils.timezone", CORE),
        ("outbox/core/backoff.py", IN_A_FUNCTION.format("django.conf"), CORE),
        ("signing/core/levels.py", "import weasyprint", CORE),
        ("chain.py", FOR_TYPES.format("django.db.models"), CORE),
        (
            "signing/flows/signing.py",
            "import wagtail_contracts.contracts.core.states",
            f"{PRIVATE}contracts",
        ),
        (
            "signing/tasks/__init__.py",
            "from wagtail_contracts.contracts import conf",
            f"{PRIVATE}contracts",
        ),
        ("contracts/tasks.py", "import wagtail_contracts.outbox.core.backoff", f"{PRIVATE}outbox"),
        ("contracts/tasks.py", "import wagtail_contracts.audit.checks", f"{PRIVATE}audit"),
        ("contracts/tasks.py", "import wagtail_contracts.sealing.conf", f"{PRIVATE}sealing"),
        ("urls/root.py", "import wagtail_contracts.signing.public", f"{PRIVATE}signing"),
    ],
    ids=lambda word: word.split()[-1] if word else "new",
)
def test_a_planted_violation_breaks_the_law(copy, plant, path, line, law):
    plant(path, line)
    assert law in broken(copy)


def test_what_was_planted_is_gone_again(copy):
    assert broken(copy) == []
