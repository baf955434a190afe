"""What pickers store, and the expression that it means."""

import json

import pytest

from wagtail_contracts.contracts.core import conditions
from wagtail_contracts.contracts.core.expressions import Type, check, holds


def picked(key, operator, kind="", value="", currency=""):
    return {"key": key, "operator": operator, "kind": kind, "value": value, "currency": currency}


def stored(*tests, join="all", expression=""):
    return {"join": join, "tests": list(tests), "expression": expression}


KINDS = {
    "plan": Type("choice", options=frozenset(("month", "year"))),
    "extras": Type("choices", options=frozenset(("garage", "cellar"))),
    "pets": Type("yes_no"),
    "area": Type("number"),
    "rent": Type("money", "NOK"),
    "start": Type("date"),
    "name": Type("text"),
    "no": Type("yes_no"),
    "1f-9": Type("number"),
}
COMPILED = [
    (picked("plan", "is", "choice", "month"), 'plan = "month"'),
    (picked("plan", "is_not", "choice", "month"), 'plan != "month"'),
    (picked("extras", "contains", "multiple", "garage"), 'extras contains "garage"'),
    (picked("extras", "lacks", "multiple", "garage"), 'not extras contains "garage"'),
    (picked("pets", "is", "yes_no", "no"), "pets = no"),
    (picked("no", "is", "yes_no", "yes"), "{no} = yes"),
    (picked("area", "more", "number", "1 000,50"), "area > 1000.5"),
    (picked("area", "less", "number", "-2"), "area < -2"),
    (picked("1f-9", "at_least", "number", "100"), "{1f-9} >= 100"),
    (picked("rent", "at_most", "money", "5 300,50", "NOK"), "rent <= 5300.50 NOK"),
    (picked("start", "at_least", "date", "31.12.2026"), "start >= 2026-12-31"),
    (picked("name", "is", "text", 'say "hi"'), 'name = "say ""hi"""'),
    (picked("name", "filled", "text"), "name is filled in"),
    (picked("area", "empty", "number"), "area is empty"),
]


@pytest.mark.parametrize(("test", "text"), COMPILED, ids=[text for _test, text in COMPILED])
def test_a_test_means_an_expression(test, text):
    assert conditions.compiled(stored(test)) == text
    assert list(conditions.problems(stored(test))) == []
    assert check(text, KINDS).kind == "yes_no"


def test_all_and_any_join_tests():
    two = [COMPILED[4][0], COMPILED[0][0]]
    assert conditions.compiled(stored(*two)) == 'pets = no and plan = "month"'
    assert conditions.compiled(stored(*two, join="any")) == 'pets = no or plan = "month"'


def test_all_of_a_list_with_a_negation_means_all_of_them():
    tests = [picked("extras", "lacks", "multiple", "garage"), picked("pets", "is", "yes_no", "yes")]
    text = conditions.compiled(stored(*tests))
    assert holds(text, {"extras": ["cellar"], "pets": True})
    assert not holds(text, {"extras": ["cellar"], "pets": False})
    assert not holds(text, {"extras": ["garage"], "pets": True})


def test_the_expression_of_an_expert_comes_before_the_tests():
    assert conditions.compiled(stored(COMPILED[0][0], expression="area > 3")) == "area > 3"


UNFINISHED = [
    picked("", "is", "choice", "month"),
    picked("plan", "", "choice", "month"),
    picked("plan", "equals", "choice", "month"),
    picked("plan", "is", "choice", ""),
    picked("rent", "is", "money", "12", ""),
    picked("rent", "is", "money", "12", "kr"),
    picked("area} or {plan", "filled"),
    picked("area", "is", "number", "many"),
    picked("start", "is", "date", "2026-02-30"),
    picked("pets", "is", "yes_no", "maybe"),
]


@pytest.mark.parametrize("test", UNFINISHED, ids=range(len(UNFINISHED)))
def test_a_test_that_is_not_finished_says_nothing_and_is_named(test):
    assert conditions.compiled(stored(test)) is None
    assert conditions.compiled(stored(test, COMPILED[4][0])) == "pets = no"
    assert [place for place, _wrong in conditions.problems(stored(COMPILED[4][0], test))] == [1]


@pytest.mark.parametrize(
    "posted",
    [
        None,
        "",
        "{",
        "[]",
        "[" * 100_000,
        "3",
        '{"tests": 5}',
        {"tests": [3, None]},
        {"join": "any"},
    ],
    ids=range(9),
)
def test_what_has_another_shape_is_no_condition(posted):
    assert conditions.read(posted) is None
    assert conditions.compiled(posted) is None


def test_a_post_is_read_into_texts_and_nothing_else():
    test = {**COMPILED[0][0], "evil": "x", "value": {"a": 1}}
    sent = {"join": "none", "tests": [test] * 30, "expression": None, "more": 1}
    made = conditions.read(json.dumps(sent))
    assert made["tests"] == [{**COMPILED[0][0], "value": ""}] * conditions.MOST
    assert made == {"join": "all", "tests": made["tests"], "expression": ""}
    assert conditions.read(made) == made
