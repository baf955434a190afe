"""A file that was changed after its seal is altered, even if a genuine timestamp covers it."""

import re
from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name as name
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.unit.sealing import attacks, forgeries
from tests.unit.sealing.levels import LONG_TERM, Sealer

LEVELS = ("B-B", "B-LTA")


def names(attack):
    return attack.__name__


def test_without_an_attack_the_file_is_intact_stamped_or_not(lab, sealed, verdict):
    for level in LEVELS:
        untouched = attacks.stamped(sealed(level), lab)
        assert verdict(sealed(level)) == verdict(untouched) == "intact"


def said(report):
    """The verdict and the rule that gave it, without the numbers of objects."""
    reason = re.sub(r" \d+", "", report.reasons[0])
    return report.verdict, reason.removeprefix("changed after sealing: ")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("attack", attacks.ANY, ids=names)
def test_a_change_by_incremental_update(lab, sealed, judged, attack, level):
    changed = attack(sealed(level))

    assert changed.startswith(sealed(level))
    assert changed != sealed(level)
    assert said(judged(changed)) == ("altered", attack.found)
    assert said(judged(attacks.stamped(changed, lab))) == ("altered", attack.found)


@pytest.mark.parametrize("level", LONG_TERM)
@pytest.mark.parametrize("attack", attacks.WITH_DATA, ids=names)
def test_a_change_of_the_validation_data(lab, sealed, judged, attack, level):
    changed = attack(sealed(level))

    assert said(judged(changed)) == ("altered", attack.found)
    assert said(judged(attacks.stamped(changed, lab))) == ("altered", attack.found)


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


def test_validation_data_that_were_prepared_a_revision_earlier(lab, sealed, judged):
    def prepare(writer):
        copy = generic.StreamObject(stream_data=writer.root["/DSS"]["/CRLs"][0].data)
        prepared.append(writer.add_object(copy).reference)

    def add(writer):
        lists, place = writer.root["/DSS"]["/CRLs"], prepared[0]
        lists.append(generic.IndirectObject(place.idnum, place.generation, writer))
        writer.update_container(lists)

    prepared = []
    first = attacks.stamped(attacks.appended(sealed("B-LTA"), prepare), lab)
    second = attacks.stamped(attacks.appended(first, add), lab)
    assert judged(first).verdict == "intact"
    assert said(judged(second)) == ("altered", "validation data point at older objects")


@pytest.mark.parametrize("item", [generic.pdf_string("x"), generic.NumberObject(1)])
def test_validation_data_that_are_no_data(lab, sealed, verdict, item):
    def add(writer):
        writer.root["/DSS"]["/Certs"].append(item)
        writer.update_container(writer.root["/DSS"]["/Certs"])

    changed = attacks.appended(sealed("B-LTA"), add)
    assert verdict(changed) == verdict(attacks.stamped(changed, lab)) == "altered"


def test_a_timestamp_that_a_page_shows_twice(lab, sealed, judged):
    def doubled(writer):
        page = attacks.first_page(writer)
        page["/Annots"].append(page["/Annots"].raw_get(len(page["/Annots"]) - 1))

    once = forgeries.stamped_in_own_field(sealed(), lab)
    twice = forgeries.stamped_in_own_field(sealed(), lab, doubled)
    assert judged(once).verdict == "intact"
    assert said(judged(twice)) == ("altered", "page annotations")


def test_an_object_that_is_two_things_at_once(lab, render, judged):
    """What may be rewritten as one of them could be rewritten as the other."""
    trailer = PdfFileReader(BytesIO(render())).trailer
    places = [f"{key} {trailer.raw_get(key).idnum} 0 R".encode() for key in ("/Info", "/Root")]
    assert [render().count(place) for place in places] == [1, 1]
    catalog = places[1].replace(b"/Root", b"/Info")
    data = Sealer(lab, "B-B").seal(render().replace(places[0], catalog))

    assert judged(data).verdict == "intact"
    report = judged(attacks.stamped(data, lab))
    assert said(report) == ("altered", "an object has two roles")
