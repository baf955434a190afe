"""Page breaks, columns, the parties as a list, clauses in two languages."""

import re
import subprocess

import pytest

from example_site import contents as streams
from tests.unit.contracts import made, papers
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.core import references, shown
from wagtail_contracts.contracts.core.fields.languages import called
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.contracts.rendering.answers import answer_inputs
from wagtail_contracts.sealing import flows as sealing

CLAUSE = streams.bilingual(
    "Oppstart",
    f"Tjenesten starter {streams.chip('start')} og koster {streams.chip('price')}.",
    "Start",
    f"The service starts on {streams.chip('start')} and costs {streams.chip('price')}.",
)
BOTH = {"language": "nb", "second_language": "en"}


def both(body, **more):
    return made.content(body, **{**BOTH, **more})


def page(content, **more):
    return Page(html.document(content, **more))


def plain(text):
    return text.replace("\u00a0", " ")


# -- two languages ------------------------------------------------------------------------------


def test_each_side_says_its_language_and_shows_values_in_it():
    content = both([CLAUSE])
    found = page(content)
    sides = [given["lang"] for given in found.all("div") if "lang" in given]
    assert sides == ["nb", "en"]
    words = plain(found.words)
    assert "Tjenesten starter 15. januar 2027 og koster 5 300 NOK" in words
    assert "The service starts on 15 January 2027 and costs 5,300 NOK" in words
    assert words.index("Tjenesten") < words.index("The service")
    [block] = content["body"]
    assert plain(shown.text(block, content)).split("\n") == [
        "Oppstart",
        "Tjenesten starter 15. januar 2027 og koster 5 300 NOK.",
        "Start",
        "The service starts on 15 January 2027 and costs 5,300 NOK.",
    ]


def test_it_counts_as_one_clause_with_one_number_on_both_sides():
    body = [streams.clause("A", "a"), CLAUSE, streams.clause("B", "b")]
    content = both(body, values={})
    assert [block["number"] for block in content["body"]] == ["1", "2", "3"]
    assert references.cites(content)[body[1]["id"]] == "2"
    numbers = [words for tag, words in page(content).texts if tag == "span" and words.isdigit()]
    assert numbers == ["1", "2", "2", "3"]
    assert [entry.words for entry in html.contents(content)] == ["A", "Oppstart", "B"]


def test_a_field_is_asked_for_once_though_both_sides_name_it():
    content = both([CLAUSE], values={})
    fields = [field for field in content["fields"] if field["key"] in ("start", "price")]
    found = page(content, inputs=answer_inputs(fields, None, None, "en", content=content))
    assert [given["name"] for given in found.all("input")] == ["a-start", "a-price"]


@pytest.mark.parametrize(
    ("governing", "said"),
    [
        ("", "written in Norwegian Bokmål and English. Both texts are equally valid."),
        ("en", "If they differ, the text in English governs."),
        ("nb", "If they differ, the text in Norwegian Bokmål governs."),
    ],
)
def test_which_language_governs_stands_at_the_beginning_on_page_and_paper(governing, said):
    content = both([CLAUSE], governing=governing)
    for words in (page(content).words, Page(papers.bundle(content).html).words):
        assert said in words
        assert words.index(said) < words.index("Oppstart")


def test_a_contract_in_one_language_says_nothing_of_it():
    assert "wc-languages" not in html.document(made.content([streams.text("One.")]))
    assert "wc-languages" in html.document(both([streams.text("One.")]))


def test_a_language_that_nobody_knows_is_called_by_its_code():
    assert called("nb", "en") == "Norwegian Bokmål"
    assert called("zz-unknown", "en") == "zz-unknown"
    assert called("en", "zz") == "English"


# -- columns, parties, page breaks --------------------------------------------------------------


def test_columns_are_read_in_their_order():
    content = made.content([streams.columns("One.", "Two.", f"Until {streams.chip('start')}.")])
    found = page(content)
    assert found.words.startswith("One. Two. Until 15 January 2027")
    assert found.with_class("wc-beside--3") == ["div"]
    assert found.with_class("wc-beside__side") == ["div"] * 3
    assert found.all("table") == []
    [block] = content["body"]
    assert shown.text(block, content) == "One.\nTwo.\nUntil 15 January 2027."


def test_all_parties_are_listed_or_those_that_were_picked():
    parties = [made.party("supplier", "Eksempel AS"), made.party("customer", "Kunde AS")]
    parties[1] |= {"organisation_number": "974760673"}
    everybody = page(made.content([streams.party_details("Partene")], parties=parties)).words
    assert "Partene Leverandøren Eksempel AS Organisation number 999999999" in everybody
    assert "Kunden Kunde AS Organisation number 974760673" in everybody
    assert "Represented by Kari Nordmann, daglig leder" in everybody
    picked = made.content([streams.party_details("", "customer")], parties=parties, values={})
    words = page(picked).words
    assert "Kunde AS" in words
    assert "Eksempel AS" not in words
    [block] = picked["body"]
    assert shown.text(block, picked) == "Kunden: Kunde AS\n974760673\nKari Nordmann, daglig leder"


def test_a_private_person_represents_nobody():
    person = made.party("customer", "Kari Nordmann", kind="person", organisation_number="")
    content = made.content([streams.party_details("")], parties=[person], values={})
    assert page(content).words == "Kunden Kari Nordmann"


def test_a_page_break_is_a_line_that_screen_readers_pass():
    found = page(made.content([streams.text("A"), streams.page_break(), streams.text("B")]))
    assert [
        given.get("aria-hidden") for given in found.all("div") if "wc-break" in given["class"]
    ] == ["true"]
    assert found.words.startswith("A B")


def test_on_paper_a_page_break_begins_a_page_and_sides_stand_beside_each_other(tmp_path):
    body = [streams.columns("Left words", "Right words"), streams.page_break(), CLAUSE]
    path = tmp_path / "paper.pdf"
    path.write_bytes(sealing.render(printing.draft_bundle(both(body), "X-1")))
    told = subprocess.run(  # noqa: S603 - poppler, on a file of our own
        ["pdftotext", "-layout", str(path), "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = told.stdout.rstrip("\f\n").split("\f")[:2]
    assert re.search(r"Left words {2,}Right words", first)
    assert "Oppstart" not in first
    assert re.search(r"1 +Oppstart {2,}1 +Start", second)
