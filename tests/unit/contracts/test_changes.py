"""A comparison for people."""

import copy

from example_site import contents as streams
from tests.unit.contracts import made
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.rendering.changes import TWO_TEXTS, comparison

BODY = [
    streams.clause("Varsel", "Fristen er tre måneder."),
    streams.clause("Pris", f"Prisen er {streams.chip('price')}."),
    streams.clause("Slutt", "Siste punkt."),
]
OLD = made.content(BODY)


def newer():
    body = copy.deepcopy(BODY)
    body[0]["value"]["text"] = "<p>Fristen er to måneder.</p>"
    values = {**made.VALUES, "price": {"amount": "4900.00", "currency": "NOK"}}
    return made.content(body, values=values)


def test_it_counts_changes_and_names_their_clauses():
    made_of = comparison(OLD, newer())
    assert (made_of.count, made_of.numbers, made_of.unchanged) == (2, ["1", "2"], 2)


def test_each_line_of_the_summary_leads_to_its_change():
    page = Page(comparison(OLD, newer()).html)
    ids = {given["id"] for given in page.all("article")}
    assert [given["href"][1:] in ids for given in page.all("a")] == [True, True]
    assert "1 Varsel was changed 2 Pris was changed" in page.words


def test_what_was_removed_and_added_is_said_in_words_and_not_by_colour_alone():
    html = comparison(OLD, newer()).html
    page = Page(html)
    assert [tag for tag, _given in page.elements if tag in ("del", "ins")] == [
        "del",
        "ins",
        "del",
        "ins",
    ]
    assert "Fristen er removed: tre added: to måneder." in page.words
    assert "was: 5,300 NOK → is now: 4,900 NOK" in page.words.replace("\u00a0", " ")


def test_prose_can_be_read_before_and_after():
    page = Page(comparison(OLD, newer(), view=TWO_TEXTS).html)
    before = page.words[page.words.index("Before") : page.words.index("After")]
    assert "Fristen er removed: tre måneder." in before
    assert "to" not in before.split()
    assert "Before" not in Page(comparison(OLD, newer()).html).words


def test_a_first_answer_was_not_filled_in_before():
    answered = trees.with_values(OLD, {"until": "21"})
    page = Page(comparison(OLD, answered).html)
    assert "Stengetid was filled in was: not filled in → is now: 21" in page.words
    assert "Stengetid was emptied" in Page(comparison(answered, OLD).html).words


def test_text_stands_in_its_own_language_and_the_words_around_it_in_the_readers():
    page = Page(comparison(OLD, newer(), language="nb").html)
    assert page.all("div", lang="nb")
    assert {given["lang"] for given in page.all("p") if "lang" in given} == {"en"}
    assert all(
        given["lang"] == "nb"
        for given in page.all("span", **{"class": "wc-hidden"})
        if "lang" in given
    )


def test_nothing_changed_is_said_too():
    same = comparison(OLD, copy.deepcopy(OLD))
    page = Page(same.html)
    assert (same.count, same.numbers, same.unchanged) == (0, [], 3)
    assert "Nothing has changed" in page.words
    assert page.all("article") == []
    assert "Everything else is as it was" in Page(comparison(OLD, newer()).html).words


def test_a_text_that_is_mostly_new_is_to_be_read_as_a_whole():
    other = made.content([*[streams.clause(f"N{n}", f"nytt {n}") for n in range(4)], BODY[0]])
    compared = comparison(OLD, other)
    assert compared.mostly_new
    assert compared.html.index("Most of the text") < compared.html.index("wc-changes__list")
    assert "Most of the text is new" in Page(comparison(OLD, other).html).words
    assert not comparison(OLD, newer()).mostly_new


def test_formatting_alone_is_named_as_such():
    body = copy.deepcopy(BODY)
    body[2]["value"]["text"] = "<p>Siste <b>punkt</b>.</p>"
    page = Page(comparison(OLD, made.content(body)).html)
    assert "The words are the same; their formatting" in page.words
    assert page.all("del") == page.all("ins") == []


def test_headings_of_a_comparison_begin_at_the_second_level():
    for view in ("one", TWO_TEXTS):
        headings = Page(comparison(OLD, newer(), view=view).html).headings
        assert min(headings) == 2
        assert headings[0] == 2
