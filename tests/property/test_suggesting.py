"""Any words that somebody suggests: they are what is applied, stored and compared."""

import copy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_site import contents as streams
from tests.property import generated
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import (
    adapting,
    boxes,
    content,
    placing,
    richtext,
    shown,
    storing,
    suggesting,
    trees,
    typed_text,
    weaving,
    wording,
)

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NEW = "00000000-0000-4000-8000-000000000007"
CHIPS = [streams.chip(key) for key in ("price", "support", "supplier.name", "contract.title")]
# What would be read as something else stands first in a line, in braces or after a backslash.
word = st.sampled_from(
    ["ord", "é", "{Price}", "{x", "- a", "1. b", "\\c", "&lt;d&gt;", "e", *CHIPS]
)
run = st.builds(
    "{}{}{}".format, st.sampled_from(["", "<b>", "<i>"]), word, st.sampled_from(["", " "])
).map(lambda text: text + {"<b>": "</b>", "<i>": "</i>"}.get(text[:3], ""))
link = word.map(lambda text: f'<a href="https://example.com/a?b=1&amp;c=2">{text}</a>')
line = st.builds(
    "{}{}".format, st.lists(run | st.just("<br/>"), max_size=3).map("".join), link | st.just("")
)
ended = line.map(lambda text: f"{text}z")
rich = st.lists(
    ended.map(lambda text: f"<p>{text}</p>")
    | st.lists(ended, min_size=1, max_size=2).map(
        lambda items: "<ol><li>{}</li></ol>".format("<ul><li>k</li></ul></li><li>".join(items))
    )
    | st.just("<ul><li>en</li></ul><ul><li>to</li></ul>"),
    min_size=1,
    max_size=3,
).map("".join)


def made_of(kind, **parts):
    value = {"policy": "locked", "level": "1", "style": "", "start": None}
    return st.fixed_dictionaries(parts).map(lambda read: streams.entry(kind, **value, **read))


clause = made_of("clause", heading=ended | st.just(""), text=rich)
flag = st.just(False)
items = st.lists(
    st.fixed_dictionaries({**generated.counts, "text": ended}).map(streams.item),
    min_size=1,
    max_size=4,
)
cells = st.lists((ended | st.just("")).map(streams.item), min_size=1, max_size=3)
rows = st.lists(cells.map(lambda row: streams.item({"cells": row})), min_size=1, max_size=3).filter(
    lambda table: any(cell["value"] for row in table for cell in row["value"]["cells"])
)
more = made_of("area", title=st.just("More"), blocks=st.lists(clause, max_size=1))
OPEN = streams.entry("area", policy="editable", title="Free", blocks=[], level="1")


def arranged(blocks, offset):
    """Each block with one of the policies in turn, and an area that is open."""
    policies = ("locked", "editable", "optional")
    for place, block in enumerate(blocks):
        block["value"]["policy"] = policies[(place + offset) % 3]
    return [*blocks, copy.deepcopy(OPEN)]


bodies = st.builds(
    arranged,
    st.tuples(
        made_of("heading", text=ended),
        clause,
        made_of("definition", term=ended, text=rich),
        made_of("text", text=rich),
        made_of("bilingual", heading=ended, text=rich, other_heading=ended, other_text=rich),
        made_of("list", ordered=st.booleans(), items=items),
        made_of("table", caption=ended, header_row=st.booleans(), header_column=flag, rows=rows),
        made_of("columns", texts=st.lists(rich.map(streams.item), min_size=2, max_size=3)),
        more,
    ),
    st.integers(0, 2),
)
typed = st.lists(
    st.sampled_from(("alpha", "beta", "9 %", "- one", "1. two", "", "  - in", "é")), min_size=1
).map("\n".join)


def texts(base):
    return [one for one in trees.blocks(base["body"]) if one["type"] in boxes.KINDS]


