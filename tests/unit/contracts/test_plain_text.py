"""The contract as plain text."""

import re

from example_site import contents as streams
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.rendering import text

LONG = "Partene skal etter beste evne sørge for at avtalen blir oppfylt til rett tid. " * 6


def plain(body=made.BODY, **more):
    return text.plain(made.content(body, **more)).replace("\u00a0", " ")


def squeezed(words):
    return " ".join(words.split())


def test_it_holds_title_parties_and_the_words_of_every_block():
    content = made.content()
    words = squeezed(text.plain(content))
    assert words.startswith("Driftsavtale 2027 =")
    assert "Leverandøren: Eksempel AS, 999999999 Ola Nordmann, daglig leder" in words
    kinds = [block for block in trees.blocks(content["body"]) if block["type"] != "table"]
    for block in kinds:
        assert squeezed(shown.text(block, content)) in words
    assert len(kinds) > 10


def test_numbers_stand_before_their_clauses_and_their_lines_hang():
    words = plain([streams.clause("A", LONG), streams.clause("", "b", level=2)], values={})
    assert re.search(r"^1 A\n  Partene skal", words, re.MULTILINE)
    assert re.search(r"^1\.1 b$", words, re.MULTILINE)
    lines = words.splitlines()
    assert max(map(len, lines)) <= text.WIDTH
    assert sum(line.startswith("  ") for line in lines) > 5


def test_the_cells_of_a_table_stand_below_each_other_where_they_fit():
    assert "Svartider\nFeil   Svar\n-----  ------\nNede   1 time\nAndre\n" in plain()
    wide = [streams.table("Bred", ("a" * 50, "b" * 50), ("c", "d"))]
    assert f"Bred\n{'a' * 50} | {'b' * 50}\nc | d\n" in plain(wide)


def test_a_choice_shows_all_options_and_marks_the_chosen_one():
    assert "Brukerstøtte\n[x] Kontortid\n[ ] Til klokka …\n" in plain()


def test_a_place_shows_the_value_or_that_there_is_none():
    body = [streams.place("start"), streams.place("invoice")]
    assert "Oppstart: 15 January 2027\n" in plain(body)
    assert "Fakturaadresse: …\n" in plain(body, values={})


def test_values_without_a_place_stand_at_the_end():
    end = plain().split("Further details\n")[1]
    assert end == "---------------\n\nVarsel: 3\n"
    assert "Further details" not in plain(values={})


def test_both_sides_and_the_language_that_governs_are_in_it():
    body = [streams.bilingual("Start", "Nå.", "Beginning", "Now.")]
    words = squeezed(plain(body, language="en", second_language="nb", governing="nb", values={}))
    assert "If they differ, the text in Norwegian Bokmål governs. Leverandøren" in words
    assert "1 Start Nå. Beginning Now." in words


def test_the_address_of_a_link_is_kept():
    assert "Se vilkårene.\nÆre være øl på åsen.\n<https://example.com/vilkaar>\n" in plain()


def test_a_word_longer_than_a_line_stays_whole():
    word = "x" * 200
    assert word in plain([streams.text(f"a {word} b")])
