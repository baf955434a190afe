"""Two texts word by word."""

import time

import pytest

from wagtail_contracts.contracts.core.wording import runs


@pytest.mark.parametrize(
    ("old", "new", "made"),
    [
        ("", "", ()),
        ("", "ny", (("ins", "ny"),)),
        ("gammel", "", (("del", "gammel"),)),
        ("en to tre", "en tre", (("same", "en "), ("del", "to "), ("same", "tre"))),
        (
            "Prisen er 4 900 NOK.",
            "Prisen er 5 300 NOK.",
            (("same", "Prisen er "), ("del", "4 900"), ("ins", "5 300"), ("same", " NOK.")),
        ),
        (
            "innen tre dager etter levering",
            "innen fem dager etter levering",
            (("same", "innen "), ("del", "tre"), ("ins", "fem"), ("same", " dager etter levering")),
        ),
        (
            "linje en\nlinje to",
            "linje en\nlinje tre",
            (("same", "linje en\nlinje "), ("del", "to"), ("ins", "tre")),
        ),
    ],
)
def test_only_the_words_that_differ_are_marked(old, new, made):
    assert runs(old, new) == made


def test_changes_that_only_a_comma_parts_are_one():
    found = runs("Han leverer rask, billig vare hver dag", "Han leverer treg, dyr vare hver dag")
    assert found == (
        ("same", "Han leverer "),
        ("del", "rask, billig"),
        ("ins", "treg, dyr"),
        ("same", " vare hver dag"),
    )


def test_a_few_words_among_longer_changes_are_drawn_into_them():
    old = "The seller answers within four hours, keeps a list of faults and says when it is away."
    new = "The seller answers within two hours, on holidays within a day and at night not at all."
    found = runs(old, new)
    assert found == (
        ("same", "The seller answers within "),
        ("del", "four"),
        ("ins", "two"),
        ("same", " hours, "),
        ("del", "keeps a list of faults and says when it is away"),
        ("ins", "on holidays within a day and at night not at all"),
        ("same", "."),
    )


def test_texts_without_likeness_are_not_mixed():
    found = runs("Leverandøren leverer varen i mai.", "Ved tvist gjelder norsk rett, alltid.")
    assert [kind for kind, _text in found] == ["del", "ins"]


def test_long_texts_do_not_take_long():
    words = [f"ord{number % 97} og, " for number in range(3000)]
    old, new = "".join(words), "".join([*words[:1500], "nytt ", *words[1500:2999]])
    before = time.process_time()
    found = runs(old, new)
    assert time.process_time() - before < 5
    assert ("ins", "nytt ") in found
