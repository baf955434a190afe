"""An empty environment, the wheel, and a browser."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import ports, wheel
from tests.chromium import *  # noqa: F403 - fixtures
from tests.install.following import Follower
from tests.install.terminal import Terminal
from tests.install.windows import Windows

TUTORIAL = wheel.ROOT / "docs/tutorial/install-in-a-site.md"
OURS = ("DJANGO_", "EXAMPLE_", "POSTGRES_", "PYTEST_", "PYTHON", "VENV", "VIRTUAL_ENV")


def environment(links: Path) -> dict[str, str]:
    """That of a person with a Python, an index, and the wheel in a folder that pip looks into."""
    given = {key: value for key, value in os.environ.items() if not key.startswith(OURS)}
    interpreter = Path(sys._base_executable).parent  # type: ignore[attr-defined]
    path = [part for part in given["PATH"].split(":") if not Path(part, "activate").exists()]
    return {
        **given,
        "PATH": ":".join([str(interpreter), *path]),
        "PIP_FIND_LINKS": f"{given.get('PIP_FIND_LINKS', '')} {links}".strip(),
        "PIP_NO_COMPILE": "1",  # what is used compiles itself
    }


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a release would be."""
    return wheel.build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def followed(built: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Follower:
    """Somebody who is through with the tutorial, and has ended its servers."""
    terminal = Terminal(tmp_path_factory.mktemp("tutorial"), environment(built.parent))
    follower = Follower(TUTORIAL, terminal, ports.free())
    follower.windows = Windows(browser)
    try:
        follower.follow()
    finally:
        terminal.close()
    return follower
