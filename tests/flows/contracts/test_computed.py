"""A computed field is filled in by nobody; its value stands in every version like any other."""

import pytest
from django.utils.html import strip_tags

from example_site import contents as made
from tests import builders, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.errors import AnswersRefused
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.rendering import html

FIELDS = [
    made.field("money", "rate", "Rate", "supplier", currency="NOK"),
    made.field("date", "start", "Start", "supplier"),
    made.field("number", "hours", "Hours", "customer"),
    made.computed("fee", "Fee", "money", "product", "hours", "rate", currency="NOK"),
    made.computed("end", "End", "date", "later", "start", number=1, unit="month"),
    made.computed("large", "Large", "yes_no", expression="fee > 10000 NOK"),
]
BODY = [
    made.text(f"{made.chip('hours')} hours cost {made.chip('fee')}, until {made.chip('end')}."),
    made.shown_if(made.text("A board has agreed."), "large", "is", "yes", "yes_no"),
    made.signatures("Signatures"),
]
OURS = {"rate": "1 250,50", "start": "2027-01-31"}


@pytest.fixture
def draft(sales, sender):
    page = builders.template(sales, "Work", body=BODY, fields=FIELDS)
    return builders.contract(page, sender, values=OURS)


@pytest.fixture
def kari(draft, sender):
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return Participant.objects.get(party__contract=draft, party__role="customer")


def answer(kari, typed):
    version = kari.party.contract.versions.latest()
    return contracts.answer(kari, version.digest, typed, by=builders.guest(kari))


def test_it_is_computed_as_soon_as_all_is_there(draft, kari):
    first = trees.values_by_key(draft.versions.get().content)
    assert (first["fee"], first["end"], first["large"]) == (None, "2027-02-28", None)

    version = answer(kari, {"hours": "7,5"})

    found = trees.values_by_key(version.content)
    assert found["fee"] == {"amount": "9378.75", "currency": "NOK"}
    assert found["large"] is False
    assert version.unanswered == []
    seen = strip_tags(str(html.document(version.content))).replace("\xa0", " ")
    assert "7.5 hours cost 9,378.75 NOK, until 28 February 2027." in " ".join(seen.split())
    assert "board" not in version.record


def test_a_condition_may_ask_for_it(kari):
    assert "A board has agreed." in answer(kari, {"hours": "8"}).record


def test_nobody_fills_it_in(kari):
    assert [field["key"] for field in contracts.fields_of(kari, _content(kari))] == ["hours"]
    with tables.unchanged(), pytest.raises(AnswersRefused):
        answer(kari, {"hours": "8", "fee": "1"})
    assert answer(kari, {"hours": "8"}).number == 2


def test_what_our_own_side_claims_for_it_is_forgotten(draft):
    draft.values = {**draft.values, "fee": {"amount": "1.00", "currency": "NOK"}, "large": True}
    found = trees.values_by_key(contracts.compose(draft))
    assert (found["fee"], found["large"], found["end"]) == (None, None, "2027-02-28")


def _content(kari):
    return kari.party.contract.versions.latest().content
