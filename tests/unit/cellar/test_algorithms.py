"""When algorithms retire, by the table and by the settings."""

from datetime import UTC, date, datetime

import pytest

from wagtail_contracts import algorithms


def day(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("names", "retired"),
    [
        ({"rsa-2048", "sha256"}, "rsa-2999"),
        ({"rsa-2999"}, "rsa-2999"),
        ({"rsa-3000", "sha512", "ec-256"}, None),
        ({"ec-224"}, None),
        ({"ec-223"}, "ec-223"),
        ({"sha1", "rsa-4096"}, "sha1"),
        ({"rsa-1024", "rsa-2048"}, "rsa-2047"),
        (set(), None),
    ],
)
def test_the_table_retires_what_is_weak(names, retired):
    found = algorithms.first(names, {})
    if retired:
        table = algorithms.RETIRED[retired]
        assert found.at == day(table.year, table.month, table.day)
        assert found.name in names
    else:
        assert found is None


def test_settings_retire_earlier_and_never_later():
    earlier = {"rsa-3072": date(2030, 5, 1), "rsa-2048": date(2040, 1, 1)}
    assert algorithms.first({"rsa-3072"}, earlier).at == day(2030, 5, 1)
    assert algorithms.first({"rsa-3073"}, earlier) is None
    assert algorithms.first({"rsa-2048"}, earlier).at == day(2029, 1, 1)
    assert algorithms.first({"rsa-2048", "rsa-3072"}, earlier).name == "rsa-2048"


@pytest.mark.parametrize(
    "given",
    [{"rot13": "2030-01-01"}, {"rsa": "2030-01-01"}, {"rsa-3072": "soon"}, {"rsa-0": "2030-01-01"}],
)
def test_what_is_no_algorithm_or_no_day_is_refused(given):
    assert algorithms.parsed({"rsa-3072": "2030-01-01"}) == {"rsa-3072": date(2030, 1, 1)}
    with pytest.raises(ValueError, match=r"algorithm|isoformat"):
        algorithms.parsed(given)
