"""Content made from any stored streams: schema, digest, the way through Wagtail, changes."""

import copy
import functools
import json
import operator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_site import contents as streams
from tests.property import generated
from tests.property.test_canonical_form import reordered
from tests.unit.contracts import made
from tests.unit.contracts.test_contract_json import faults
from wagtail_contracts import canonical
from wagtail_contracts.contracts.blocks import ContractStream, plain
from wagtail_contracts.contracts.core import (
    answers,
    deviations,
    diffs,
    numbering,
    richtext,
    trees,
    wording,
)

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
STREAM = ContractStream()


def digest(content):
    return canonical.digest(canonical.CONTRACT_CONTENT, content)


def leaves(node, path=()):
    """The path of every value that is neither a list nor an object."""
    if isinstance(node, dict | list):
        steps = node.items() if isinstance(node, dict) else enumerate(node)
        for step, part in steps:
            yield from leaves(part, (*path, step))
    else:
        yield path


def bent(tree, path):
    """A copy of the tree with another value there."""
    tree = copy.deepcopy(tree)
    node = tree
    for step in path[:-1]:
        node = node[step]
    was = node[path[-1]]
    node[path[-1]] = not was if isinstance(was, bool) else f"{was}x" if was else "x"
    return tree


@few
@given(generated.bodies)
def test_any_stream_gives_what_the_schema_says(body):
    assert faults(made.version(made.content(body)).contract_json) == []


@few
@given(generated.bodies)
def test_saving_and_reading_again_changes_nothing(body):
    once = plain(STREAM.to_python(copy.deepcopy(body)))
    twice = plain(STREAM.to_python(json.loads(json.dumps(once))))
    assert made.content(once) == made.content(twice)
    assert digest(made.content(once)) == digest(made.content(body))


@few
@given(generated.bodies)
def test_the_order_of_keys_changes_no_digest(body):
    assert digest(made.content(reordered(body))) == digest(made.content(body))
    assert digest(reordered(made.content(body))) == digest(made.content(body))


@few
@given(generated.bodies, st.data())
def test_any_other_leaf_is_another_digest_and_at_least_one_change(body, data):
    tree = made.content(body)
    other = bent(tree, data.draw(st.sampled_from(list(leaves(tree)))))
    assert digest(other) != digest(tree)


@few
@given(generated.bodies.filter(bool), st.data())
def test_one_more_word_anywhere_is_another_digest(body, data):
    other = copy.deepcopy(body)
    kinds = ("text", "heading", "term", "caption", "title")
    texts = [path for path in leaves(other) if path[-1] in kinds]
    path = data.draw(st.sampled_from(texts)) if texts else None
    if path:
        node = other
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = with_word(node[path[-1]])
        assert digest(made.content(other)) != digest(made.content(body))


def with_word(html):
    return html.replace("<p>", "<p>ett ", 1) if "<p>" in html else f"ett {html}"


@generated.steady
@given(generated.markup)
def test_any_markup_is_read_as_the_schema_says_or_refused(html):
    entry = streams.entry("text", policy="locked", text=html)
    try:
        tree = made.content([entry])
    except richtext.Unreadable:
        return
    assert faults(made.version(tree).contract_json) == []
    assert canonical.encode(tree)


# -- changes ------------------------------------------------------------------------------------


@few
@given(generated.bodies)
def test_equal_contents_have_no_changes(body):
    tree = made.content(body)
    assert diffs.compare(tree, reordered(tree)) == []
    assert len(diffs.unchanged(tree, tree)) == len(list(trees.blocks(tree["body"])))


@few
@given(generated.bodies, generated.bodies, st.permutations(range(4)))
def test_unequal_contents_have_changes(one, other, order):
    """Also where only the order differs: the second has some blocks of the first, moved."""
    mixed = [*other[:2], *(one[place] for place in order if place < len(one))]
    old, new = made.content(one), made.content(mixed)
    assert bool(diffs.compare(old, new)) == (old != new)


@few
@given(generated.bodies, st.data())
def test_another_value_anywhere_is_a_change(body, data):
    tree = made.content(body)
    paths = [path for path in leaves(tree) if readable(path) and not absent(tree, path)]
    other = bent(tree, data.draw(st.sampled_from(paths)))
    assert diffs.compare(tree, other)
    assert diffs.compare(other, tree)


def readable(path):
    """Not what decides how the tree is read: types, kinds, levels and keys."""
    return (
        path[-1] not in ("type", "kind", "part", "level", "count", "amount", "currency")
        and not (len(path) > 3 and path[0] == "values")
        and not (path[0] == "values" and path[1] in (0, 1, 2, 7))
    )


def absent(tree, path):
    """Whether nothing stands there: what could, is of a shape of its own."""
    return functools.reduce(operator.getitem, path, tree) in (None, "")


@few
@given(generated.bodies, generated.bodies)
def test_a_change_holds_the_whole_of_both_texts(one, other):
    for change in diffs.compare(made.content(one), made.content([*one[1:], *other])):
        check_runs(change.runs, change.old, change.new)


@generated.steady
@given(generated.texts, generated.texts)
def test_words_are_neither_lost_nor_invented(old, new):
    check_runs(wording.runs(old, new), old, new)


def check_runs(runs, old, new):
    assert "".join(text for kind, text in runs if kind != wording.ADDED) == old
    assert "".join(text for kind, text in runs if kind != wording.REMOVED) == new
    assert all(text for _kind, text in runs)


@few
@given(generated.bodies)
def test_a_contract_deviates_from_its_outline_only_where_it_was_changed(body):
    outline = made.content(body)["body"]
    assert deviations.found(outline, outline) == []
    left_out = deviations.found(outline, outline[1:])
    assert [found["kind"] for found in left_out] == ["left_out"] * bool(outline)


# -- numbers and answers ------------------------------------------------------------------------


@generated.steady
@given(st.lists(st.integers(1, 4), max_size=30))
def test_numbers_of_clauses_differ_and_rise(levels):
    made_numbers = numbering.numbers(map(numbering.Place, levels))
    parts = [tuple(map(int, number.split("."))) for number in made_numbers]
    assert [len(part) for part in parts] == levels
    assert parts == sorted(set(parts))


@pytest.mark.parametrize("kind", generated.answer)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_stands_in_an_input_is_read_as_the_same_value(kind, data):
    field, value = generated.field(kind), data.draw(generated.answer[kind])
    assert answers.read(field, answers.raw(field, value)) == value
