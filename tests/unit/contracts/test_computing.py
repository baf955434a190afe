"""Computed fields: from what was filled in, in the right order, and never around in a circle."""

import itertools

import pytest

from wagtail_contracts.contracts.core import computing, cycles


def field(key, kind, expression=None, currency=None, options=()):
    return {
        "key": key,
        "kind": kind,
        "expression": expression,
        "currency": currency,
        "options": [{"key": option} for option in options],
    }


FIELDS = [
    field("end", "date", "start + months months - 1 day"),
    field("yearly", "money", "monthly * 12", "NOK"),
    field("monthly", "money", "area * rate", "NOK"),
    field("large", "yes_no", "yearly > 20000 NOK"),
    field("area", "number"),
    field("rate", "money", None, "NOK"),
    field("start", "date"),
    field("months", "number"),
]
VALUES = {
    "area": "20.0000",
    "rate": {"amount": "100.33", "currency": "NOK"},
    "start": "2026-01-31",
    "months": "1.0000",
}


def test_computed_values_come_after_what_they_are_made_from():
    found = computing.computed(FIELDS, VALUES)
    assert found == {
        **VALUES,
        "monthly": {"amount": "2006.60", "currency": "NOK"},
        "yearly": {"amount": "24079.20", "currency": "NOK"},
        "large": True,
        "end": "2026-02-27",
    }


def test_the_order_of_definitions_does_not_matter():
    first = computing.computed(FIELDS, VALUES)
    orders = list(itertools.islice(itertools.permutations(FIELDS), 0, None, 997))
    assert len(orders) > 30
    assert all(computing.computed(order, VALUES) == first for order in orders)


def test_without_an_answer_nothing_is_computed_from_it():
    found = computing.computed(FIELDS, {**VALUES, "rate": None})
    assert [found[key] for key in ("monthly", "yearly", "large", "end")] == [
        None,
        None,
        None,
        "2026-02-27",
    ]


def test_what_was_computed_before_is_forgotten():
    stale = {**VALUES, "yearly": {"amount": "1.00", "currency": "NOK"}, "large": False}
    assert computing.computed(FIELDS, stale) == computing.computed(FIELDS, VALUES)


def test_a_hidden_field_has_no_value_and_nothing_is_computed_from_it():
    found = computing.computed(FIELDS, VALUES, without={"monthly", "start"})
    assert (found["monthly"], found["yearly"], found["start"], found["end"]) == (None,) * 4


@pytest.mark.parametrize(
    ("kind", "currency", "expression"),
    [
        ("money", "EUR", "rate"),
        ("money", "NOK", "area"),
        ("number", None, "rate +"),
        ("number", None, "missing"),
        ("number", None, "start"),
        ("text", None, "area"),
        ("number", None, "odd"),
    ],
)
def test_a_formula_that_is_wrong_gives_no_value(kind, currency, expression):
    fields = [*FIELDS, field("odd", kind, expression, currency)]
    found = computing.computed(fields, VALUES)
    assert found.pop("odd") is None
    assert found == computing.computed(FIELDS, VALUES)


def test_what_is_computed_from_something_sensitive_is_sensitive():
    fields = [{**item, "sensitive": item["key"] == "area"} for item in FIELDS]
    found = {item["key"] for item in computing.guarded(fields) if item["sensitive"]}
    assert found == {"area", "monthly", "yearly", "large"}
    assert [item["key"] for item in computing.guarded(fields)] == [item["key"] for item in fields]


def test_a_circle_has_no_values_and_is_named():
    circle = [
        field("a", "number", "b + 1"),
        field("b", "number", "c + area"),
        field("c", "number", "a"),
        field("d", "number", "c"),
    ]
    found = computing.computed([*FIELDS, *circle], VALUES)
    assert [found[key] for key in "abcd"] == [None] * 4
    graph = {item["key"]: computing.asked(item) for item in circle}
    assert sorted(cycles.cycle(graph)) == ["a", "b", "c"]
    assert cycles.cycle({"d": ["c"], "c": ["x"], "x": []}) == []
    assert cycles.cycle({"a": ["a"]}) == ["a"]


def test_every_small_graph_is_either_ordered_or_has_a_circle():
    cases = 0
    pairs = list(itertools.product("abc", "abc"))
    for edges in itertools.product((False, True), repeat=len(pairs)):
        graph = {key: set() for key in "abc"}
        for (start, end), there in zip(pairs, edges, strict=True):
            if there:
                graph[start].add(end)
        found, order = cycles.cycle(graph), cycles.ordered(graph)
        assert bool(found) == (len(order) < 3)
        assert all(graph[key] <= set(order[:place]) for place, key in enumerate(order))
        assert all(b in graph[a] for a, b in zip(found, found[1:] + found[:1], strict=True))
        cases += 1
    assert cases == 512
