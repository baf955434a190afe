"""Filling a catalogue: everything in the file, or nothing."""

import pytest

from tests import builders, tables
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import CatalogueRefused
from wagtail_contracts.contracts.models import CatalogueItem

HEADER = b"sku,name,price,currency,vat,period\n"
FIRST = HEADER + b"A-1,Desk,1200,NOK,25,once\nA-2,Chair,800,NOK,25,once\n"
SECOND = (
    HEADER + b"A-2,Chair,850,NOK,25,once\nA-1,Desk,1200,NOK,25,once\nA-3,Care,10,NOK,25,month\n"
)


def stock(workspace):
    return list(workspace.catalogue.order_by("sku").values_list("sku", "price"))


def test_items_are_added_and_changed_by_their_numbers(sales):
    contracts.fill_catalogue(sales, FIRST, by=SYSTEM)
    desk = CatalogueItem.objects.get(sku="A-1")

    filling = contracts.fill_catalogue(sales, SECOND, by=SYSTEM)

    assert (filling.added, filling.changed, filling.same) == (("A-3",), ("A-2",), ("A-1",))
    assert stock(sales) == [("A-1", 1200), ("A-2", 850), ("A-3", 10)]
    assert CatalogueItem.objects.get(sku="A-1") == desk


def test_looking_at_a_file_writes_nothing(sales):
    with tables.unchanged():
        assert contracts.read_catalogue(sales, FIRST).added == ("A-1", "A-2")
    contracts.fill_catalogue(sales, FIRST, by=SYSTEM)
    with tables.unchanged():
        assert contracts.fill_catalogue(sales, FIRST, by=SYSTEM).same == ("A-1", "A-2")


def test_one_bad_line_keeps_the_whole_file_out(sales):
    bad = FIRST + b"A-3,Lamp,cheap,NOK,25,once\n,,,NOK,25,once\n"

    with tables.unchanged(), pytest.raises(CatalogueRefused) as refused:
        contracts.fill_catalogue(sales, bad, by=SYSTEM)

    assert [said.split(":")[0] for said in refused.value.problems] == ["Line 4", *["Line 5"] * 3]
    assert "cheap" in refused.value.problems[0]
    contracts.fill_catalogue(sales, FIRST, by=SYSTEM)
    assert len(stock(sales)) == 2


def test_the_same_number_in_another_workspace_is_another_item(sales):
    other = builders.workspace("legal")
    for workspace in (sales, other):
        contracts.fill_catalogue(workspace, FIRST, by=SYSTEM)
    contracts.fill_catalogue(other, SECOND, by=SYSTEM)

    assert stock(sales) == [("A-1", 1200), ("A-2", 800)]
