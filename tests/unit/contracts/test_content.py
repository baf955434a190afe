"""From stored streams to the canonical content."""

import pytest

from example_site import contents as streams
from tests.unit.contracts import made
from wagtail_contracts.contracts.core.kinds.base import values_of
from wagtail_contracts.contracts.core.richtext import Unreadable


def test_references_stay_references_and_values_stand_once():
    content = made.content()
    assert str(content["body"]).count("5300") == 0
    assert [item["key"] for item in content["values"]] == [
        field["key"] for field in content["fields"]
    ]
    assert {"key": "price", "value": made.VALUES["price"]} in content["values"]


def test_a_value_without_a_definition_is_no_part_of_it():
    more = made.content(values={**made.VALUES, "unknown": "x"})
    assert more == made.content()


def test_clauses_in_an_area_count_with_those_around_it():
    area = streams.area("Mer")
    area["value"]["blocks"] = [streams.clause("B", "b"), streams.clause("", "c", level=2)]
    body = made.content([streams.clause("A", "a"), area, streams.clause("D", "d")])["body"]
    assert [body[0]["number"], body[2]["number"]] == ["1", "3"]
    assert [block["number"] for block in body[1]["blocks"]] == ["2", "2.1"]


def test_parties_stand_in_the_order_of_their_roles_and_know_their_side():
    parties = [made.party("customer", "K"), made.party("supplier", "L")]
    found = made.content(parties=parties)["parties"]
    assert [(party["role"], party["label"], party["own"]) for party in found] == [
        ("supplier", "Leverandøren", True),
        ("customer", "Kunden", False),
    ]


def test_a_party_without_a_role_is_no_party():
    parties = [made.party("customer", "K"), made.party("stranger", "S")]
    assert [party["role"] for party in made.content(parties=parties)["parties"]] == ["customer"]


def test_short_rows_are_filled_up():
    body = made.content([streams.table("T", ("a", "b", "c"), ("d",))])["body"]
    assert [len(row) for row in body[0]["rows"]] == [3, 3]


def test_text_is_in_normal_form_and_cut_at_its_ends():
    content = made.content([streams.area(" a\u030a ")], title=" A\u030arlig\r\n ")
    assert (content["title"], content["body"][0]["title"]) == ("Årlig", "å")


def test_items_of_a_list_may_be_stored_with_or_without_an_id():
    assert values_of([streams.item("a"), "b", {"level": "1"}]) == ["a", "b", {"level": "1"}]


@pytest.mark.parametrize("html", ["<script>x</script>", "<p>x", '<a href="http://a.example">x</a>'])
def test_text_that_has_no_place_is_refused(html):
    body = streams.text("x")
    assert made.content([body])
    body = {**body, "value": {**body["value"], "text": html}}
    with pytest.raises(Unreadable):
        made.content([body])
