"""S-43: which two names are those of one person."""

import unicodedata

import pytest

from wagtail_contracts.signing.core import identities
from wagtail_contracts.signing.core.names import same_name
from wagtail_contracts.signing.core.shown import AWAY, Shown

SAME = [
    ("Kari Nordmann", "Kari Nordmann"),
    ("Kari Nordmann", "KARI NORDMANN"),
    ("Kari Nordmann", "Nordmann, Kari"),
    ("Kari Nordmann", "  Nordmann   Kari "),
    ("Kari Nordmann-Hansen", "Kari Nordmann Hansen"),
    ("Kari Nordmann\u2010Hansen", "Nordmann\u2011Hansen, Kari"),
    ("Åse Ødegård", unicodedata.normalize("NFD", "Åse Ødegård")),
    ("ÅSE ØDEGÅRD", "ødegård åse"),
    ("José Peña", unicodedata.normalize("NFD", "JOSÉ PEÑA")),
    ("Jan Weiß", "JAN WEISS"),
    ("Siobhan O’Brien", "Siobhan O'Brien"),
    ("Ola B. Nordmann", "Ola B Nordmann"),
    ("K\uff41ri Nordmann", "Kari Nordmann"),
    ("María García López", "García López, María"),
]
OTHERS = [
    ("Kari Nordmann", "Ola Nordmann"),
    ("Kari Nordmann", "Kari Anne Nordmann"),
    ("Kari Nordmann Hansen", "Kari Nordmann"),
    ("Kari Nordmann", "Kari Nordmann Nordmann"),
    ("Åse Ødegård", "Ase Odegard"),
    ("Jose Pena", "José Peña"),
    ("Kari Nordmann", "KariNordmann"),
    ("Kari Nordmann", ""),
    ("", ""),
    ("-", "."),
    # Letters of another alphabet that look the same.
    ("Kari Nordmann", "K\u0430ri Nordmann"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same_words_are_the_same_name(first, second):
    assert same_name(first, second)
    assert same_name(second, first)


@pytest.mark.parametrize(("first", "second"), OTHERS)
def test_a_word_or_letter_more_less_or_other_is_another_name(first, second):
    assert not same_name(first, second)
    assert not same_name(second, first)


@pytest.mark.parametrize(
    ("name", "number", "expected", "differs"),
    [
        ("Kari Nordmann", "", "", ""),
        ("Ola Nordmann", "", "", "name"),
        ("", "", "", "name"),
        ("Kari Nordmann", "01018510002", "010185 10002", ""),
        ("Kari Hansen", "01018510002", "01018510002", ""),
        ("Kari Nordmann", "02018510002", "01018510002", "national_id"),
        ("Kari Nordmann", "", "01018510002", "national_id"),
        ("Kari Nordmann", "", "-", "national_id"),
    ],
)
def test_a_number_that_is_expected_decides_and_else_the_name(name, number, expected, differs):
    shown = Shown(method="bankid", kind=AWAY, name=name, national_id=number)
    assert identities.difference(shown, "Kari Nordmann", expected) == differs
