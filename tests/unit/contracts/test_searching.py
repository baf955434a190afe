"""What a contract is found by, and what somebody types, fall apart into the same words."""

import pytest

from wagtail_contracts.contracts.core import searching


def no_digests(address):
    return []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hosting 2027", ["hosting", "2027"]),
        ("SALES-2026-1", ["sales", "2026", "1"]),
        ("Åse Éverløv, Prøvebyen, Ærlig", ["ase", "everlov", "provebyen", "aerlig"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("kari@customer.example", ["kari", "customer", "example"]),
        ("ﬁne ½ x²", ["fine", "1", "2", "x2"]),
        ("don't—stop_now", ["don", "t", "stop", "now"]),
        ("Договор №5", ["договор", "no5"]),
        ("“*” AND (x:*) ' | & !", ["and", "x"]),
        ("a\x00b", ["a", "b"]),
        ("", []),
    ],
)
def test_words_are_letters_and_digits_without_accents_and_case(text, found):
    assert list(searching.words(text)) == found


def test_a_word_is_compared_by_its_first_64_characters():
    assert list(searching.words("a" * 70)) == ["a" * 64]


def test_each_word_is_stored_once_and_not_more_than_an_index_takes():
    assert searching.stored(["Hosting, hosting", "of hosting"]) == "hosting of"
    many = searching.stored(f"word{number}" for number in range(40_000))
    assert 190_000 < len(many) <= 200_000


@pytest.mark.parametrize("typed", ["923 609 016", "923609016", "923.609.016", "NO 923 609 016"])
def test_an_organisation_number_is_found_however_it_is_written(typed):
    for written in ("923 609 016", "923609016", "NO 923 609 016 MVA"):
        kept = searching.stored(searching.identifiers(written)).split()
        found = [
            all(any(word.startswith(start) for word in kept) for start in way)
            for way in searching.ways(typed.removeprefix("NO "), no_digests)
        ]
        assert any(found), (typed, written, kept)


def test_an_address_is_its_words_or_a_digest():
    asked = []

    def digests(address):
        asked.append(address)
        return ["d1", "d2"]

    assert searching.ways(" Kari@Customer.example hosting", digests) == [
        ["kari", "customer", "example", "hosting"],
        ["d1", "hosting"],
        ["d2", "hosting"],
    ]
    assert asked == ["kari@customer.example"]


@pytest.mark.parametrize("typed", ["", "   ", "…", "@", "“*”"])
def test_nothing_typed_is_no_question(typed):
    assert searching.ways(typed, no_digests) == []


def test_a_question_has_an_end():
    ways = searching.ways("a@b.c " * 500, lambda address: ["d1", "d2", "d3"])
    assert len(ways) == searching.MOST_TYPED
    assert all(len(way) <= 3 * searching.MOST_TYPED for way in ways)


def test_each_engine_is_asked_in_its_own_words():
    ways = [["kari", "host"], ["d1"]]
    assert searching.sqlite(ways) == '("kari"* AND "host"*) OR ("d1"*)'
    assert searching.postgresql(ways) == "('kari':* & 'host':*) | ('d1':*)"
