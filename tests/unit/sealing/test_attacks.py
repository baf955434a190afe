"""A file that was changed after its seal is altered, even if a genuine timestamp covers it."""

import pytest

from tests.unit.sealing import attacks
from tests.unit.sealing.levels import LONG_TERM

LEVELS = ("B-B", "B-LTA")


def names(attack):
    return attack.__name__


def test_without_an_attack_the_file_is_intact_stamped_or_not(lab, sealed, verdict):
    for level in LEVELS:
        untouched = attacks.stamped(sealed(level), lab)
        assert verdict(sealed(level)) == verdict(untouched) == "intact"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("attack", attacks.ANY, ids=names)
def test_a_change_by_incremental_update(lab, sealed, verdict, attack, level):
    changed = attack(sealed(level))

    assert changed.startswith(sealed(level))
    assert changed != sealed(level)
    assert verdict(changed) == "altered"
    assert verdict(attacks.stamped(changed, lab)) == "altered"


@pytest.mark.parametrize("level", LONG_TERM)
@pytest.mark.parametrize("attack", attacks.WITH_DATA, ids=names)
def test_a_change_of_the_validation_data(lab, sealed, verdict, attack, level):
    changed = attack(sealed(level))

    assert verdict(changed) == "altered"
    assert verdict(attacks.stamped(changed, lab)) == "altered"


def test_two_steps_over_the_validation_data(lab, sealed, verdict):
    """/DSS is pointed at the page tree, then the tree, now validation data, is rewritten."""
    point = next(a for a in attacks.ANY if a.__name__ == "validation_data_point_at_the_pages")
    page = next(a for a in attacks.ANY if a.__name__ == "page_added")

    first = attacks.stamped(point(sealed("B-T")), lab)
    second = attacks.stamped(page(first), lab)
    assert verdict(first) == verdict(second) == "altered"


def test_a_change_between_two_renewals(lab, sealed, verdict):
    page = next(a for a in attacks.ANY if a.__name__ == "page_replaced")
    renewed = attacks.stamped(attacks.stamped(sealed("B-LTA"), lab), lab)

    assert verdict(renewed) == "intact"
    changed = attacks.stamped(page(attacks.stamped(sealed("B-LTA"), lab)), lab)
    assert verdict(attacks.stamped(changed, lab)) == "altered"
