"""Which rules ask, who may say yes, and what is still missing: without a database."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from wagtail_contracts.contracts.core import approving, worth
from wagtail_contracts.contracts.core.approving import Person, Rule, Step, Subject, Yes

FINN, GRETA, HANS = Person(1), Person(2), Person(3)
FINANCE, LEGAL = 10, 11
SUBJECT = Subject(5, {"NOK": Decimal(100_000)}, frozenset({"customer as", "999999999"}), False)
ASKS_FINN = Rule(1, (Step("person", 1),))


def asks(**when: Any) -> bool:
    return bool(approving.applying([replace(ASKS_FINN, **when)], SUBJECT))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, True),
        ({"template": 5}, True),
        ({"template": 6}, False),
        ({"over": Decimal("99999.99"), "currency": "NOK"}, True),
        ({"over": Decimal(100_000), "currency": "NOK"}, False),
        ({"over": Decimal(1), "currency": "EUR"}, False),
        ({"party": "Customer  AS"}, True),
        ({"party": "999 999 999"}, True),
        ({"party": "Customer"}, False),
        ({"on_deviation": True}, False),
        ({"template": 5, "over": Decimal(100_000), "currency": "NOK"}, False),
    ],
)
def test_a_rule_asks_where_all_that_it_says_holds(when, expected):
    assert asks(**when) is expected


def test_a_rule_on_deviation_asks_once_something_differs():
    rule = replace(ASKS_FINN, on_deviation=True)
    assert approving.applying([rule], replace(SUBJECT, deviates=True)) == [rule]


def test_a_currency_that_no_rule_counts_is_named():
    euros = replace(SUBJECT, amounts={"EUR": Decimal(1), "NOK": Decimal(1)})
    counting = replace(ASKS_FINN, over=Decimal(5), currency="NOK")
    assert approving.unjudged([counting], euros) == ["EUR"]
    assert approving.unjudged([counting, replace(counting, currency="EUR")], euros) == []
    assert approving.unjudged([ASKS_FINN], euros) == []
    elsewhere = replace(counting, template=6)
    assert approving.unjudged([elsewhere], euros) == []


def money(key: str, amount: str, currency: str = "NOK") -> tuple[dict[str, str], dict[str, Any]]:
    return {"key": key, "kind": "money"}, {
        "key": key,
        "value": {"amount": amount, "currency": currency},
    }


def test_the_greatest_amount_of_tables_and_fields_counts():
    fields = [money("price", "5300.00"), money("bonus", "90.00"), money("fee", "0.00", "EUR")]
    table = {"type": "products", "value": {"amount": "4000.00", "currency": "NOK"}}
    content = {
        "fields": [definition for definition, _value in fields],
        "values": [value for _definition, value in fields],
        "body": [table],
    }
    assert worth.amounts(content) == {"NOK": Decimal("5300.00")}
    table["value"]["amount"] = "7000.00"
    assert worth.amounts(content) == {"NOK": Decimal("7000.00")}


def test_what_is_sensitive_is_told_to_nobody_but_judged():
    fields = [money("price", "5300.00"), money("bonus", "90.00"), money("pay", "8.00", "EUR")]
    content = {
        "fields": [{**one, "sensitive": one["key"] != "bonus"} for one, _value in fields],
        "values": [value for _definition, value in fields],
        "body": [],
    }
    assert worth.amounts(content) == {"NOK": Decimal("5300.00"), "EUR": Decimal("8.00")}
    assert worth.told(content) == {"NOK": Decimal("90.00")}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["1.00"], ["1.00"], set()),
        (["1.00"], ["1.01"], {"NOK"}),
        (["2.00"], ["1.00"], set()),
        (["2.00", "1.00"], ["2.00", "1.50"], set()),
        ([], ["0.00"], set()),
        (None, ["1.00"], {"NOK"}),
    ],
)
def test_what_grew_is_the_greatest_amount_of_a_currency(old, new, expected):
    def content(amounts: list[str]) -> dict[str, Any]:
        made = [money(f"key{place}", amount) for place, amount in enumerate(amounts)]
        return {"fields": [one[0] for one in made], "values": [one[1] for one in made], "body": []}

    before = None if old is None else content(old)
    assert approving.grown(before, content(new)) == expected


def test_a_rule_comes_back_from_its_data():
    rule = Rule(
        7, (Step("group", 3), Step("person", None)), True, 4, Decimal("1.50"), "NOK", "x", True
    )
    assert approving.read(rule.data()) == rule


def yes(rule: Rule, step: int, person: Person, instead_of: int | None = None) -> Yes:
    return Yes(rule.key, step, person.key, instead_of)


def test_in_order_the_second_waits_for_the_first():
    rule = Rule(1, (Step("person", 1), Step("person", 2)), in_order=True)
    assert approving.decidable([rule], [], [GRETA], ()) == []
    first = approving.decidable([rule], [], [FINN], ())
    assert first == [yes(rule, 0, FINN)]
    assert approving.decidable([rule], first, [GRETA], ()) == [yes(rule, 1, GRETA)]


def test_together_both_are_asked_at_once():
    rule = Rule(1, (Step("person", 1), Step("person", 2)))
    assert approving.decidable([rule], [], [GRETA], ()) == [yes(rule, 1, GRETA)]


def test_one_person_counts_once_for_a_rule():
    both = Person(1, frozenset({FINANCE, LEGAL}))
    rule = Rule(1, (Step("group", FINANCE), Step("group", LEGAL)))
    given = approving.decidable([rule], [], [both], ())
    assert given == [yes(rule, 0, both)]
    assert approving.decidable([rule], given, [both], ()) == []


def test_one_click_decides_a_step_of_each_rule():
    rules = [ASKS_FINN, replace(ASKS_FINN, key=2)]
    assert approving.decidable(rules, [], [FINN], ()) == [Yes(1, 0, 1), Yes(2, 0, 1)]


def test_a_deputy_decides_for_somebody_and_uses_both_up():
    rule = Rule(1, (Step("person", 1), Step("person", 2)))
    given = approving.decidable([rule], [], [GRETA, FINN], ())
    assert given == [yes(rule, 0, GRETA, instead_of=1)]
    assert approving.decidable([rule], given, [GRETA], ()) == []
    assert approving.decidable([rule], given, [FINN], ()) == []


@pytest.mark.parametrize(
    ("hands", "barred"),
    [([FINN], {1}), ([GRETA, FINN], {2}), ([GRETA, FINN], {1}), ([GRETA, FINN], {1, 2})],
)
def test_whose_own_work_it_is_decides_nothing_neither_do_their_deputies(hands, barred):
    assert approving.decidable([ASKS_FINN], [], hands, barred) == []
    assert approving.decidable([ASKS_FINN], [], hands, ()) != []


def test_a_yes_of_whom_it_became_stops_counting():
    given = [Yes(1, 0, 1), Yes(2, 0, 2, 3)]
    assert approving.counting(given, ()) == given
    assert approving.counting(given, {1}) == given[1:]
    assert approving.counting(given, {3}) == given[:1]


def test_a_rule_without_steps_is_never_complete():
    empty = replace(ASKS_FINN, steps=())
    assert not approving.is_complete([empty], [])
    assert approving.is_complete([ASKS_FINN], [Yes(1, 0, 1)])
    assert not approving.is_complete([ASKS_FINN, empty], [Yes(1, 0, 1)])
    assert approving.unmanned([empty], [], [FINN], ()) == [(empty, 0)]


def test_a_step_that_lost_its_person_is_named():
    gone = Rule(1, (Step("person", None),))
    assert approving.unmanned([gone], [], [FINN], ()) == [(gone, 0)]
    assert approving.unmanned([ASKS_FINN], [], [FINN], ()) == []
    assert approving.unmanned([ASKS_FINN], [], [FINN], {1}) == [(ASKS_FINN, 0)]


def test_people_are_spread_over_the_steps_whatever_their_order():
    rule = Rule(1, (Step("group", FINANCE), Step("group", LEGAL), Step("person", 3)))
    people = [
        Person(1, frozenset({FINANCE, LEGAL})),
        Person(2, frozenset({FINANCE})),
        Person(3, frozenset({FINANCE, LEGAL})),
    ]
    orders = list(permutations(people))
    assert all(approving.unmanned([rule], [], order, ()) == [] for order in orders)
    assert len(orders) == 6
    assert approving.unmanned([rule], [], people[:2], ()) == [(rule, 2)]
