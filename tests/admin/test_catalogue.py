"""The catalogue in the admin: filled after a look, picked from, and unknown to strangers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import builders, tables

HEADER = "sku,name,price,currency,vat\n"
GOOD = f"{HEADER}A-1,Desk,1200.50,NOK,25\n"
FILL, PICK = (f"wagtail_contracts_catalogue:{name}" for name in ("fill", "pick"))


@pytest.fixture
def editor(client, sender):
    client.force_login(sender)
    return client


def posted(workspace, text, do="check", **more):
    file = SimpleUploadedFile("list.csv", text.encode("utf-8-sig"))
    return {"workspace": workspace.pk, "file": file, "do": do, **more}


def test_a_file_is_looked_at_before_it_is_stored(editor, sales):
    with tables.unchanged():
        shown = editor.post(reverse(FILL), posted(sales, GOOD))
    assert "New items: 1. Changed items: 0." in shown.content.decode()
    again = shown.context["form"].initial

    editor.post(
        reverse(FILL), {"workspace": again["workspace"].pk, "text": again["text"], "do": "fill"}
    )
    assert sales.catalogue.get().row()["price"] == "1200.5"


@pytest.mark.parametrize("do", ["check", "fill"])
def test_each_bad_line_is_named_and_nothing_is_stored(editor, sales, do):
    bad = GOOD + "A-2,,x,NOK,25\nA-1,Desk,1,NOK,25\n"

    with tables.unchanged():
        shown = editor.post(reverse(FILL), posted(sales, bad, do=do))

    assert shown.context["problems"] == [
        "Line 3: “name” is empty.",
        "Line 3: “x” is no price with at most four decimals.",
        "Line 4: The item number A-1 stands in line 2, too.",
    ]
    editor.post(reverse(FILL), posted(sales, GOOD, do=do))
    assert sales.catalogue.count() == (do == "fill")


def test_no_file_is_asked_for_again(editor, sales):
    with tables.unchanged():
        shown = editor.post(reverse(FILL), {"workspace": sales.pk, "do": "fill"})

    assert shown.context["form"].errors == {"file": ["Choose a file."]}


def test_a_foreign_workspace_is_not_found(editor, sales):
    other = builders.workspace("legal")
    addresses = (reverse(FILL), reverse("wagtail_contracts_catalogue:add"))

    for address in addresses:
        with tables.unchanged():
            assert editor.get(f"{address}?workspace={other.pk}").status_code == 404
            assert editor.post(address, posted(other, GOOD, do="fill")).status_code == 404
        assert editor.get(f"{address}?workspace={sales.pk}").status_code == 200


def test_one_picks_among_what_one_sees_in_the_currency_of_the_table(editor, sales):
    item = {"name": "Desk", "vat": 25, "price": 5}
    sales.catalogue.create(sku="A-1", currency="NOK", **item)
    sales.catalogue.create(sku="A-2", currency="EUR", **item)
    builders.workspace("legal").catalogue.create(sku="A-3", currency="NOK", **item)

    def found(**asked):
        return [item["row"]["sku"] for item in editor.get(reverse(PICK), asked).json()["items"]]

    assert found(currency="NOK") == ["A-1"]
    assert found(currency="NOK", q="des") == ["A-1"]
    assert found(currency="EUR", q="A-2") == ["A-2"]
    assert found(currency="NOK", q="chair") == []
    assert found() == []
    answer = editor.get(reverse(PICK), {"currency": "NOK"}).json()["items"][0]
    assert answer["row"] == {
        "sku": "A-1",
        "name": "Desk",
        "description": "",
        "unit": "",
        "price": "5",
        "vat": "25",
        "period": "once",
    }
