"""The page of a list or a table: a box for each item and cell, without any script."""

import pytest
from django.urls import reverse

from tests import builders, suggestions, tables
from tests.public import visits
from wagtail_contracts.contracts.models import Suggestion

VALUES = {"price": {"amount": "5300.00", "currency": "NOK"}, "start": "2027-01-15"}
LIST, TABLE = "to be on time,", "Answers"


@pytest.fixture
def draft(sales, sender):
    page = builders.template(sales, "Lists", body=suggestions.LISTS)
    return builders.contract(page, sender, values=VALUES)


@pytest.fixture
def kari(in_review):
    in_review.kari.browser = visits.enter(in_review.kari)
    in_review.kari.stage = in_review
    return in_review.kari


def post(kari, name, typed, **more):
    wanted = suggestions.boxes(kari.stage.version, name, **typed)
    form = {**visits.shown(kari), "kind": "wording", **wanted.typed, **more}
    return kari.browser.post(address(kari, wanted.block), form)


def address(kari, block):
    return reverse("wagtail_contracts:suggest", args=[kari.public_id, block])


def boxes(answer):
    """What stands in the boxes of a page, by name."""
    sheet = answer.context["sheet"]
    cells = [cell for row in sheet.rows for cell in row.cells]
    return {box.name: box.text for box in [*sheet.boxes, *cells]}


def test_an_item_is_added_where_it_belongs_looked_at_and_sent(kari):
    with tables.unchanged():
        more = post(kari, LIST, {"item_1": "to be early,"}, add="1")
    page = more.content.decode()
    assert list(boxes(more)) == ["item-1", "item-1-1", "item-2"]
    assert boxes(more)["item-1"] == "to be early,"
    assert '<textarea class="wc-control" id="s-item-1-1"' in page
    assert page.count("autofocus") == 1

    typed = {"item_1": "", "item_1_1": "to be kind,"}
    with tables.unchanged():
        looked = post(kari, LIST, typed, do="look")
    page = looked.content.decode()
    assert "(taken out)" in page
    assert "Item 1" in page
    assert "Send the suggestion" in page

    sent = post(kari, LIST, typed, do="send")
    assert sent.status_code == 303
    page = kari.browser.get(sent.url).content.decode()
    assert "Item 1" in page.partition("wc-suggested")[2]
    assert "kind</ins>" in page.partition("wc-suggested")[2]
    assert Suggestion.objects.get().kind == "wording"


def test_a_cell_is_told_by_its_row_and_column(kari):
    block = suggestions.block(kari.stage.version, TABLE)["id"]
    page = kari.browser.get(address(kari, block)).content.decode()
    assert "Headings" in page
    assert "Row 2" in page
    with tables.unchanged():
        looked = post(kari, TABLE, {"cell_2_2": "2 hours"}, do="look").content.decode()
    assert "<del" in looked
    assert "1 hour" in looked
    assert "empty" in post(kari, TABLE, {"cell_2_2": ""}, do="look").content.decode()
    assert post(kari, TABLE, {"cell_2_2": "2 hours"}, do="send").status_code == 303


def test_what_can_not_be_read_is_told_at_its_item_and_nothing_is_lost(kari):
    with tables.unchanged(but=("ratewindow",)):
        answer = post(kari, LIST, {"item_1_1": "to pay {Prize} & more"}, do="send")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="s-item-1-1-error"' in page
    assert "{Prize} is not one of the names in braces" in page
    assert boxes(answer)["item-1-1"] == "to pay {Prize} & more"
    assert post(kari, LIST, {"item_1_1": "to pay {Price}"}, do="send").status_code == 303


def test_a_page_of_an_older_list_keeps_what_was_typed_where_it_belongs(kari):
    before = visits.shown(kari)
    other = suggestions.boxes(kari.stage.version, LIST, item_0_1="to begin well,")
    suggestions.accept(suggestions.suggest(kari.stage, other), kari.stage.owner)

    for do in ("look", "send"):
        with tables.unchanged(but=("ratewindow",)):
            answer = post(kari, LIST, {"item_1_1": "to be kind,"}, do=do, **before)
        assert boxes(answer)["item-2-1"] == "to be kind,"
        assert boxes(answer)["item-1"] == "to begin well,"
        assert "The contract changed while you had it open" in answer.content.decode()


@pytest.mark.parametrize(
    ("limit", "status", "told"),
    [
        ("contracts.flows.quotas.SUGGESTED_IN_A_DAY", 422, "You have made 1 suggestions"),
        ("signing.public.suggesting.AN_HOUR", 429, "Wait an hour and try again"),
    ],
)
def test_one_too_many_is_refused_and_what_was_typed_stays(kari, monkeypatch, limit, status, told):
    monkeypatch.setattr(f"wagtail_contracts.{limit}", 1)
    typed = {"item_1_1": "to be kind,"}
    assert post(kari, LIST, typed, do="send", reason="Because.").status_code == 303

    with tables.unchanged(but=("ratewindow",)):
        answer = post(kari, LIST, {"item_1_1": "to be good,"}, do="send", reason="Because.")

    assert answer.status_code == status
    assert boxes(answer)["item-1-1"] == "to be good,"
    assert ">Because.</textarea>" in answer.content.decode()
    assert told in answer.content.decode()
