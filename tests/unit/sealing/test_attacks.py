"""A file that was changed after its seal is altered, even if a genuine timestamp covers it."""

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name

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


def test_the_fields_of_a_form_in_another_order(lab, sealed, verdict):
    def reorder(writer):
        form = writer.root["/AcroForm"]
        form[name("/Fields")] = generic.ArrayObject(reversed(form["/Fields"]))
        writer.update_container(form)

    changed = attacks.appended(sealed("B-LTA"), reorder)
    assert verdict(changed) == verdict(attacks.stamped(changed, lab)) == "altered"


def test_annotations_of_a_page_in_another_order(lab, sealed, verdict):
    def reorder(writer):
        page = attacks.first_page(writer)
        page[name("/Annots")] = generic.ArrayObject(reversed(page["/Annots"]))
        writer.update_container(page)

    changed = attacks.appended(sealed("B-LTA"), reorder)
    assert verdict(changed) == verdict(attacks.stamped(changed, lab)) == "altered"


def test_a_field_that_was_prepared_a_revision_earlier(lab, sealed, verdict):
    """What a renewal adds to the form is made by that renewal."""

    def prepare(writer):
        field = generic.DictionaryObject(writer.root["/AcroForm"]["/Fields"][1])
        prepared.append(writer.add_object(field).reference)

    def add(writer):
        form, place = writer.root["/AcroForm"], prepared[0]
        form["/Fields"].append(generic.IndirectObject(place.idnum, place.generation, writer))
        writer.update_container(form)

    prepared = []
    first = attacks.stamped(attacks.appended(sealed("B-LTA"), prepare), lab)
    second = attacks.stamped(attacks.appended(first, add), lab)
    assert verdict(first) == "intact"  # an object that nothing names changes nothing
    assert verdict(second) == "altered"