def test_words_that_stay_keep_their_formatting_and_their_place_in_a_list():
    ran = []

    @few
    @given(bodies)
    def check(body):
        base = made.whole(body)
        for one in texts(base):
            written = typed_text.Written(one, base)
            again = written.read({name: f"{text}\n\nnew" for name, text in written.text().items()})
            after = boxes.boxes({**one, **again})
            assert after.keys() == written.boxes.keys()
            for name, box in written.boxes.items():
                if box.how == boxes.RICH:
                    assert after[name].now[:-1] == box.now
            parts = boxes.parts_of(one["type"])
            assert written.read(written.text()) == {part: one[part] for part in parts}
            ran.append(one["type"])

    check()
    assert len(ran) >= 100
    assert set(ran) == boxes.KINDS


def test_any_rich_text_is_stored_and_read_as_the_same_tree():
    ran = []

    @few
    @given(rich)
    def check(html):
        tree = richtext.rich(html)
        assert richtext.rich(storing.rich_html(tree)) == tree
        ran.append(tree)

    check()
    assert len(ran) >= 40


def proposals(base, words):
    """A proposal for each open place."""
    open_ = suggesting.places(base)
    for id, one in open_.wordings.items():
        written = typed_text.Written(one, base)
        parts = written.read(dict.fromkeys(written.boxes, f"{words}\nend"))
        yield {"kind": "wording", "block": id, "parts": parts}
    for id in open_.areas:
        parts = typed_text.Written(suggesting.BLANK, base).read({"content": f"{words}\nend"})
        yield {"kind": "clause", "block": id, "id": NEW, "parts": parts}


def test_a_proposal_applied_is_the_text_that_was_proposed_in_tree_and_stored_form_alike():
    ran = []

    @few
    @given(bodies, typed)
    def check(body, words):
        base = made.whole(body)
        for proposal in proposals(base, words):
            after = suggesting.apply(base, proposal)
            stored = placing.placed({"body": copy.deepcopy(body), "values": {}}, proposal)
            assert content.body(stored["body"]) == after["body"]
            at = proposal.get("id", proposal["block"])
            found = next(one for one in trees.blocks(after["body"]) if one["id"] == at)
            assert {part: found[part] for part in proposal["parts"]} == proposal["parts"]
            others = [one["id"] for one in trees.blocks(after["body"]) if one["id"] != NEW]
            assert others == [one["id"] for one in trees.blocks(base["body"])]
            ran.append(proposal["kind"])

    check()
    assert len(ran) >= 60
    assert set(ran) == {"wording", "clause"}


def test_a_proposal_on_a_locked_block_is_always_refused():
    ran = []

    @few
    @given(bodies)
    def check(body):
        base = made.whole(body)
        closed = [one for one in base["body"] if one["policy"] != "editable"]
        for one in trees.blocks(closed):
            parts = {part: [] for part in boxes.parts_of(one["type"]) or {"heading"}}
            for proposal in (
                {"kind": "wording", "block": one["id"], "parts": parts},
                {"kind": "clause", "block": one["id"], "id": NEW, "parts": parts},
                {"kind": "alternative", "block": one["id"], "chosen": "x"},
                {"kind": "values", "block": one["id"], "values": [], "quantities": [ROW]},
            ):
                assert refused(base, proposal) == "locked"
                ran.append(one["type"])

    check()
    assert len(ran) >= 200
    assert set(ran) == {*boxes.KINDS, "area"}


ROW = {"row": "a row", "quantity": "1.0000"}


def refused(base, proposal):
    try:
        suggesting.apply(base, proposal)
    except suggesting.Misfit as misfit:
        return misfit.code
    return ""


def test_two_changes_that_do_not_meet_are_both_there():
    ran = []

    @few
    @given(
        st.lists(st.sampled_from("abcdefgh"), min_size=9, max_size=14),
        st.integers(0, 3),
        st.integers(5, 8),
    )
    def check(base, early, late):
        one, other, both, same = (list(base) for _ in range(4))
        one[early] = both[early] = "EARLY"
        other[late] = both[late] = "LATE"
        same[late] = "OTHERWISE"
        said = [" ".join(each) for each in (base, one, other, both, same)]
        assert weaving.woven(*said[:3]) == said[3]
        assert weaving.woven(said[0], said[2], said[4]) is None
        ran.append(said)

    check()
    assert len(ran) >= 40


