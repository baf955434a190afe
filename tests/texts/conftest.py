"""Each agreement goes its way once; the tests look at what came of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from tests.texts import agreements, source
from tests.texts.journey import Journey, walk


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The agreements written for this project, and those that the variable names."""
    if "agreement" in metafunc.fixturenames:
        found = agreements.together(agreements.files(str(agreements.OWN)))
        with suppress(agreements.NoTexts):  # a test of its own says so
            found += agreements.given()
        metafunc.parametrize("agreement", found, ids=agreements.name)


@pytest.fixture
def journey(agreement: agreements.Agreement, db: None) -> Journey:
    """What came of the agreement."""
    return walk(agreement)


@pytest.fixture
def expected(agreement: agreements.Agreement, journey: Journey) -> list[source.Part]:
    """What the source says, with the values that were filled in."""
    texts = [path.read_text(encoding="utf-8") for path in agreement]
    return source.read(texts, journey.filled.values, journey.filled.chosen)


@pytest.fixture
def pdf(journey: Journey, tmp_path: Path) -> Path:
    """The sealed file."""
    path = tmp_path / "sealed.pdf"
    path.write_bytes(journey.pdf)
    return path
