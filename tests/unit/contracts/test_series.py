"""Numbers of contracts: what may begin them, and why two series never share one."""

import itertools

import pytest

from wagtail_contracts.contracts.core import series


@pytest.mark.parametrize(
    "prefix",
    ["{code}-{year}-", "{code}-", "AVTALE-{year}.", "{year}_{code}_", "A", "{code}{code}-"],
)
def test_what_ends_with_no_digit_may_begin_a_number(prefix):
    assert series.is_prefix(prefix)


@pytest.mark.parametrize(
    "prefix",
    [
        "{code}-{year}",
        "{code}",
        "{code}-2",
        "",
        "{kode}-",
        "salg-",
        "{code}/",
        "{code} -",
        "{{code}}-",
        "{code}{code}{code}{code}-",
    ],
)
def test_what_ends_with_one_or_is_not_known_may_not(prefix):
    assert not series.is_prefix(prefix)


def test_two_stems_never_make_the_same_number():
    prefixes = ["{code}-", "{code}-{year}-", "{year}-{code}-", "{code}.", "X-{code}-", "{code}X"]
    codes = ["A", "A1", "A11", "X"]
    stems = {
        series.stem(prefix, code, year)
        for prefix, code, year in itertools.product(prefixes, codes, (2026, 2027))
    }
    assert len(stems) > 20
    given: dict[str, tuple[str, int]] = {}
    for stem, count, digits in itertools.product(stems, (1, 11, 2026), (1, 4)):
        number = series.number(stem, count, digits)
        assert given.setdefault(number, (stem, count)) == (stem, count)


def test_least_digits_fill_with_zeros_and_cut_nothing():
    assert series.number("SALG-2026-", 7, 4) == "SALG-2026-0007"
    assert series.number("SALG-2026-", 12345, 4) == "SALG-2026-12345"
