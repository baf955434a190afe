"""Whatever the rules, the people and the order in which they decide."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from wagtail_contracts import canonical
from wagtail_contracts.contracts.core import approving
from wagtail_contracts.contracts.core.approving import Person, Rule, Step, Yes

KEYS = st.integers(1, 6)
GROUPS = st.integers(10, 12)
PEOPLE = st.lists(
    st.builds(Person, KEYS, st.frozensets(GROUPS)),
    min_size=1,
    max_size=6,
    unique_by=lambda p: p.key,
)
STEPS = st.one_of(
    st.builds(Step, st.just("person"), st.none() | KEYS), st.builds(Step, st.just("group"), GROUPS)
)
RULES = st.lists(
    st.builds(
        Rule,
        st.integers(1, 99),
        st.lists(STEPS, max_size=4).map(tuple),
        in_order=st.booleans(),
        template=st.none() | st.integers(1, 3),
        over=st.none() | st.decimals(0, 10**6, places=2),
        currency=st.sampled_from(["NOK", "EUR"]),
        party=st.sampled_from(["", "Customer AS"]),
        on_deviation=st.booleans(),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda rule: rule.key,
)
BARRED = st.frozensets(KEYS)


@given(RULES, PEOPLE, BARRED, st.data())
@settings(max_examples=150, deadline=None)
def test_no_order_of_deciding_gives_anybody_too_much(rules, people, barred, data):
    given_so_far: list[Yes] = []
    for _ in range(8):
        hands = data.draw(st.lists(st.sampled_from(people), min_size=1, max_size=3, unique=True))
        given_so_far += approving.decidable(rules, given_so_far, hands, barred)

    assert not {key for yes in given_so_far for key in yes.people} & barred
    for rule in rules:
        own = [yes for yes in given_so_far if yes.rule == rule.key]
        used = [key for yes in own for key in yes.people]
        assert len(used) == len(set(used))
        assert len({yes.step for yes in own}) == len(own)
        if rule.in_order:
            assert [yes.step for yes in own] == list(range(len(own)))
        for yes in own:
            decider = yes.instead_of or yes.by
            person = next(person for person in people if person.key == decider)
            assert approving.fits(rule.steps[yes.step], person)
    whole = all(
        rule.steps and len([y for y in given_so_far if y.rule == rule.key]) == len(rule.steps)
        for rule in rules
    )
    assert approving.is_complete(rules, given_so_far) is whole


@given(RULES, PEOPLE, BARRED)
@settings(max_examples=150, deadline=None)
def test_where_nobody_is_missing_a_spread_of_people_is_found(rules, people, barred):
    for rule in rules:
        found = spread(rule, 0, [person for person in people if person.key not in barred])
        assert (approving.unmanned([rule], [], people, barred) == []) is found


def spread(rule: Rule, step: int, free: list[Person]) -> bool:
    """Try all ways: the slow answer to the same question."""
    if not rule.steps:
        return False
    if step == len(rule.steps):
        return True
    return any(
        approving.fits(rule.steps[step], person)
        and spread(rule, step + 1, [other for other in free if other is not person])
        for person in free
    )


@given(RULES, RULES)
@settings(max_examples=100, deadline=None)
def test_two_rules_have_one_digest_only_if_they_are_one(left, right):
    def digest(rules: list[Rule]) -> str:
        return canonical.digest(canonical.APPROVAL, [rule.data() for rule in rules])

    assert (digest(left) == digest(right)) is (left == right)
    assert [approving.read(rule.data()) for rule in left] == left
    moved = [Rule(rule.key, rule.steps, over=(rule.over or Decimal(0)) + 1) for rule in left]
    assert digest(moved) != digest(left)
