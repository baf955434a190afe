"""How a contract differs from its own outline."""

import copy

from example_site import contents as streams
from wagtail_contracts.contracts.core import deviations
from wagtail_contracts.contracts.core.content import body

OUTLINE = [
    streams.clause("A", "a"),
    streams.clause("B", "b", policy="optional"),
    streams.clause("C", "c", policy="editable"),
    streams.area("Mer"),
]


def found(entries):
    return [
        (item["kind"], item["block"]) for item in deviations.found(body(OUTLINE), body(entries))
    ]


def test_the_outline_itself_does_not_deviate():
    assert found(OUTLINE) == []


def test_a_block_that_was_left_out_is_one_and_the_new_numbers_are_none():
    assert found([OUTLINE[0], *OUTLINE[2:]]) == [("left_out", OUTLINE[1]["id"])]


def test_other_words_are_a_deviation():
    changed = copy.deepcopy(OUTLINE)
    changed[2]["value"]["text"] = "<p>other</p>"
    assert found(changed) == [("changed", OUTLINE[2]["id"])]


def test_what_is_written_in_an_area_is_a_change_of_the_area():
    changed = copy.deepcopy(OUTLINE)
    changed[3]["value"]["blocks"] = [streams.clause("D", "d")]
    assert found(changed) == [("changed", OUTLINE[3]["id"])]


def test_a_block_that_no_template_knows_is_a_deviation():
    more = streams.text("x")
    assert found([*OUTLINE, more]) == [("added", more["id"])]
