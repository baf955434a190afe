"""Two people wrote from one beginning: nothing is lost unless the other choice is made."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from wagtail_contracts.contracts.core import merging
from wagtail_contracts.contracts.core.merging import MINE, THEIRS, merge

WORDS = st.integers(0, 9).map(lambda number: f"words {number}")
IDS = [f"id{number}" for number in range(8)]
SEEN = st.sampled_from(["title", "values", "body"])
State = dict[str, Any]


def clause(id: str, words: str) -> State:
    return {"id": id, "type": "clause", "value": {"text": words, "policy": "editable"}}


def area(id: str, blocks: list[State]) -> State:
    return {"id": id, "type": "area", "value": {"title": "More", "blocks": blocks}}


@st.composite
def streams(draw: Any, prefix: str = "") -> list[State]:
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=5))
    made = [clause(prefix + id, draw(WORDS)) for id in ids]
    if not prefix:
        made.insert(draw(st.integers(0, len(made))), area("area", draw(streams("in-"))))
    return made


@st.composite
def states(draw: Any) -> State:
    values = {key: draw(WORDS) for key in draw(st.sets(st.sampled_from("abc")))}
    return {"title": draw(WORDS), "values": values, "body": draw(streams())}


@st.composite
def edited(draw: Any, base: State, side: str) -> State:
    """A few steps as an editor makes them; what is new has an id of its own."""
    made = copy.deepcopy(base)
    for number in range(draw(st.integers(0, 4))):
        stream = made["body"]
        inner = next((one["value"]["blocks"] for one in stream if one["type"] == "area"), stream)
        step(draw, made, draw(st.sampled_from([stream, inner])), f"{side}{number}")
    return made


def step(draw: Any, state: State, stream: list[State], fresh: str) -> None:
    kind = draw(st.sampled_from(["title", "value", "write", "add", "remove", "move"]))
    at = draw(st.integers(0, max(len(stream) - 1, 0)))
    if kind == "title":
        state["title"] = draw(WORDS)
    elif kind == "value":
        state["values"][draw(st.sampled_from("abc"))] = draw(WORDS)
    elif kind == "add":
        stream.insert(at, clause(fresh, draw(WORDS)))
    elif stream and kind == "write" and stream[at]["type"] == "clause":
        stream[at] = clause(stream[at]["id"], draw(WORDS))
    elif stream and kind == "remove":
        del stream[at]
    elif stream and kind == "move":
        stream.insert(draw(st.integers(0, len(stream) - 1)), stream.pop(at))


@st.composite
def threes(draw: Any) -> tuple[State, State, State]:
    base = draw(states())
    return base, draw(edited(base, "mine")), draw(edited(base, "theirs"))


def said(state: State) -> dict[str, Any]:
    """Everything that somebody may have typed, by where it stands."""
    found = {"title": state["title"]} | {f"values/{key}": v for key, v in state["values"].items()}
    return found | {block["id"]: block["value"]["text"] for block in clauses(state["body"])}


def clauses(stream: list[State]) -> Iterator[State]:
    for block in stream:
        if block["type"] == "area":
            yield from clauses(block["value"]["blocks"])
        else:
            yield block


@given(three=threes())
def test_one_who_writes_alone_gets_just_that(three):
    base, mine, theirs = three
    assert merge(base, mine, base).state == mine
    assert merge(base, base, theirs).state == theirs
    assert merge(base, mine, mine).state == mine
    for state in (mine, theirs):
        assert not merge(base, state, base).conflicts + merge(base, state, state).conflicts


@given(three=threes())
@settings(max_examples=200)
def test_it_does_not_matter_who_saves_first(three):
    base, mine, theirs = three
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {c.key for c in one.conflicts} == {c.key for c in other.conflicts}
    assert (set(one.mine), set(one.theirs)) == (set(other.theirs), set(other.mine))
    for chosen, turned in ((MINE, THEIRS), (THEIRS, MINE)):
        settled = merge(base, mine, theirs, dict.fromkeys((c.key for c in one.conflicts), chosen))
        again = merge(base, theirs, mine, dict.fromkeys((c.key for c in one.conflicts), turned))
        assert said(settled.state) == said(again.state)
        if not one.conflicts:
            assert settled.state == again.state


@given(three=threes(), which=st.data())
@settings(max_examples=200)
def test_what_somebody_typed_is_there_unless_the_other_choice_was_made(three, which):
    base, mine, theirs = three
    asked = merge(base, mine, theirs).conflicts
    sides = st.sampled_from([MINE, THEIRS])
    choices = {conflict.key: which.draw(sides, conflict.key) for conflict in asked}
    made = merge(base, mine, theirs, choices)
    assert made.conflicts == []
    for side, state, other in ((MINE, mine, theirs), (THEIRS, theirs, mine)):
        for place, words in said(state).items():
            typed = said(base).get(place) != words
            if typed and said(made.state).get(place) != words:
                assert refused(choices, place, side), (place, words, other)


def refused(choices: dict[str, str], place: str, side: str) -> bool:
    """Whether a choice about this place, or about the area around it, went the other way."""
    about = {key: key.split("@")[0] for key in choices}
    return any(
        choices[key] != side
        for key, at in about.items()
        if at == place or at.endswith((f"/{place}", "/area"))
    )


@given(three=threes())
def test_no_block_is_there_twice_and_none_comes_from_nowhere(three):
    base, mine, theirs = three
    made = merge(base, mine, theirs)
    ids = [block["id"] for block in clauses(made.state["body"])]
    assert len(set(ids)) == len(ids)
    known = {block["id"] for state in (mine, theirs) for block in clauses(state["body"])}
    assert set(ids) <= known


def test_how_an_editor_writes_text_down_is_no_change():
    stored, again = "It <b>costs</b>", '<p data-block-key="x1y2z">It <strong>costs</strong></p>'
    base, mine, theirs = ({"body": [clause("a", text)]} for text in (stored, again, "It is free"))
    assert merge(base, mine, theirs).state == theirs
    item = {"type": "item", "value": "x"}
    assert merging.same([{**item, "id": "1"}], [{**item, "id": "2"}])
    assert not merging.same([{**item, "id": "1"}], [{**item, "id": "1", "value": "y"}])


def test_new_rows_without_an_id_are_known_by_what_they_say():
    row = {"pk": None, "name": "Kari"}
    base, mine, theirs = {"people": []}, {"people": [row]}, {"people": [row, {"pk": 7}]}
    assert merge(base, mine, theirs).state == {"people": [row, {"pk": 7}]}
    assert merge(base, {"people": [row, row]}, base).state == {"people": [row, row]}
