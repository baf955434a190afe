"""A catalogue as a file: every bad line is named, and one that is right is read as it is meant."""

from decimal import Decimal

import pytest

from wagtail_contracts.contracts.core import catalogue

HEADER = "sku;name;description;unit;price;currency;vat;period"
GOOD = "A-1;Desk;;piece;1 200,50;nok;25;once"


def read(*lines, header=HEADER):
    return catalogue.read("\n".join([header, *lines]).encode())


def codes(*lines, header=HEADER):
    return [(fault.line, fault.code) for fault in read(*lines, header=header)[1]]


def test_a_line_is_read_as_people_write_it():
    items, faults = read(GOOD)

    assert faults == []
    assert items == [
        {
            "sku": "A-1",
            "name": "Desk",
            "description": "",
            "unit": "piece",
            "price": Decimal("1200.50"),
            "currency": "NOK",
            "vat": Decimal(25),
            "period": "once",
        }
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cells_are_parted_by_whatever_parts_the_first_line(mark):
    header = mark.join(["SKU", " Name", "price", "currency", "vat"])
    data = f'\ufeff{header}\r\nA-1{mark}"Desk{mark} oak"{mark}1200.5{mark}NOK{mark}25\r\n\r\n'

    items, faults = catalogue.read(data.encode())
    assert faults == []
    assert (items[0]["name"], items[0]["period"]) == (f"Desk{mark} oak", "once")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";Desk;;;1;NOK;25;once", "empty"),
        ("A;;;;1;NOK;25;once", "empty"),
        ("A;Desk;;;;NOK;25;once", "empty"),
        ("A;Desk;;;1;;25;once", "empty"),
        ("A;Desk;;;1;NOK;;once", "empty"),
        (f"{'A' * 41};Desk;;;1;NOK;25;once", "long"),
        (f"A;{'D' * 201};;;1;NOK;25;once", "long"),
        (f"A;Desk;{'d' * 2001};;1;NOK;25;once", "long"),
        (f"A;Desk;;{'u' * 21};1;NOK;25;once", "long"),
        ("A;Desk;;;cheap;NOK;25;once", "price"),
        ("A;Desk;;;-1;NOK;25;once", "price"),
        ("A;Desk;;;1.00001;NOK;25;once", "price"),
        ("A;Desk;;;100000000000;NOK;25;once", "price"),
        ("A;Desk;;;1;XQX;25;once", "currency"),
        ("A;Desk;;;1;NOK;101;once", "vat"),
        ("A;Desk;;;1;NOK;1.001;once", "vat"),
        ("A;Desk;;;1;NOK;25;weekly", "period"),
        ("A;Desk;;;1;NOK;25", "cells"),
        ("A;Desk;;;1;NOK;25;once;more", "cells"),
        (GOOD, "twice"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(line, code):
    assert codes(GOOD) == []
    assert codes(GOOD, line) == [(3, code)]


def test_all_bad_lines_are_named_at_once():
    assert codes("A;;;;x;NOK;25;once", GOOD, "B;Desk;;;1;NOK;25;never") == [
        (2, "empty"),
        (2, "price"),
        (4, "period"),
    ]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("name;price;currency;vat", "column_missing"),
        (HEADER + ";colour", "column_unknown"),
        ("sku;name;name;price;currency;vat", "column_unknown"),
        ("", "column_missing"),
    ],
)
def test_a_header_that_is_not_right_is_named(header, code):
    assert codes(header=header)[0] == (1, code)


def test_what_is_no_such_file_is_refused():
    assert [fault.code for fault in catalogue.read(b"x" * (catalogue.LARGEST + 1))[1]] == ["large"]
    latin = HEADER.encode() + "\nA;Stå;;;1;NOK;25;once".encode("latin-1")
    assert [(fault.line, fault.code) for fault in catalogue.read(latin)[1]] == [(2, "letters")]
    assert codes(*(f"A{n};D;;;1;NOK;25;once" for n in range(catalogue.MOST + 1)))[-1][1] == "many"
    assert codes(f'A;"{"x" * 200_000}";;;1;NOK;25;once') == [(2, "unreadable")]
