"""Items of a list, cells of a table, columns, what stands in a group: suggested and accepted."""

import pytest

from tests import builders, suggestions, tables
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import content as tree
from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.errors import StaleVersion, SuggestionRefused
from wagtail_contracts.contracts.models import Contract

VALUES = {"price": {"amount": "5300.00", "currency": "NOK"}, "start": "2027-01-15"}
LIST, TABLE, COLUMNS = "to be on time,", "Answers", "Left side."


@pytest.fixture
def draft(sales, sender):
    page = builders.template(sales, "Lists", body=suggestions.LISTS)
    return builders.contract(page, sender, values=VALUES)


def newest(stage):
    return Contract.objects.get(pk=stage.contract.pk).current_version


def refused(error, call, *args, **options):
    with tables.unchanged(), pytest.raises(error) as found:
        call(*args, **options)
    return found.value


def suggested(stage, name, **typed):
    return suggestions.suggest(stage, suggestions.boxes(newest(stage), name, **typed))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"item_1": "to be early,"}, "1. to be early,\n2. to pay 5,300\u00a0NOK,"),
        ({"item_1": ""}, "1. to pay 5,300\u00a0NOK,"),
        (
            {"item_1_1": "to be kind,", "item_0_1": "to begin,"},
            "1. to begin,\n2. to be on time,\n3. to be kind,\n4. to pay 5,300\u00a0NOK,",
        ),
        ({"item_2": "to pay {Price} gladly."}, "2. to pay 5,300\u00a0NOK gladly."),
    ],
    ids=["changed", "taken out", "added", "with a value in it"],
)
def test_an_item_of_a_list_is_changed_taken_out_or_added(in_review, typed, said):
    at = suggestions.block(in_review.version, LIST)["id"]
    before = in_review.version

    version = suggestions.accept(suggested(in_review, LIST, **typed), in_review.owner)

    made = next(one for one in version.content["body"] if one["id"] == at)
    assert "\n".join(words_of(version, made)).endswith(said)
    was, now = ({b["id"]: b for b in v.whole["body"]} for v in (before, version))
    assert [id for id in was if was[id] != now[id]] == [at]
    contract = Contract.objects.get(pk=in_review.contract.pk)
    assert tree.body(plain(contract.body)) == version.whole["body"]
    assert builders.shown(contract) == version.content_digest


def words_of(version, block):
    return shown.text(block, version.content).split("\n")


def test_a_cell_and_a_column_are_changed_where_they_stand(in_review):
    cell = suggested(in_review, TABLE, cell_2_2="2 hours")
    column = suggested(in_review, COLUMNS, column_1="Left side, too.")
    suggestions.accept(cell, in_review.owner)

    version = suggestions.accept(column, in_review.owner)

    assert suggestions.text(version, TABLE) == "Answers\nFault | Answer\nDown | 2 hours"
    columns = suggestions.block(version, "Left side, too.")["columns"]
    assert [node["marks"] for node in columns[0][0]["content"]] == [[], ["bold"], []]
    assert builders.shown(Contract.objects.get(pk=in_review.contract.pk)) == version.content_digest


def test_what_stands_in_an_editable_group_is_open_as_if_it_stood_outside(in_review):
    wanted = suggestions.wish(in_review.version, "Where", "To the gate.")

    version = suggestions.accept(suggestions.suggest(in_review, wanted), in_review.owner)

    assert suggestions.text(version, "Where") == "Where\nTo the gate."


def test_what_the_template_locks_and_what_can_not_be_read_is_refused(in_review):
    locked = suggestions.block(in_review.version, "of silver,")["id"]
    wanted = contracts.Wish("wording", locked, {"item-1": "of tin,", "item-2": "of gold."})
    refused(SuggestionRefused, suggestions.suggest, in_review, wanted)
    for name, typed, box in (
        (LIST, {"item_1": "", "item_2": ""}, "item-2"),
        (LIST, {"item_2": "to pay {Prize},"}, "item-2"),
        (LIST, {"item_1_1": "\u202eback"}, "item-1-1"),
        (LIST, {f"item_1_{at}": "more" for at in range(1, 200)}, ""),
        (TABLE, {"cell_2_1": "x" * 20_001}, "cell-2-1"),
        (COLUMNS, {"column_2": ""}, "column-2"),
    ):
        error = refused(SuggestionRefused, suggested, in_review, name, **typed)
        assert list(error.problems) == [box]
    assert suggested(in_review, LIST, item_1_1="to be kind,").is_open


