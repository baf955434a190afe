"""Questions to a content tree."""

from example_site import contents as streams
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import trees

CHIP = streams.chip


def test_blocks_in_an_area_come_after_it():
    area = streams.area("Mer")
    area["value"]["blocks"] = [streams.clause("A", "a"), streams.text("b")]
    content = made.content([area, streams.heading("C")])
    assert [block["type"] for block in trees.blocks(content["body"])] == [
        "area",
        "clause",
        "text",
        "heading",
    ]


def test_a_field_is_placed_wherever_a_reader_may_find_it():
    link = f'<a href="https://a.example">{CHIP("start")}</a>'
    body = [
        streams.heading(CHIP("price")),
        streams.listing(link),
        streams.table("T", ("a", CHIP("invoice"))),
        streams.place("support"),
    ]
    assert trees.placed(made.content(body)) == {"price", "start", "invoice", "support"}
    assert trees.placed(made.content([])) == set()


def test_what_stands_in_options_alone_is_needed_once_it_is_chosen():
    body = [streams.place("support")]
    office = made.content(body, values={"support": "office"})
    extended = made.content(body, values={"support": "extended"})
    assert "until" not in trees.needed(office)
    assert "until" in trees.needed(extended)
    everywhere = made.content([*body, streams.text(CHIP("until"))], values={"support": "office"})
    assert "until" in trees.needed(everywhere)


def test_a_required_field_without_any_place_is_needed_and_an_optional_one_is_not():
    content = made.content([], values={})
    assert {"price", "start"} <= trees.needed(content)
    assert "remarks" not in trees.needed(content)
    assert [field["key"] for field in trees.unanswered(content)] == [
        "price",
        "start",
        "notice",
        "support",
        "invoice",
    ]


def test_an_answer_takes_the_place_of_the_value_and_nothing_else():
    content = made.content()
    answered = trees.with_values(content, {"until": "21", "unknown": "x"})
    assert trees.values_by_key(answered) == {**trees.values_by_key(content), "until": "21"}
    assert {**answered, "values": content["values"]} == content


def test_the_fonts_are_asked_for_every_text_that_is_printed():
    area = streams.area("area-title")
    area["value"]["blocks"] = [streams.clause("nested-heading", "nested-text")]
    body = [
        streams.clause("heading", '<a href="https://a.example">link-words</a>'),
        streams.listing("list-item"),
        streams.table("caption", ("cell",)),
        area,
        streams.signatures("signatures-title"),
    ]
    content = made.content(body, values={**made.VALUES, "until": "answer"}, title="the-title")
    asked = " ".join(trees.texts(content))
    printed = (
        "heading link-words list-item caption cell area-title nested-heading nested-text "
        "signatures-title answer the-title Eksempel 999999999 Nordmann daglig Kontortid"
    )
    assert [word for word in printed.split(" ") if word not in asked] == []
