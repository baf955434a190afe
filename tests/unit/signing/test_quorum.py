"""Who signs in which order, and when it is enough."""

import itertools

import pytest

from wagtail_contracts.signing.core import quorum


def person(id, position=1, role="signatory"):
    return {"id": id, "name": id.title(), "role": role, "position": position}


def party(*people, rule="all", count=None):
    return {"rule": {"kind": rule, "count": count}, "people": list(people)}


def content(*parties):
    return {"parties": list(parties)}


PEOPLE = [person("a"), person("b"), person("c")]


@pytest.mark.parametrize(
    ("rule", "count", "needed"),
    [("all", None, 3), ("any", None, 1), ("some", 1, 1), ("some", 2, 2), ("some", 3, 3)],
)
def test_a_party_is_bound_by_as_many_as_its_rule_says(rule, count, needed):
    for size in range(4):
        for signed in itertools.combinations("abc", size):
            bound = quorum.bound(party(*PEOPLE, rule=rule, count=count), signed)
            assert bound == (size >= needed), signed


@pytest.mark.parametrize("rule", ["all", "any", "some"])
def test_a_party_without_signatories_is_never_bound(rule):
    assert not quorum.bound(party(person("a", role="reader"), rule=rule, count=0), {"a"})


def test_a_party_that_nobody_signs_for_is_bound_at_once_and_nobody_waits_for_it():
    ours, theirs = party(rule="none"), party(person("b"))
    assert quorum.bound(ours, ())
    assert not quorum.bound(party(rule="all"), ())
    assert not quorum.complete(content(ours, theirs), ())
    assert quorum.turns(content(ours, theirs), ()) == ["b"]
    assert quorum.complete(content(ours, theirs), {"b"})


def test_the_signature_of_a_stranger_or_a_reader_counts_for_nobody():
    assert not quorum.bound(party(person("a"), person("r", role="reader")), {"r", "x"})


def test_a_contract_is_complete_when_every_party_is_bound():
    both = content(party(person("a")), party(person("b"), person("c"), rule="any"))

    complete = [set(signed) for signed in ("", "a", "b", "bc", "ab", "ac", "abc")]
    assert [quorum.complete(both, signed) for signed in complete] == [False] * 4 + [True] * 3


def test_people_sign_by_position_and_then_as_they_are_listed():
    order = content(
        party(person("late", 2), person("a")), party(person("reader", role="reader"), person("b"))
    )

    assert [one["id"] for _party, one in quorum.signatories(order)] == ["a", "b", "late"]


def test_who_comes_later_waits_for_all_who_come_before_and_are_needed():
    order = content(party(person("a"), person("b", 2)), party(person("c", 2), person("d", 3)))

    def waits(who, *signed):
        return quorum.waiting_for(order, who, signed)

    assert (waits("a"), waits("b"), waits("d")) == ([], ["A"], ["A", "B", "C"])
    assert (waits("b", "a"), waits("d", "a", "c")) == ([], ["B"])
    assert waits("stranger") == []


def test_nobody_waits_for_a_party_that_is_bound():
    order = content(party(person("a"), person("b"), rule="any"), party(person("c", 2)))

    assert quorum.waiting_for(order, "c", []) == ["A", "B"]
    assert quorum.waiting_for(order, "c", ["b"]) == []


def test_whose_turn_it_is_follows_the_order_and_the_rules():
    order = content(
        party(person("a"), person("b"), rule="any"), party(person("c", 2), person("r", 1, "reader"))
    )

    said = [quorum.turns(order, set(signed)) for signed in ("", "a", "c", "ac")]
    assert said == [["a", "b"], ["c"], ["a", "b"], []]


def test_a_contract_in_review_waits_for_those_who_have_something_to_fill_in():
    sides = {"ours": person("o"), "theirs": person("t"), "third": person("x")}
    both = content(*({**party(one), "role": role} for role, one in sides.items()))

    assert quorum.awaited("negotiating", both, (), ["theirs", "third"]) == ["t", "x"]
    assert quorum.awaited("negotiating", both, (), ["third"]) == ["x"]
    assert quorum.awaited("negotiating", both, (), []) == []
    assert quorum.awaited("signing", both, {"t"}, ["third"]) == ["o", "x"]


@pytest.mark.parametrize("state", ["draft", "approved", "signed", "declined", "withdrawn"])
def test_nobody_is_waited_for_outside_a_review_and_a_signing(state):
    both = content({**party(person("a")), "role": "theirs"})

    assert quorum.awaited(state, both, (), ["theirs"]) == []
