"""Whatever a form sends, a locked block stays as its outline has it."""

from hypothesis import given
from hypothesis import strategies as st

from tests.property import generated
from wagtail_contracts.contracts.core import locks

KINDS = ("clause", "text")
policies = st.sampled_from(("locked", "editable", "optional", "", "unknown", None))
outlines = st.lists(st.tuples(st.sampled_from(KINDS), policies), max_size=6).map(
    lambda made: [
        {"id": f"block-{place}", "type": kind, "value": {"policy": policy, "text": "was"}}
        for place, (kind, policy) in enumerate(made)
    ]
)
posted = st.lists(
    st.builds(
        locks.Posted,
        st.sampled_from([f"block-{place}" for place in range(8)]),
        st.sampled_from(KINDS),
        st.booleans(),
        st.just("posted"),
    ),
    max_size=8,
)


def honest(outline):
    return [locks.Posted(entry["id"], entry["type"]) for entry in outline]


@generated.steady
@given(outlines, posted)
def test_only_editable_blocks_take_a_posted_value(outline, sent):
    for entry, value in locks.arrange(outline, sent):
        assert value is None or entry["value"]["policy"] == "editable"


@generated.steady
@given(outlines, posted)
def test_only_optional_blocks_can_be_left_out_and_none_can_be_moved(outline, sent):
    kept = [entry["id"] for entry, _value in locks.arrange(outline, sent)]
    optional = {entry["id"] for entry in outline if entry["value"]["policy"] == "optional"}
    assert kept == [entry["id"] for entry in outline if entry["id"] in kept]
    assert {entry["id"] for entry in outline} - set(kept) <= optional


@generated.steady
@given(outlines)
def test_an_honest_post_has_no_problems(outline):
    assert locks.problems(outline, honest(outline)) == []


@generated.steady
@given(outlines.filter(bool), st.data())
def test_every_tampering_is_named(outline, data):
    sent = honest(outline)
    place = data.draw(st.integers(0, len(sent) - 1))
    first, other = sent[place], next(kind for kind in KINDS if kind != sent[place].type)
    tampered = {
        "missing": [*sent[:place], *sent[place + 1 :]],
        "duplicated": [*sent, first],
        "added": [*sent, locks.Posted("stranger", "clause")],
        "retyped": [*sent[:place], locks.Posted(first.id, other), *sent[place + 1 :]],
        "removed": [
            *sent[:place],
            locks.Posted(first.id, first.type, omitted=True),
            *sent[place + 1 :],
        ],
    }
    if outline[place]["value"]["policy"] == "optional":
        del tampered["removed"]
    if len(sent) > 1:
        tampered["moved"] = [*sent[1:], sent[0]]
    for code, post in tampered.items():
        assert code in [found for found, _id in locks.problems(outline, post)]
