"""Product tables as HTML: a table once nothing can be chosen, rows with controls before."""

import pytest
from django.http import QueryDict

from tests.unit.contracts import made
from tests.unit.contracts.pages import Page
from tests.unit.contracts.test_product_tables import ROWS, block, row
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.kinds.base import Scope
from wagtail_contracts.contracts.core.kinds.products import KINDS
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering.answers import answer_inputs, typed_from
from wagtail_contracts.sealing.rendering import unprintable

HEAD = {"policy": "editable", "number": None, "condition": None}


def content(table, language="en"):
    return {**made.content(), "language": language, "fields": [], "values": [], "body": [table]}


def signed(rows=ROWS, language="en"):
    table = KINDS["products"].resolved({**HEAD, **block(rows)}, Scope({}))
    return html.document(content(table, language))


def choosing(typed=None, problems=None, rows=ROWS, **values):
    table = KINDS["products"].resolved({**HEAD, **block(rows)}, Scope(values, open=True))
    shown = content(table)
    inputs = answer_inputs(list(trees.asked([table])), typed, problems, "en", content=shown)
    return html.document(shown, inputs=inputs, language="en")


def test_what_was_chosen_is_a_table_without_controls():
    page = Page(signed())

    assert page.all("input") == []
    assert [head["scope"] for head in page.all("th")][:4] == ["col"] * 4
    assert "2.5 hours" in page.words.replace("\u00a0", " ")
    assert "17,200.00" in page.words
    assert "Backup" not in page.words


def test_rows_are_chosen_by_controls_that_need_no_script():
    page = Page(choosing(backup=True))
    inputs = [(item["type"], item["name"], item.get("value", "")) for item in page.all("input")]

    assert inputs == [
        ("hidden", "a-training", "no"),
        ("checkbox", "a-training", "yes"),
        ("hidden", "a-backup", "no"),
        ("checkbox", "a-backup", "yes"),
        ("radio", "a-table.1", "basic"),
        ("radio", "a-table.1", "plus"),
        ("text", "a-seats.quantity", "5"),
    ]
    checked = [item["id"] for item in page.all("input") if "checked" in item]
    assert checked == ["a-training", "a-backup", "a-table.1"]
    labels = {label["for"] for label in page.all("label")}
    shown = {item["id"] for item in page.all("input") if item["type"] != "hidden"}
    assert shown == labels


def test_a_fault_stands_at_its_row():
    page = Page(choosing({"seats.quantity": "7"}, {"seats.quantity": "Enter 5 to 50."}))

    [wrong] = [item for item in page.all("input") if "aria-invalid" in item]
    assert (wrong["name"], wrong["value"]) == ("a-seats.quantity", "7")
    assert wrong["aria-describedby"].split()[-1] == "a-seats.quantity-error"
    assert "Enter 5 to 50." in page.words


def test_what_people_wrote_is_escaped():
    hostile = [row("<script>x</script>", description="<b>", unit="<i>", sku="&", choice="optional")]

    chosen = [{**hostile[0], "value": {**hostile[0]["value"], "default": True}}]
    for text in (signed(chosen), choosing(rows=hostile)):
        assert not any(tag in text.lower() for tag in ("<script", "<b>", "<i>"))
        assert "&lt;Script&gt;" in text


@pytest.mark.parametrize("language", ["en", "nb"])
def test_our_own_characters_can_be_printed(language):
    assert not unprintable(Page(signed(language=language)).words)


def test_two_choices_where_one_is_expected_come_to_the_flow_as_two():
    asked = list(trees.asked([{**HEAD, "id": "table", **block()}]))
    honest = "a-backup=no&a-backup=yes&a-table.1=plus&a-seats.quantity=5"

    typed = typed_from(QueryDict(honest), asked)
    assert typed == {"training": "", "backup": "yes", "table.1": "plus", "seats.quantity": "5"}
    forged = typed_from(QueryDict(f"{honest}&a-table.1=basic&a-seats.quantity=10"), asked)
    assert (forged["table.1"], forged["seats.quantity"]) == (["plus", "basic"], ["5", "10"])
