"""Names that a reader could take for another share a skeleton; names that differ do not."""

import itertools

import pytest

from wagtail_contracts.contracts.core import lookalikes

# What forged names look like; the corpus grows by what is found.
FORGED = {
    "Sales": [
        "SALES",
        "S ales",
        "SaIes",
        "Sa1es",
        "Sa|es",
        "\uff33ales",
        "S\u0430les",
        "Sal\u0435s",
    ],
    "Legal": ["Lega1", "LegaI", "Leg\u03b1l", "Le-gal", "Legal.", "Leg\u00e1l"],
    "Modem": ["Modern", "M0dem", "M\u043edem", "\u041codem"],
    "Waste": ["VVaste", "W\u0430ste", "Was\u0442e"],
}
APART = ["Sales", "Sale", "Legal", "Modem", "Waste", "Human resources", "Salg", "Salg 2", "Innkjøp"]


def test_each_forged_name_looks_like_the_one_that_it_is_taken_for():
    pairs = [(name, forged) for name, several in FORGED.items() for forged in several]
    assert len(pairs) >= 21
    for name, forged in pairs:
        assert lookalikes.skeleton(forged) == lookalikes.skeleton(name), forged


def test_names_that_differ_have_skeletons_that_differ():
    pairs = list(itertools.combinations(APART, 2))
    assert len(pairs) == 36
    for one, other in pairs:
        assert lookalikes.skeleton(one) != lookalikes.skeleton(other), (one, other)


@pytest.mark.parametrize("name", ["S\u0430les", "Leg\u03b1l", "\u041dR", "P\u0430y team"])
def test_a_word_of_two_alphabets_is_seen(name):
    assert lookalikes.is_mixed(name)


@pytest.mark.parametrize(
    "name",
    ["Sales", "\u041f\u0440\u043e\u0434\u0430\u0436\u0438 Oslo", "販売 Oslo", "R&D 2", "Ærlig"],
)
def test_a_name_of_one_alphabet_a_word_is_not(name):
    assert not lookalikes.is_mixed(name)


@pytest.mark.parametrize(
    ("name", "seen"), [("Sa\u200bles", True), ("\u202eselaS", True), ("Sales", False)]
)
def test_characters_that_nobody_sees(name, seen):
    assert lookalikes.is_turned(name) == seen
