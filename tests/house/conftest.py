"""The wheel, built once for the tests that look into it."""

from pathlib import Path

import pytest

from tests import wheel


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a release would be."""
    return wheel.build(tmp_path_factory.mktemp("wheel"))
