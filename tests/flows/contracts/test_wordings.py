"""Of approved wordings one is chosen: no deviation, and the others are in no version."""

import pytest

from example_site import contents as made
from tests import builders
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts

BODY = [
    made.clause("Goods", "The seller sends the goods."),
    made.alternatives(
        ("A month", "Payment", "Paid within a month."),
        ("A week", "Payment", "Paid within a week."),
    ),
    made.signatures("Signatures"),
]


@pytest.fixture
def draft(sales, sender):
    page = builders.template(sales, "Sale", body=BODY, fields=[])
    return builders.contract(page, sender, values={})


def choose(draft, place):
    block = draft.body[1]
    block.value["chosen"] = block.value["wordings"].bound_blocks[place].id
    draft.save()
    draft.refresh_from_db()


def send(draft):
    by = builders.actor(draft.owner)
    return contracts.send(draft, builders.shown(draft), into="signing", by=by)


@pytest.mark.parametrize(("place", "held", "gone"), [(0, "month", "week"), (1, "week", "month")])
def test_the_chosen_wording_alone_is_signed_and_is_no_deviation(draft, place, held, gone):
    choose(draft, place)

    version = send(draft)

    assert f"Paid within a {held}." in version.record
    assert f"a {gone}" not in version.record.replace(held, "")
    [told] = version.content["alternatives"]
    assert told == {"block": draft.outline[1]["id"], "chosen": draft.body[1].value["chosen"]}
    assert not Event.objects.filter(name=events.DEVIATIONS_FOUND).exists()


def test_a_wording_of_ones_own_is_a_deviation(draft):
    item = draft.body[1].value["wordings"].bound_blocks[0]
    item.value["text"].source = "<p>Paid whenever it suits.</p>"
    draft.save()
    draft.refresh_from_db()

    send(draft)

    assert Event.objects.filter(name=events.DEVIATIONS_FOUND).exists()


def test_a_contract_has_wordings_of_its_own_that_are_chosen_among(draft):
    ids = {item.id for item in draft.body[1].value["wordings"].bound_blocks}
    assert ids.isdisjoint(item["id"] for item in BODY[1]["value"]["wordings"])
    choose(draft, 1)
    copied = contracts.duplicate(draft, by=builders.actor(draft.owner), owner=draft.owner)
    assert copied.body[1].value["chosen"] in {
        item.id for item in copied.body[1].value["wordings"].bound_blocks
    }
    assert copied.body[1].value["chosen"] not in ids
