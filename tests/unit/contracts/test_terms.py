"""Terms that a contract defines lead to their definition."""

import random
import re
import time

import pytest

from example_site import contents as streams
from tests.unit.contracts import made, papers
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.core.terms import MOST, Terms
from wagtail_contracts.contracts.rendering import html

WORDS = ["Service", "Service Level", "order", "C++", "fault", "Level"]
TEXTS = ["The Service, a Service Level or an Order: no Services, no reorder.", "Level C++; C+++."]


def defining(*terms):
    return [streams.definition(term, f"means thing {number}.") for number, term in enumerate(terms)]


def pieces(text, *terms, said=()):
    body = defining(*terms)
    names = {entry["id"]: entry["value"]["term"] for entry in body}
    found = list(Terms(made.content(body)).split(text, set(said)))
    assert "".join(words for words, _id in found) == text
    return [(words, names[id]) for words, id in found if id]


def links(body):
    """(words, number of the definition) of all links to one, in the order of the page."""
    ids = [entry["id"] for entry in body]
    found = re.findall(
        r'<a class="wc-term" href="#b-([^"]+)">([^<]+)</a>', html.document(made.content(body))
    )
    return [(words, ids.index(id)) for id, words in found]


def test_whole_words_lead_to_the_definition_the_longest_term_first():
    assert pieces("The Service Level of the Service.", "Service", "Service Level") == [
        ("Service Level", "Service Level"),
        ("Service", "Service"),
    ]
    assert pieces("Service Levels, a Service Leveller", "Service Level") == []
    assert pieces("Services, Serviceable, MyService, Service_x", "Service") == []
    assert pieces("Service-like, «Service», Service's", "Service") == [("Service", "Service")]


def test_a_term_in_a_longer_one_that_was_shown_already_is_not_found_there():
    said = "Service Level, then Service Level, then Level"
    assert pieces(said, "Service Level", "Level") == [
        ("Service Level", "Service Level"),
        ("Level", "Level"),
    ]
    assert pieces("Service Level and Service Level", "Service Level", "Service") == [
        ("Service Level", "Service Level")
    ]


def test_a_term_is_spelled_as_defined_or_with_a_capital():
    assert pieces("Order", "order") == [("Order", "order")]
    assert pieces("order ORDER", "Order") == []


@pytest.mark.parametrize("quoted", ["“Order”", "«Order»", '"Order"', "„Order“", " Order "])
def test_quotation_marks_are_no_part_of_a_term(quoted):
    assert pieces("An Order.", quoted) == [("Order", quoted)]


def test_of_two_definitions_of_a_term_the_first_counts():
    body = [*defining("Order", "Order"), streams.text("One Order.")]
    assert links(body) == [("Order", 0)]


def test_the_pieces_are_what_a_search_for_each_term_finds():
    """Against a second way to find them: one expression for all, tried at every place."""
    chance = random.Random(5)  # noqa: S311 - generates cases
    cases = 0
    for _ in range(100):
        terms = chance.sample(WORDS, chance.randint(1, len(WORDS)))
        words = [*WORDS, "Services", "my", "Faults", "Order", "x+", "-"]
        text = " ".join(chance.choices(words, k=chance.randint(0, 12)))
        spelled = {spelling: term for term in terms for spelling in (_capital(term), term)}
        longest = sorted(spelled, key=len, reverse=True)
        either = "|".join(
            re.escape(term) + (r"(?!\w)" if term[-1] != "+" else "") for term in longest
        )
        expected = dict.fromkeys(
            spelled[match[0]] for match in re.finditer(rf"(?<!\w)(?:{either})", text)
        )
        assert [term for _words, term in pieces(text, *terms)] == list(expected), (text, terms)
        cases += bool(expected)
    assert cases > 60


def _capital(term):
    return term[0].upper() + term[1:]


def test_each_block_points_at_a_term_once():
    body = [
        *defining("Order"),
        streams.clause("About the Order", "An Order is an Order.", "Order again."),
        streams.listing("an Order,", "an Order again."),
        streams.text('See <a href="https://example.com/">the Order</a>. Then an Order.'),
    ]
    assert links(body) == [("Order", 0)] * 3
    page = html.document(made.content(body))
    assert re.search(r"About the Order\s*</h2>", page)
    assert ">the Order</a>" in page


def test_a_definition_points_at_others_and_not_at_itself():
    body = [
        streams.definition("Order", "An Order is sent to the Service."),
        streams.definition("Service", "What the Order is about."),
    ]
    assert links(body) == [("Service", 1), ("Order", 0)]


def test_a_defined_term_in_an_area_counts_too():
    area = streams.area("More")
    area["value"]["blocks"] = defining("Order")
    content = made.content([streams.text("An Order."), area])
    anchor = f"b-{area['value']['blocks'][0]['id']}"
    page = Page(html.document(content))
    assert page.all("a", href=f"#{anchor}")
    assert page.all("section", id=anchor)


def test_on_paper_they_lead_there_too():
    body = [*defining("Order"), streams.text("An Order."), streams.text("None.")]
    paper = Page(papers.bundle(made.content(body)).html)
    ids = [given["id"] for _tag, given in paper.elements if "id" in given]
    assert ids == [f"b-{body[0]['id']}"]
    assert [given["href"] for given in paper.all("a")] == [f"#{ids[0]}"]


def test_what_somebody_filled_in_is_no_term():
    body = [*defining("Kunde"), streams.text(f"{streams.chip('customer.name')}; the Kunde.")]
    page = html.document(made.content(body))
    assert '<span class="wc-value">Kunde AS</span>' in page
    assert links(body) == [("Kunde", 0)]


def test_hundreds_of_terms_of_one_beginning_do_not_hold_a_page_up():
    body = defining(*(f"Order {number}" for number in range(MOST + 50)))
    terms = Terms(made.content(body, values={}))
    assert len(terms.ids) == MOST
    text = "Order " * 20_000
    started = time.process_time()
    assert list(terms.split(text, set())) == [(text, "")]
    assert time.process_time() - started < 2
