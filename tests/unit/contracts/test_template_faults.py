"""What is refused of a template, and what its author is warned of."""

import pytest

from example_site import contents as streams
from tests.property.test_showing import block, field
from tests.unit.contracts.made import content
from wagtail_contracts.contracts.core import template_faults

OURS, THEIRS = {"role": "supplier", "own": True}, {"role": "customer", "own": False}


def formula(key, kind, expression, currency=None):
    made = field(key, kind, expression=expression)
    return {**made, "role": None, "currency": currency, "label": key.title()}


def whole(*blocks, fields=(), signatures=True):
    signed = {**block("signatures", None, []), "type": "signatures", "title": "Signatures"}
    known = [field("pets", "yes_no"), field("area", "number"), *fields]
    body = [block("all", None, ["pets", "area"]), *blocks, *([signed] if signatures else [])]
    return {"fields": known, "values": [], "body": body, "parties": [OURS, THEIRS]}


def found(faults):
    return [(fault.code, fault.block or fault.field) for fault in faults]


def test_a_template_that_holds_together_has_no_faults():
    made = whole(
        block("1", "pets and area > 20", ["twice"]),
        block("2", "twice > 50", []),
        fields=[formula("twice", "number", "area * 2")],
    )
    assert template_faults.refused(made) == []
    assert template_faults.warnings(made) == []


REFUSED = {
    "an unknown key": ("cats", "condition", "unknown_key"),
    "kinds that do not fit": ("area = yes", "condition", "types"),
    "no condition": ("area", "condition", "condition"),
    "an unknown word": ("pets and or area", "condition", "unexpected"),
}


@pytest.mark.parametrize(("text", "code", "why"), REFUSED.values(), ids=REFUSED)
def test_a_condition_that_can_not_be_used_is_refused(text, code, why):
    inside = block("outer", None, [], [block("inner", text, [])])
    (fault,) = template_faults.refused(whole(block("1", "pets", []), inside))
    assert (fault.code, fault.block, fault.wrong.code) == (code, "inner", why)


FORMULAS = {
    "an unknown key": (formula("sum", "number", "area + cats"), "formula"),
    "another kind": (formula("sum", "money", "area * 2", "NOK"), "result"),
    "another currency": (formula("sum", "money", "area * 2 EUR", "NOK"), "result"),
    "a text": (formula("sum", "date", '"x"'), "result"),
}


@pytest.mark.parametrize(("made", "code"), FORMULAS.values(), ids=FORMULAS)
def test_a_formula_that_can_not_be_used_is_refused(made, code):
    assert found(template_faults.refused(whole(fields=[made]))) == [(code, "sum")]


def test_a_value_that_is_made_from_itself_is_refused():
    circle = [formula("one", "number", "two + 1"), formula("two", "number", "one + area")]
    (fault,) = template_faults.refused(whole(block("1", None, ["one"]), fields=circle))
    assert fault.code == "circle"
    assert sorted(fault.words["labels"].split(", ")) == ["One", "Two"]
    line = [formula("one", "number", "area + 1"), circle[1]]
    assert template_faults.refused(whole(block("1", None, ["one"]), fields=line)) == []


def test_a_field_that_is_asked_for_only_if_it_is_filled_in_is_refused():
    note = field("note", "text")
    hidden = block("1", "note is filled in", ["note"])
    assert found(template_faults.refused(whole(hidden, fields=[note]))) == [("itself", "note")]
    elsewhere = block("2", None, ["note"])
    assert template_faults.refused(whole(hidden, elsewhere, fields=[note])) == []


def test_two_fields_that_hide_each_other_are_refused():
    fields = [field("one", "yes_no"), field("two", "yes_no")]
    first, second = block("1", "two", ["one"]), block("2", "one", ["two"])
    (fault,) = template_faults.refused(whole(first, second, fields=fields))
    assert fault.code == "circle"
    second = block("2", "pets", ["two"])
    assert template_faults.refused(whole(first, second, fields=fields)) == []


def test_a_block_that_is_never_shown_is_warned_of():
    made = whole(block("1", "pets and not pets", []), block("2", "pets", []))
    assert found(template_faults.warnings(made)) == [("never", "1")]


def test_a_field_that_nothing_names_is_warned_of():
    note = field("note", "text")
    assert found(template_faults.warnings(whole(fields=[note]))) == [("unused", "note")]
    named = field("plan", "choice", [("month", ("note",))])
    used = block("1", None, ["plan"])
    assert template_faults.warnings(whole(used, fields=[note, named])) == []


def test_a_field_of_the_others_that_is_only_asked_about_is_warned_of():
    asked = block("1", "note is filled in", [])
    note = field("note", "text")
    assert found(template_faults.warnings(whole(asked, fields=[note]))) == [("unplaced", "note")]
    ours = {**note, "role": "supplier"}
    assert template_faults.warnings(whole(asked, fields=[ours])) == []


def test_a_template_without_a_place_for_signatures_is_warned_of():
    assert found(template_faults.warnings(whole(signatures=False))) == [("unsigned", "")]
    perhaps = {**block("9", "pets", []), "type": "signatures", "title": "Signatures"}
    assert found(template_faults.warnings(whole(perhaps, signatures=False))) == [
        ("perhaps_unsigned", "9")
    ]
    assert template_faults.warnings(whole(perhaps)) == []


@pytest.mark.parametrize(
    ("currency", "after", "warned"),
    [
        ("NOK", " kroner a year", True),
        ("NOK", "\u00a0kr.", True),
        ("NOK", " NOK.", True),
        ("EUR", "€", True),
        ("EUR", " kroner", False),
        ("NOK", " a year, in kroner", False),
        ("NOK", " krav", False),
    ],
)
def test_a_currency_written_after_an_amount_that_says_its_own_is_warned_of(currency, after, warned):
    rent = streams.field("money", "rent", "Rent", "supplier", currency=currency)
    body = [
        streams.text(f"The rent is {streams.chip('rent')}{after}"),
        streams.signatures("Signed"),
    ]
    faults = template_faults.warnings(content(body, fields=[rent], values={}))
    assert [(fault.code, fault.block) for fault in faults] == [("doubled", body[0]["id"])] * warned


def referring(identity, condition, target):
    """A text that refers to a clause."""
    made = block(identity, condition, [])
    line = [{"type": "reference", "block": target, "marks": []}]
    return {**made, "content": [{"type": "paragraph", "content": line}]}


@pytest.mark.parametrize(
    ("place", "target", "warned"),
    [
        (None, None, False),
        ("pets", None, False),
        ("pets", "pets", False),
        ("pets and area > 20", "pets", False),
        ("area > 30", "area > 20", False),
        (None, "pets", True),
        ("pets", "pets and area > 20", True),
        ("not pets", "pets", True),
        ("area + 1 > 3", "area > 2", True),  # too much to try
    ],
)
def test_a_reference_to_what_may_be_hidden_meanwhile_is_warned_of(place, target, warned):
    clause = {**block("target", target, []), "number": "4", "level": 1}
    faults = template_faults.warnings(whole(clause, referring("place", place, "target")))
    assert found(faults) == ([("dangling", "place")] if warned else [])
    assert all("4" in fault.words["target"] for fault in faults)
