"""The tutorials of both apps, followed line by line where Wagtail and contracts can't be imported.

How a tutorial is read, and what a terminal is, stands in tests/install: two files without imports
of ours, loaded by their paths, so that the working tree is on no path here.
"""

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/tutorial"
TUTORIALS = {"audit-on-its-own.md": "storeroom", "sealing-on-its-own.md": "diplomas"}
FORBIDDEN = ("wagtail", "modelcluster", "wagtail_contracts.contracts", "wagtail_contracts.signing")
ONCE = "Once"
SHOWN = re.compile(r"^```\{literalinclude\}.*?^```$", re.MULTILINE | re.DOTALL)


def loaded(name):
    """A module of tests/install by its path."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tests/install/{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


reading, terminal = loaded("reading"), loaded("terminal")


def blocks(name):
    """What is to be typed, in order; files that are only shown are blank lines here."""
    text = (FOLDER / name).read_text()
    shown = SHOWN.sub(lambda found: "\n" * found[0].count("\n"), text)
    return [act for act in reading.acts(shown) if act.kind == "sh"]


@pytest.fixture
def place(tmp_path):
    """A terminal in a folder, and the environment of somebody who has what was installed."""
    given = {key: os.environ[key] for key in ("HOME", "LANG", "SOFTHSM2_CONF") if key in os.environ}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return terminal.Terminal(tmp_path, {**given, "PATH": path})


@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_process_can_import_what_the_tutorials_do_without(place, name):
    """Nor one whose environment is empty, as that of the process that renders."""
    alone = f"env -i {shlex.quote(sys.executable)} -c"
    for python in ("python -c", alone):
        status, said = place.run(f"{python} 'import {name}'")
        words = f"ModuleNotFoundError: No module named '{name}'"
        assert (status, said.splitlines()[-1]) == (1, words)
        there = "import wagtail_contracts.audit, wagtail_contracts.sealing"
        assert place.run(f"{python} '{there}'") == (0, "")


@pytest.mark.parametrize("name", TUTORIALS)
def test_a_tutorial_works_line_by_line_without_wagtail(place, name, tmp_path):
    project = TUTORIALS[name]
    shutil.copytree(FOLDER / project, tmp_path / project)
    place.run(f"cd {project}")
    followed = [act for act in blocks(name) if act.where != ONCE]
    assert len(followed) > 8
    for act in followed:
        status, said = place.run(act.text)
        assert status == 0, f"{name}:{act.line}: {act.text}\nended with {status} and said:\n{said}"
        assert reading.looks_like(act.expected, said), f"{name}:{act.line} said:\n{said}"


@pytest.mark.parametrize("name", TUTORIALS)
def test_a_tutorial_installs_what_is_installed_here(name):
    [once] = [act for act in blocks(name) if act.where == ONCE]
    here = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["ground"]
    wanted = re.findall(r'"([^"]+)"', once.text)
    assert wanted
    assert set(wanted) <= set(here)
    assert "pip install --no-deps wagtail-contracts" in once.text


@pytest.mark.parametrize("project", TUTORIALS.values())
def test_an_example_project_is_whole(project, tmp_path):
    copy = shutil.copytree(FOLDER / project, tmp_path / project)
    (copy / "var").mkdir(exist_ok=True)
    words = [sys.executable, "manage.py"]
    given = {key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")}
    for command in (["check"], ["makemigrations", "--check", "--dry-run"]):
        done = subprocess.run(  # noqa: S603
            [*words, *command], cwd=copy, env=given, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert (copy / "README.md").exists()
