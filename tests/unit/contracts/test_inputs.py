"""The inputs for data fields, and what comes back from them."""

from html import unescape

import pytest
from django.http import QueryDict

from tests.property.generated import field
from tests.unit.contracts import made
from tests.unit.contracts.pages import Page
from wagtail_contracts.contracts.core import answers
from wagtail_contracts.contracts.rendering.answers import answer_inputs, typed_from

KINDS = ("text", "long_text", "number", "money", "date", "email", "choice", "yes_no")


def only(kind, typed=None, **more):
    given = {} if typed is None else {"asked": typed}
    return answer_inputs([{**field(kind), **more}], given, {}, "en")["asked"]


def control(kind, typed=None, **more):
    return Page(only(kind, typed, **more).control).elements


@pytest.mark.parametrize(
    ("kind", "tag", "attributes"),
    [
        ("text", "input", {"type": "text"}),
        ("long_text", "textarea", {}),
        ("number", "input", {"type": "text", "inputmode": "decimal"}),
        ("money", "input", {"type": "text", "inputmode": "decimal"}),
        ("date", "input", {"type": "date"}),
        ("email", "input", {"type": "email", "autocomplete": "email"}),
    ],
)
def test_each_kind_has_the_control_that_phones_and_browsers_know(kind, tag, attributes):
    found = [given for name, given in control(kind) if name == tag]
    assert len(found) == 1
    assert found[0] == {
        **found[0],
        "class": "wc-control",
        "id": "a-asked",
        "name": "a-asked",
        **attributes,
    }


def test_a_choice_and_a_yes_or_no_are_buttons_with_labels():
    for kind, keys in (("choice", ["office", "extended"]), ("yes_no", ["yes", "no"])):
        found = control(kind)
        radios = [given for tag, given in found if tag == "input"]
        assert [given["value"] for given in radios] == keys
        assert [given["for"] for tag, given in found if tag == "label"] == [
            given["id"] for given in radios
        ]
        assert radios[0]["id"] == only(kind).id == "a-asked"


@pytest.mark.parametrize("kind", KINDS)
def test_no_control_asks_the_browser_to_refuse(kind):
    """What is missing is said by the server, so that saving for later always works."""
    refusing = {"required", "pattern", "maxlength", "min", "max"}
    assert [name for _tag, given in control(kind) for name in given if name in refusing] == []


def test_an_amount_names_its_currency():
    found = Page(only("money").control)
    assert found.all("span", id="a-asked-unit")
    assert found.all("input", **{"aria-describedby": "a-asked-unit"})
    assert "NOK" in found.words


def test_what_was_typed_stays_as_it_was_typed():
    for kind in ("text", "number", "money", "email"):
        typed = 'about "5" & <b>'
        assert [given["value"] for tag, given in control(kind, typed) if tag == "input"] == [typed]
    assert unescape(only("long_text", "a\nb <c>").control).count("a\nb <c>") == 1


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("2027-02-01", "date", "2027-02-01"),
        ("1.2.2027", "date", "2027-02-01"),
        ("in spring", "text", "in spring"),
    ],
)
def test_a_day_that_a_date_input_could_not_show_is_shown_as_text(typed, kind, value):
    [(_tag, given)] = control("date", typed)
    assert (given["type"], given["value"]) == (kind, value)


def test_what_was_not_typed_is_the_value_of_the_version():
    content = made.content()
    fields = content["fields"]
    inputs = answer_inputs(fields, {"invoice": ""}, {}, "nb", content=content)
    assert {key: item.value for key, item in inputs.items()} == {
        "price": "5300.00",
        "start": "2027-01-15",
        "notice": "3",
        "support": "office",
        "until": "",
        "invoice": "",
        "remarks": "",
        "named": "",
    }


def test_an_input_knows_what_is_missing():
    assert only("text").is_open
    assert not only("text", "x").is_open
    assert not only("text", required=False).is_open


def test_what_comes_back_is_the_answer_to_each_field():
    fields = [{**field("text"), "key": key} for key in ("a", "b", "c")]
    post = QueryDict("a-a=1&a-b=&digest=x&csrf=y&b-c=3")
    assert typed_from(post, fields) == {"a": "1", "b": "", "c": ""}


def test_an_answer_to_a_field_that_is_none_is_passed_on_to_be_refused():
    assert typed_from(QueryDict("a-a=1&a-price=2&a-=3"), [{**field("text"), "key": "a"}]) == {
        "a": "1",
        "price": "2",
        "": "3",
    }


def test_of_two_answers_where_one_is_asked_for_both_are_passed_on_to_be_refused():
    typed = typed_from(QueryDict("a-asked=1&a-asked=2"), [field("text")])
    assert typed == {"asked": ["1", "2"]}
    assert typed_from(QueryDict("a-asked=2"), [field("text")]) == {"asked": "2"}


@pytest.mark.parametrize("kind", sorted(answers.KINDS))
def test_what_was_sent_in_any_shape_has_a_control(kind):
    item = {**field(kind), "key": "x"}
    for raw in (["one", "two"], {"number": "1"}, "x", None):
        made = answer_inputs([item], {"x": raw}, {"x": "Wrong."}, "en")["x"]
        assert 'name="a-x' in made.control