LONE = made_of("list", ordered=st.booleans(), items=items).map(
    lambda entry: [{**entry, "value": {**entry["value"], "policy": "editable"}}]
)
said = st.lists(st.sampled_from(("", "alpha", "beta", "gamma")), min_size=1, max_size=4)


def test_items_that_go_and_come_are_those_that_stand_there_then():
    ran = []

    @few
    @given(LONE, st.lists(said, min_size=1, max_size=4), st.booleans())
    def check(body, words, first):
        base = made.whole(body)
        block = base["body"][0]
        written = typed_text.Written(block, base)
        wanted, expected = {}, []
        for at, name in enumerate(["item-0", *written.boxes][not first :][: len(words)]):
            number = name.rpartition("-")[2]
            new = {f"item-{number}-{k}": text for k, text in enumerate(words[at][1:], 1)}
            wanted |= new if name == "item-0" else {name: words[at][0], **new}
            expected += words[at][1:] if name == "item-0" else words[at]
        expected = [text for text in expected if text]
        if not expected:
            return
        proposal = {"kind": "wording", "block": block["id"], "parts": written.read(wanted)}
        if proposal["parts"] == {"items": block["items"]}:
            return
        after = suggesting.apply(base, proposal)
        items = after["body"][0]["items"]
        assert [shown.words(item["content"], after) for item in items] == expected
        stored = placing.placed({"body": body, "values": {}}, proposal)
        assert content.body(stored["body"]) == after["body"]
        ran.append(len(items) - len(block["items"]))

    check()
    assert len(ran) >= 20
    assert min(ran) < 0 < max(ran)


def test_two_changes_at_different_items_or_cells_are_both_there_and_at_the_same_none():
    ran = []
    apart = st.lists(st.integers(0, 5), min_size=2, max_size=2, unique=True)

    @few
    @given(st.sampled_from(("list", "table", "columns")), apart)
    def check(kind, places):
        texts = [f"The {word} thing ends." for word in ("a", "b", "c", "d", "e", "f")]
        block = of_texts(kind, texts)
        places = [place % (3 if kind == "columns" else 6) for place in places]
        if places[0] == places[1]:
            return
        then = made.whole([block])
        one, other = (reworded(then, place, f"The new {place}.") for place in places)
        now = suggesting.apply(then, one)
        both = suggesting.apply(now, adapting.adapted(then, now, other))
        found = [text.replace("• ", "") for text in said_in(both)]
        texts[: len(found)] = [
            f"The new {at}." if at in places else text for at, text in enumerate(texts)
        ][: len(found)]
        assert found == texts[: len(found)]
        again = reworded(then, places[0], "Otherwise.")
        assert misfit(then, now, again) == "meets"
        ran.append(kind)

    check()
    assert len(ran) >= 20
    assert set(ran) == set(boxes.ROWS)


def of_texts(kind, texts):
    if kind == "list":
        return streams.listing(*texts, policy="editable")
    if kind == "columns":
        return streams.columns(*texts[:3], policy="editable")
    return streams.table("T", tuple(texts[:3]), tuple(texts[3:]), policy="editable")


def reworded(base, place, words):
    """A proposal of other words in the box at a place."""
    block = base["body"][0]
    written = typed_text.Written(block, base)
    name = list(written.boxes)[place]
    parts = written.read({**written.text(), name: words})
    return {"kind": "wording", "block": block["id"], "parts": parts}


def said_in(base):
    written = typed_text.Written(base["body"][0], base)
    return list(written.text().values())


def misfit(then, now, proposal):
    try:
        adapting.adapted(then, now, proposal)
    except suggesting.Misfit as found:
        return found.code
    return ""


def test_a_comparison_read_without_what_goes_is_what_was_proposed():
    ran = []

    @few
    @given(typed, typed)
    def check(old, new):
        found = wording.runs(old, new)
        assert "".join(text for kind, text in found if kind != wording.REMOVED) == new
        assert "".join(text for kind, text in found if kind != wording.ADDED) == old
        ran.append(found)

    check()
    assert len(ran) >= 40
