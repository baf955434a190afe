"""The page where somebody suggests: typed, looked at, sent; and what became of it."""

import pytest
from django.urls import reverse

from example_site import contents as made
from tests import builders, journeys, suggestions, tables
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Suggestion

VALUES = {"price": {"amount": "5300.00", "currency": "NOK"}, "start": "2027-01-15"}
WORDS = {"kind": "wording", "heading": "Price", "content": "It costs {Price} a month. Paid in May."}


@pytest.fixture
def draft(sales, sender):
    page = builders.template(sales, "Seats", body=suggestions.BODY)
    return builders.contract(page, sender, values=VALUES)


def address(person, name):
    at = suggestions.block(visits.current(person), name)["id"]
    return reverse("wagtail_contracts:suggest", args=[person.public_id, at])


def post(browser, person, name, form, do):
    return browser.post(address(person, name), {**visits.shown(person), **form, "do": do})


def test_a_suggestion_is_looked_at_before_it_is_sent_and_its_state_is_told(in_review):
    kari = in_review.kari
    browser = visits.enter(kari)
    words = browser.get(address(kari, "Price")).content.decode()
    assert "It costs {Price} a month. It is paid in June." in words
    with tables.unchanged():
        looked = post(browser, kari, "Price", WORDS, "look")
    assert "<del>" in looked.content.decode()
    assert "Send the suggestion" in looked.content.decode()

    sent = post(browser, kari, "Price", {**WORDS, "reason": "May suits us."}, "send")

    page = browser.get(sent.url).content.decode()
    assert "Your suggestion is sent" in page
    assert "May suits us." in page
    assert "It waits for an answer" in page
    contracts.dismiss(Suggestion.objects.get(), "June it is.", by=in_review.owner)
    page = browser.get(visits.page("contract", kari)).content.decode()
    assert "did not take it into the contract" in page
    assert "June it is." in page


def test_what_is_not_open_to_suggestions_has_no_page(in_review):
    kari = in_review.kari
    browser = visits.enter(kari)

    page = browser.get(visits.page("contract", kari)).content.decode()
    for name, status in (("Law", 404), ("Price", 200), ("More terms", 200), ("Seats", 200)):
        assert browser.get(address(kari, name)).status_code == status
        assert (address(kari, name) in page) == (status == 200)
    with tables.unchanged(but=("sessions",)):
        assert post(browser, kari, "Law", WORDS, "send").status_code == 404
    assert post(browser, kari, "Price", WORDS, "send").status_code == 303


def test_an_open_area_of_which_nothing_is_printed_is_led_to_at_the_end_of_the_text(in_review):
    kari = in_review.kari
    browser = visits.enter(kari)
    titles = {one["value"].get("title"): one["id"] for one in in_review.contract.outline}
    page = reverse("wagtail_contracts:suggest", args=[kari.public_id, titles["Not printed"]])

    text = browser.get(visits.page("contract", kari)).content.decode()

    assert page in text.partition('data-part="talk-rest"')[2]
    assert "Not printed" not in text.partition('data-part="talk-rest"')[0]
    form = {"kind": "clause", "heading": "New", "content": "More.", "do": "send"}
    assert browser.post(page, {**visits.shown(kari), **form}).status_code == 303


def test_a_broken_name_in_braces_is_told_at_its_box_and_nothing_is_lost(in_review):
    kari = in_review.kari
    browser = visits.enter(kari)
    torn = {**WORDS, "content": "It costs {Pric} a month & more"}

    with tables.unchanged(but=("ratewindow",)):
        answer = post(browser, kari, "Price", torn, "send")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "{Pric} is not one of the names in braces" in page
    assert "a month &amp; more" in page
    assert post(browser, kari, "Price", WORDS, "send").status_code == 303


def test_values_quantities_and_clauses_go_the_same_way(in_review):
    kari = in_review.kari
    browser = visits.enter(kari)
    row = suggestions.block(in_review.version, "Seats")["rows"][0]["id"]
    for name, form in (
        ("Service", {"kind": "values", "a-start": "2027-02-01"}),
        ("Seats", {"kind": "values", f"a-{row}": "2"}),
        ("More terms", {"kind": "clause", "heading": "New", "content": "More.\n\n- one"}),
    ):
        looked = post(browser, kari, name, form, "look").content.decode()
        assert "<ins" in looked
        assert "Send the suggestion" in looked
        assert post(browser, kari, name, form, "send").status_code == 303
    kinds = Suggestion.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["values", "values", "clause"]


def test_a_page_of_an_older_version_sends_nothing_and_keeps_what_was_typed(in_review):
    kari = in_review.kari
    browser = visits.enter(kari)
    before = visits.shown(kari)
    suggestions.accept(
        suggestions.suggest(in_review, suggestions.clause(in_review.version, "x")), in_review.owner
    )

    with tables.unchanged(but=("ratewindow",)):
        answer = browser.post(address(kari, "Price"), {**before, **WORDS, "do": "send"})

    assert answer.status_code == 409
    assert "Paid in May." in answer.content.decode()
    assert post(browser, kari, "Price", WORDS, "send").status_code == 303


def test_whoever_signs_is_told_of_open_suggestions(answered):
    kari = answered.kari
    browser = visits.enter(kari)
    told = "You have 1 open suggestion"
    assert told not in browser.get(visits.page("sign", kari)).content.decode()

    suggestions.suggest(answered, suggestions.wish(visits.current(kari), "Price", "Free."))

    assert told in browser.get(visits.page("sign", kari)).content.decode()


def test_an_approved_wording_is_chosen_on_the_same_page(sales, sender):
    kinds = made.alternatives(
        ("A month", "Notice", "A month."), ("A week", "Notice", "A week."), others=True
    )
    page = builders.template(sales, "Choice", body=[kinds, *suggestions.BODY])
    draft = builders.contract(page, sender, values=VALUES)
    shown = builders.shown(draft)
    contracts.send(draft, shown, into="negotiating", by=builders.actor(sender))
    kari = journeys.stage(draft, sender).kari
    browser = visits.enter(kari)
    words = browser.get(address(kari, "Notice")).content.decode()
    assert "A week." in words
    assert "A month." in words
    week = visits.current(kari).whole["body"][0]["wordings"][1]["id"]

    answer = browser.post(
        address(kari, "Notice"), {**visits.shown(kari), "kind": "alternative", "chosen": week}
    )

    assert answer.status_code == 303
    assert suggestions.text(visits.current(kari), "Notice") == "Notice\nA week."
