"""ZIP files that are made while they are sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.archives import read
from wagtail_contracts.contracts.core import zips

NOON = datetime(2027, 1, 2, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_another_reader_finds_the_files_as_they_are(count):
    files = {f"SALES-{number}.pdf": bytes([number]) * 5000 for number in range(count)}
    parts = list(zips.stream((name, NOON, content) for name, content in files.items()))
    assert read(b"".join(parts)) == files


def test_no_more_is_held_than_the_file_that_is_added():
    asked: list[int] = []

    def files():
        for number in range(4):
            asked.append(number)
            yield f"{number}.pdf", NOON, bytes(1000)

    parts = zips.stream(files())
    for number in range(4):
        assert 1000 < len(next(parts)) < 1200
        assert asked == list(range(number + 1))