def test_the_second_one_on_a_list_goes_into_todays_items_or_is_refused(in_review):
    first = suggested(in_review, LIST, item_0_1="to begin well,")
    second = suggested(in_review, LIST, item_2="to pay {Price} in June,")
    third = suggested(in_review, LIST, item_0_1="to begin badly,")
    shown = contracts.fit_of(second).digest
    suggestions.accept(first, in_review.owner)

    refused(StaleVersion, contracts.accept, second, shown, by=in_review.owner)
    refused(StaleVersion, suggestions.accept, third, in_review.owner)
    version = suggestions.accept(second, in_review.owner)
    items = suggestions.block(version, "to begin well,")["items"]
    assert [item["number"] for item in items] == ["1.", "2.", "3."]
    said = "\n".join(words_of(version, suggestions.block(version, "to begin well,")))
    assert said.endswith("3. to pay 5,300\u00a0NOK in June,")


def test_a_cell_goes_into_a_table_that_got_a_row_and_keeps_what_was_changed(in_review):
    suggestion = suggested(in_review, TABLE, cell_2_2="2 hours")
    rows = [("Fault", "Answer"), ("Slow", "1 day"), ("Down", "1 hour")]
    publish_rows(in_review, rows)

    version = suggestions.accept(suggestion, in_review.owner)

    assert suggestions.text(version, TABLE).endswith("Slow | 1 day\nDown | 2 hours")
    again = suggested(in_review, TABLE, cell_3_2="3 hours")
    publish_rows(in_review, [*rows[:2], ("Down", "4 hours")])
    refused(StaleVersion, suggestions.accept, again, in_review.owner)


def publish_rows(stage, rows):
    """The owner makes a version with other rows in the table."""
    contract = Contract.objects.get(pk=stage.contract.pk)
    body = plain(contract.body)
    entry = next(one for one in body if one["type"] == "table")
    entry["value"]["rows"] = [{"cells": list(row)} for row in rows]
    contract.body = body
    contract.save()
    contracts.revise(contract, builders.shown(contract), "Rows", by=stage.owner)


def test_what_was_typed_on_an_older_list_stands_in_the_boxes_of_the_newer_one(in_review):
    before = newest(in_review)
    typed = suggestions.boxes(before, LIST, item_2="to pay {Price} in June,", item_2_1="and so on.")
    other = suggested(in_review, LIST, item_0_1="to begin well,")
    suggestions.accept(other, in_review.owner)
    contract = Contract.objects.get(pk=in_review.contract.pk)

    found = contracts.on_newest(contract, before.digest, typed)

    assert found == {
        "item-1": "to begin well,",
        "item-2": "to be on time,",
        "item-3": "to pay {Price} in June,",
        "item-3-1": "and so on.",
    }
    clash = suggestions.boxes(before, LIST, item_0_1="to begin badly,")
    laid = contracts.on_newest(contract, before.digest, clash)
    assert sorted(filter(None, laid.values())) == sorted(clash.typed.values())


def test_a_large_table_is_talked_about_and_not_read_as_a_form(in_review):
    open_ = contracts.open_places(in_review.version).wordings
    assert suggestions.block(in_review.version, TABLE)["id"] in open_
    rows = [tuple(f"{row} {at}" for at in range(20)) for row in range(26)]
    publish_rows(in_review, rows)

    at = next(b["id"] for b in trees.blocks(newest(in_review).content["body"]) if "rows" in b)
    assert at not in contracts.open_places(newest(in_review)).wordings
