"""What fits into an SMS: counted as telephone networks count."""

import pytest

from wagtail_contracts.signing.core import sms


@pytest.mark.parametrize(
    ("text", "length", "fits"),
    [
        ("", 0, True),
        ("a" * 160, 160, True),
        ("a" * 161, 161, False),
        ("æøåÆØÅéñü§" * 16, 160, True),
        ("€" * 80, 160, True),  # two places each
        ("€" * 81, 162, False),
        ("[~]" * 26 + "ab", 158, True),
        ("ç" * 70, 70, True),  # the alphabet has Ç alone
        ("ç" * 71, 71, False),
        ("ж" + "a" * 69, 70, True),
        ("ж" + "a" * 70, 71, False),
        ("😀" * 35, 70, True),  # two units of UTF-16 each
        ("😀" * 36, 72, False),
    ],
)
def test_places_are_counted_in_the_alphabet_that_the_text_needs(text, length, fits):
    assert (sms.length(text), sms.fits(text)) == (length, fits)


def test_the_alphabet_has_as_many_characters_as_its_standard():
    assert len(sms.BASIC) == 127  # 128 with the escape
    assert not sms.BASIC & sms.EXTENDED
    assert len(sms.EXTENDED) == 10


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hosting 2027", "Hosting 2027"),
        ("Avtale – «drift» …", 'Avtale - "drift" ...'),
        ("Ačiū, Žodž", "Aciu, Zodz"),
        ("Årsavtale", "Årsavtale"),
        ("Договор", ""),
        ("اتفاق", ""),
        ("契約 2027 契約", ""),
        ("Plan 😀", "Plan"),
        ("  two\u00a0 words ", "two words"),
    ],
)
def test_a_text_is_folded_into_the_alphabet_or_left_out(text, folded):
    assert sms.folded(text) == folded
    assert sms.is_gsm7(sms.folded(text))


@pytest.mark.parametrize("room", range(14))
def test_what_is_shortened_fits_and_says_that_it_was(room):
    short = sms.shortened("Hosting 2027", room)
    assert sms.length(short) <= room
    assert short == "Hosting 2027" if room >= 12 else short.endswith("...") or short == ""


def test_the_first_that_fits_is_taken_and_the_last_where_none_does():
    long = "x" * 161
    assert sms.first_that_fits([long, "short", "shorter"]) == "short"
    assert sms.first_that_fits([long, long + "y"]) == long + "y"
