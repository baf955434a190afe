"""What a condition hides is in no version; what was typed there comes back with it."""

import json

import pytest
from django.utils.html import strip_tags

from example_site import contents as made
from tests import builders, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.errors import AnswersRefused
from wagtail_contracts.contracts.models import AnswerDraft, Participant
from wagtail_contracts.contracts.rendering import html

FIELDS = [
    made.field("yes_no", "delivery", "Delivery", "customer"),
    made.field("text", "place", "Delivered to", "customer"),
    made.field("text", "floor", "Floor", "customer", required=False),
]
BODY = [
    made.clause("Goods", "The seller sends the goods."),
    made.place("delivery"),
    made.shown_if(
        made.group(
            "With delivery", made.clause("Delivery", "Brought to a door."), made.place("place")
        ),
        "delivery",
        "is",
        "yes",
        "yes_no",
    ),
    made.shown_if(made.text(f"Up to floor {made.chip('floor')}."), "place", "filled"),
    made.clause("Price", "It costs 100."),
    made.signatures("Signatures"),
]
NO, YES = {"delivery": "no"}, {"delivery": "yes", "place": "Storgata 1"}


@pytest.fixture
def kari(sales, sender):
    page = builders.template(sales, "Sale", body=BODY, fields=FIELDS)
    draft = builders.contract(page, sender, values={})
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return Participant.objects.get(party__contract=draft, party__role="customer")


def answer(kari, typed):
    version = kari.party.contract.versions.latest()
    return contracts.answer(kari, version.digest, typed, by=builders.guest(kari))


def keys(content):
    return {field["key"] for field in content["fields"]}


def test_what_is_hidden_is_in_no_part_of_the_version_and_takes_no_number(kari):
    version = answer(kari, NO)

    assert keys(version.content) == {"delivery"}
    assert [item["key"] for item in version.content["values"]] == ["delivery"]
    numbers = {block["id"]: block["number"] for block in version.content["body"]}
    assert [number for number in numbers.values() if number] == ["1", "2"]
    seen = strip_tags(str(html.document(version.content)))
    for hidden in ("door", "Delivered to", "Floor"):
        assert hidden not in version.record
        assert hidden not in seen
    assert version.unanswered == []


def test_what_a_condition_shows_is_there_and_needed(kari):
    with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
        answer(kari, {"delivery": "yes", "place": ""})
    assert list(refused.value.problems) == ["place"]

    version = answer(kari, {**YES, "floor": "3"})

    assert keys(version.content) == {"delivery", "place", "floor"}
    assert "Brought to a door." in version.record
    assert [item["block"] for item in version.content["conditions"]] == [
        block["id"] for block in trees.blocks(version.content["body"]) if block["condition"]
    ]
    assert [
        block["number"] for block in trees.blocks(version.content["body"]) if block["number"]
    ] == [
        "1",
        "2",
        "3",
    ]


def test_an_answer_to_what_is_hidden_is_refused(kari):
    with tables.unchanged(), pytest.raises(AnswersRefused) as refused:
        answer(kari, {**NO, "place": "Storgata 1"})
    assert list(refused.value.problems) == ["place"]

    assert answer(kari, {**NO, "place": ""}).number == 2


def test_switching_back_restores_what_was_typed(kari):
    contracts.save_answers(kari, YES, by=builders.guest(kari))
    hiding = answer(
        kari, {**NO, "place": "Storgata 1"}
    )  # on the page as it was shown, it stood there
    assert "Storgata" not in hiding.record

    shown = contracts.offered(kari, hiding, {"delivery": "yes"})

    assert trees.values_by_key(shown)["place"] == "Storgata 1"
    assert "Storgata 1" in answer(kari, YES).record


def test_what_was_kept_and_hidden_before_the_answers_is_not_lost(kari):
    contracts.save_answers(kari, {**YES, "delivery": "no"}, by=builders.guest(kari))
    hiding = answer(kari, NO)
    assert not AnswerDraft.objects.exists()
    assert trees.values_by_key(contracts.offered(kari, hiding, {"delivery": "yes"}))["place"] == (
        "Storgata 1"
    )


def test_another_offer_is_another_version_even_where_nothing_else_differs(kari):
    contract = kari.party.contract
    hidden = contract.body[2].value["blocks"][0].value["text"]
    hidden.source = "<p>Left at a corner.</p>"
    contract.save()
    contract.refresh_from_db()
    old = contract.current_version

    by = builders.actor(contract.owner)
    new = contracts.revise(contract, builders.shown(contract), "Another offer", by=by)

    assert new.number == old.number + 1
    same = {"offer": None}
    assert new.content | same == old.content | same
    assert new.content["offer"] != old.content["offer"]
    assert "corner" in json.dumps(new.whole)
    contract.refresh_from_db()
    assert list(contracts.version_faults(contract)) == []
