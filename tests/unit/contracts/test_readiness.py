"""What stands in the way of sending."""

import copy

import pytest

from example_site import contents as streams
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import readiness, shown

READY_VALUES = {**made.VALUES, "until": "21"}
ADDRESS = {"street": ["Storgata 1"], "postcode": "0155", "city": "Oslo", "country": "NO"}
READY = made.content(values=READY_VALUES)


def problems(content):
    return readiness.problems(content)


def with_party(role, **more):
    content = copy.deepcopy(READY)
    next(party for party in content["parties"] if party["role"] == role).update(more)
    return content


def test_a_contract_that_is_ready_has_none():
    assert problems(READY) == []


def person(**more):
    return {**made.party("customer", "")["people"][0], **more}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({**READY, "title": ""}, [("title", {})]),
        ({**READY, "body": []}, [("text", {})]),
        ({**READY, "parties": READY["parties"][1:]}, ["own_party"]),
        ({**READY, "parties": READY["parties"][:1]}, ["counterparty"]),
        ({**READY, "parties": [*READY["parties"], READY["parties"][1]]}, ["party_twice"]),
        (with_party("customer", name=""), [("party_name", {"party": "Kunden"})]),
        (with_party("customer", people=[]), [("signatory", {"party": "Kunde AS"})]),
        (with_party("customer", people=[person(name="")]), ["person_name"]),
        (with_party("customer", rule={"kind": "some", "count": 2}), ["rule"]),
        (with_party("customer", rule={"kind": "some", "count": 0}), ["rule"]),
    ],
)
def test_what_is_missing_is_named(content, found):
    codes = [item if isinstance(item, str) else item[0] for item in found]
    assert [code for code, _words in problems(content) if code in codes] == codes
    for item in found:
        assert isinstance(item, str) or item in problems(content)


def test_our_own_side_alone_may_be_bound_without_a_signature():
    nobody = {"people": [], "rule": {"kind": "none", "count": None}}
    ours = next(party["role"] for party in READY["parties"] if party["own"])
    assert problems(with_party(ours, **nobody)) == []
    assert "signatory" in dict(problems(with_party("customer", **nobody)))


def test_a_rule_that_can_be_met_is_none():
    people = [person(), person(id="p2"), person(id="p3")]
    assert problems(with_party("customer", people=people, rule={"kind": "some", "count": 2})) == []


@pytest.mark.parametrize(
    ("chip", "found"),
    [
        ("nowhere", [("unknown_field", {"key": "nowhere"})]),
        ("nobody.name", [("unknown_party", {"role": "nobody"})]),
        ("start", []),
    ],
)
def test_a_reference_to_nothing_is_named_once(chip, found):
    body = [*made.BODY, streams.text(streams.chip(chip) * 2)]
    assert problems(made.content(body, values=READY_VALUES)) == found


def test_a_place_of_an_unknown_field_is_named():
    body = [*made.BODY, streams.place("nowhere")]
    assert problems(made.content(body, values=READY_VALUES)) == [
        ("unknown_field", {"key": "nowhere"})
    ]


def test_our_own_side_fills_in_before_sending_and_the_others_after():
    without = dict.fromkeys(made.VALUES)
    assert problems(made.content(values=without)) == [
        ("own_field", {"label": label}) for label in ("Pris", "Oppstart", "Varsel")
    ]


def test_a_field_that_nobody_can_fill_in_is_named():
    fields = [*made.FIELDS, streams.field("text", "more", "Mer", "stranger", required=False)]
    assert problems(made.content(fields=fields, values=READY_VALUES)) == [
        ("field_role", {"label": "Mer", "role": "stranger"})
    ]


def test_a_field_that_is_neither_filled_in_nor_computed_yet_is_named():
    unfinished = streams.computed("more", "Mer", "number", expression="")
    content = made.content(fields=[*made.FIELDS, unfinished], values=READY_VALUES)
    assert problems(content) == [("nobody", {"label": "Mer", "role": None})]


@pytest.mark.parametrize(
    ("party", "said", "found"),
    [
        ({"organisation_number": "974760673"}, "974760673", []),
        ({"organisation_number": ""}, "…", [("party_organisation_number", {"party": "Kunde AS"})]),
        ({"organisation_number": "", "kind": "person"}, "–", []),
        ({"address": ADDRESS}, "Storgata 1, 0155 Oslo, Norway", []),
        ({"address": None}, "…", [("party_address", {"party": "Kunde AS"})]),
    ],
)
def test_what_the_text_says_of_a_party_is_filled_in(party, said, found):
    [part] = {"address", "organisation_number"} & party.keys()
    body = [*made.BODY, streams.text(streams.chip(f"customer.{part}"))]
    content = made.content(body, values=READY_VALUES)
    next(item for item in content["parties"] if item["role"] == "customer").update(party)

    assert shown.text(content["body"][-1], content) == said
    assert problems(content) == found
