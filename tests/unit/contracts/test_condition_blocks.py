"""The setting “Shown if” and computed fields as blocks: what a post may hold, what is refused."""

import json

import pytest
from django.core.exceptions import ValidationError

from wagtail_contracts.contracts.blocks import conditions, faults
from wagtail_contracts.contracts.blocks.computed import ComputedField
from wagtail_contracts.contracts.blocks.definitions import RoleBlock
from wagtail_contracts.contracts.core.expressions import Invalid, check
from wagtail_contracts.contracts.core.fields.defining import field
from wagtail_contracts.contracts.core.formulas import compiled

BLOCK = conditions.ConditionBlock()
FILLED = {"key": "start", "operator": "filled", "kind": "date", "currency": "", "value": ""}
STORED = {"join": "all", "tests": [FILLED], "expression": ""}


def read(posted):
    return BLOCK.value_from_datadict({"shown": posted}, {}, "shown")


def test_what_the_pickers_write_is_what_they_read():
    assert read(json.dumps(STORED)) == STORED
    assert json.loads(BLOCK.get_form_state(STORED)) == STORED
    assert not BLOCK.get_form_state(None)
    assert BLOCK.clean(STORED) == STORED
    assert BLOCK.clean(None) is None


@pytest.mark.parametrize("posted", [None, "", "{", "[1]", '{"tests": {}}', '"x"', "[" * 100_000])
def test_what_has_no_shape_is_no_condition(posted):
    assert read(posted) is None


REFUSED = [
    ({"tests": [{**FILLED, "operator": "is"}]}, "Finish or remove test 1 of “Shown if”."),
    ({"tests": [FILLED, {"key": "x"}]}, "Finish or remove test 2 of “Shown if”."),
    ({"expression": "start >"}, "Character 8: Something is missing at the end."),
    ({"expression": "start; 1"}, "Character 6: “;” has no meaning here."),
]


@pytest.mark.parametrize(("changes", "sentence"), REFUSED, ids=[case[1] for case in REFUSED])
def test_what_is_not_finished_is_refused(changes, sentence):
    with pytest.raises(ValidationError) as refused:
        BLOCK.clean({**STORED, **changes})
    assert refused.value.messages == [sentence]


def definition(result="number", currency="", **formula):
    value = {"label": "Fee", "key": "fee", "help": "", "result": result, "currency": currency}
    empty = {"shape": "", "keys": [], "number": None, "unit": "", "expression": ""}
    return {**value, "formula": {**empty, **formula}}


FORMULAS = [
    ({"shape": "sum", "keys": ["a", "b", "c"]}, "a + b + c"),
    ({"shape": "difference", "keys": ["a", "b"]}, "a - b"),
    ({"shape": "product", "keys": ["area", "rate"]}, "area * rate"),
    ({"shape": "later", "keys": ["start"], "number": 12, "unit": "month"}, "start + 12 months"),
    ({"shape": "earlier", "keys": ["end", "n"], "unit": "day"}, "end - n days"),
    ({"shape": "later", "keys": ["start", "notice"]}, "start + notice"),
    ({"expression": "a / 2"}, "a / 2"),
    ({"shape": "sum", "keys": ["a", "b"], "expression": "a / 2"}, "a / 2"),
]


@pytest.mark.parametrize(("formula", "text"), FORMULAS, ids=[text for _formula, text in FORMULAS])
def test_a_picked_formula_means_an_expression(formula, text):
    block = ComputedField()
    cleaned = block.clean(block.to_python(definition(**formula)))
    made = {"kind": "computed", **block.get_prep_value(cleaned)}
    assert field(made)["expression"] == text
    assert (field(made)["kind"], field(made)["role"]) == ("number", None)


UNFINISHED = [
    {},
    {"shape": "sum"},
    {"shape": "sum", "keys": ["a"]},
    {"shape": "later", "keys": ["start"]},
    {"shape": "later", "keys": ["start"], "number": 3},
    {"shape": "later", "keys": ["start", "a", "b"], "unit": "month"},
    {"expression": "a +"},
]


@pytest.mark.parametrize("formula", UNFINISHED, ids=map(str, UNFINISHED))
def test_a_formula_that_is_not_finished_is_refused(formula):
    block = ComputedField()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(definition(**formula)))


@pytest.mark.parametrize("currency", ["", "kr"])
def test_money_has_a_currency(currency):
    block = ComputedField()
    with pytest.raises(ValidationError):
        block.clean(block.to_python(definition("money", currency, expression="1 NOK")))
    block.clean(block.to_python(definition("money", "NOK", expression="1 NOK")))


def test_what_is_hidden_because_it_is_not_needed_is_ignored():
    block = ComputedField()
    left = definition("number", "NOK", shape="sum", keys=["a", "b"], number=12, unit="month")
    cleaned = block.clean(block.to_python(left))
    assert cleaned["currency"] == ""
    assert (cleaned["formula"]["number"], cleaned["formula"]["unit"]) == (None, "")


@pytest.mark.parametrize(("rule", "kept"), [("all", None), ("any", None), ("some", 2)])
def test_a_party_has_a_number_of_signatories_only_where_it_is_a_number(rule, kept):
    block = RoleBlock()
    value = {"label": "Customer", "key": "customer", "kind": "organisation", "rule": rule}
    assert block.clean(block.to_python({**value, "count": 2}))["count"] == kept
    if rule == "some":
        with pytest.raises(ValidationError):
            block.clean(block.to_python({**value, "count": None}))


@pytest.mark.parametrize(
    "posted", [None, "{", {"keys": ["a"]}, {"shape": "power", "keys": ["a", "b"]}]
)
def test_what_is_no_formula_means_nothing(posted):
    assert compiled(posted) is None


WRONG = [
    *("", "1 2", "(", '"', "1 < 2 < 3", "x is x", "sin(1)", "a", "2026-13-01", "1 NOK + 1 EUR"),
    *(
        "1 NOK * 1 NOK",
        "1 / 0",
        "yes < no",
        "1 + yes",
        '"a" + "a"',
        "2026-01-01 + 1",
        "round(1, 9)",
    ),
    *("3 months", "2026-01-01 + 1.5 days", "1 and 2", "1 contains 2", "(" * 30, "1" * 5000),
]


def test_each_fault_has_a_sentence():
    said = set()
    for text in WRONG:
        with pytest.raises(Invalid) as refused:
            check(text, {})
        sentence = faults.sentence(refused.value)
        assert sentence.startswith(f"Character {refused.value.at + 1}: ")
        assert "%(" not in sentence
        said.add(refused.value.code)
    assert len(said) >= 18
    assert said <= set(faults.MESSAGES)
