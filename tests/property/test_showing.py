"""What is said of blocks that are never shown, against the real thing with every answer."""

import time
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.property import generated
from wagtail_contracts.contracts.core import cycles, resolving, showing

GRID = {
    "pets": [None, True, False],
    "plan": [None, "month", "year"],
    "extras": [None, ["garage"], ["cellar"], ["garage", "cellar"]],
    "area": [None, "-0.5000", "0.0000", "0.5000", "1.0000", "1.5000", "2.0000", "2.5000"],
}


def field(key, kind, options=(), expression=None):
    made = {**generated.field("text"), "key": key, "kind": kind, "expression": expression}
    made["options"] = [{"key": option, "content": words(*inside)} for option, inside in options]
    return made


def words(*keys):
    return [{"type": "field", "key": key, "marks": []} for key in keys]


def block(identity, condition, keys, inside=None):
    made = {"id": identity, "policy": "locked", "number": None, "condition": condition}
    if inside is not None:
        return {**made, "type": "group", "title": "", "blocks": inside}
    return {**made, "type": "text", "content": [{"type": "paragraph", "content": words(*keys)}]}


tests = st.sampled_from(
    [
        "pets",
        "not pets",
        "pets is empty",
        'plan = "month"',
        'plan != "month"',
        "plan is filled in",
        'extras contains "garage"',
        'not extras contains "cellar"',
        "area > 1",
        "area = 1",
        "area <= 2 and area >= 1",
        "area is empty",
        "large",
        "not large",
    ]
)
joined = st.recursive(
    tests,
    lambda inner: st.tuples(inner, st.sampled_from(("and", "or")), inner).map(
        lambda made: f"({made[0]}) {made[1]} ({made[2]})"
    ),
    max_leaves=5,
)
conditions = st.none() | joined
named = st.lists(st.sampled_from(sorted([*GRID, "large"])), max_size=1)
texts = st.tuples(conditions, named)
groups = st.tuples(conditions, named, st.lists(texts, max_size=2))
bodies = st.lists(groups, min_size=1, max_size=3)


def whole(groups, option):
    body = []
    for place, (condition, keys, inside) in enumerate(groups):
        nested = [block(f"{place}.{number}", *each) for number, each in enumerate(inside)]
        body.append(block(f"{place}", condition, keys, nested or None))
    fields = [
        field("pets", "yes_no"),
        field("plan", "choice", [("month", option), ("year", ())]),
        field("extras", "multiple", [("garage", ()), ("cellar", ())]),
        field("area", "number"),
        field("large", "yes_no", expression="area > 1 or pets"),
    ]
    keys = [item["key"] for item in fields]
    return {
        "fields": fields,
        "values": [{"key": key, "value": None} for key in keys],
        "body": body,
    }


def shown(made):
    """The ids of all blocks that some answers show: every combination, by the real thing."""
    found = set()
    for combination in product(*GRID.values()):
        values = dict(zip(GRID, combination, strict=True))
        seen = resolving.offered(made, values)["body"]
        found |= {block["id"] for block in showing.trees.blocks(seen)}
    return found


@settings(deadline=None, max_examples=40)
@given(bodies, st.sampled_from(((), ("area",), ("pets",))))
def test_exactly_the_blocks_that_no_answers_show_are_named(groups, option):
    made = whole(groups, option)
    assume(not cycles.cycle(showing.depends(made)))
    conditional = [each["id"] for each in showing.trees.blocks(made["body"]) if each["condition"]]
    found = shown(made)
    assert showing.never(made) == [each for each in conditional if each not in found]


PETS = ("pets", ["area"])
CASES = {  # (conditions and fields of the blocks, what the option “month” names): never shown
    "two options at once": ([('plan = "month" and plan = "year"', [])], (), ["0"]),
    "one of two options": ([('plan = "month" or plan = "year"', [])], (), []),
    "inside its opposite": ([("pets", [], [("not pets", [])])], (), ["0.0"]),
    "unanswered alone": ([("pets is empty and area is empty", [])], (), []),
    "between two numbers": ([("area > 1 and area < 2", [])], (), []),
    "below and above": ([("area < 1 and area > 1", [])], (), ["0"]),
    "some options of many": (
        [('extras contains "garage" and not extras contains "cellar"', [])],
        (),
        [],
    ),
    "asks for what hides itself": ([PETS, ("area is filled in and not pets", [])], (), ["1"]),
    "asks for what is also elsewhere": (
        [PETS, (None, ["area"]), ("area is filled in and not pets", [])],
        (),
        [],
    ),
    "asks for what an option hides": (
        [("pets", ["plan"]), ("area is filled in and not pets", [])],
        ("area",),
        ["1"],
    ),
    "computed from nothing": ([("large and area is empty and not pets", [])], (), ["0"]),
    "computed from one of two": ([("large and area is empty", [])], (), []),
    "endless, so nothing is said": ([("area * 0 = 3", [])], (), []),
}


@pytest.mark.parametrize(("groups", "option", "expected"), CASES.values(), ids=CASES)
def test_a_block_that_no_answers_show_is_named(groups, option, expected):
    made = whole([(*each, []) if len(each) == 2 else each for each in groups], option)
    assert showing.never(made) == expected
    ids = [each["id"] for each in showing.trees.blocks(made["body"]) if each["condition"]]
    if "area * 0" not in str(groups):
        assert expected == [each for each in ids if each not in shown(made)]


def test_too_many_combinations_say_nothing():
    fields = [field(f"f{place}", "yes_no") for place in range(12)]
    contradiction = " and ".join([*(item["key"] for item in fields), "not f0"])
    made = {
        "fields": fields,
        "values": [{"key": item["key"], "value": None} for item in fields],
        "body": [block("0", contradiction, []), block("1", "f0 and not f0", [])],
    }
    assert showing.never(made) == ["1"]


def test_the_work_for_one_template_is_bounded():
    fields = [field(f"f{place}", "yes_no") for place in range(7)]
    contradiction = " and ".join([*(item["key"] for item in fields), "not f0"])
    made = {
        "fields": fields,
        "values": [{"key": item["key"], "value": None} for item in fields],
        "body": [block(str(place), contradiction, []) for place in range(300)],
    }
    begun = time.process_time()
    found = showing.never(made)
    assert 0 < len(found) < 300
    assert time.process_time() - begun < 10
