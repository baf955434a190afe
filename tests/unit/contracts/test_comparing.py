"""The comparison that evidence names, worked out again by the published rules alone."""

import copy
import hashlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from example_site import contents as streams
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import comparing

CASES = 100
BLOCKS = [streams.clause(f"Clause {n}", f"It says {n}.") for n in range(7)]


def again(old, new, digests):
    """By docs/explanation/evidence-trail.md and nothing else."""
    before, after = old["content"], new["content"]
    changes = [
        *([("title", "title", "changed")] if before["title"] != after["title"] else []),
        *told("field", fields(before), fields(after)),
        *values(before, after),
        *told("party", parties(before), parties(after)),
        *told("person", people(before), people(after)),
        *told("block", blocks(before["body"]), blocks(after["body"])),
        *moves(dict(areas(before["body"])), dict(areas(after["body"]))),
    ]
    if before != after and not changes:
        changes = [("other", "", "changed")]
    value = {
        "format": 1,
        "from": {"version": old["version"], "digest": digests[0]},
        "to": {"version": new["version"], "digest": digests[1]},
        "changes": [
            dict(zip(("part", "key", "kind"), one, strict=True)) for one in sorted(changes)
        ],
    }
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"wagtail-contracts/comparison/v1\n{text}".encode()).hexdigest()


def told(part, before, after):
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            kind = "removed" if key not in after else "added" if key not in before else "changed"
            yield part, key, kind


def fields(content):
    return {field["key"]: field for field in content["fields"]}


def values(before, after):
    was, now = ({one["key"]: one["value"] for one in side["values"]} for side in (before, after))
    for key in fields(before).keys() & fields(after).keys():
        if was.get(key) != now.get(key):
            yield "value", key, "changed"


def parties(content):
    return {
        party["id"]: {name: part for name, part in party.items() if name != "people"}
        for party in content["parties"]
    }


def people(content):
    return {
        person["id"]: (person, party["id"])
        for party in content["parties"]
        for person in party["people"]
    }


def blocks(body):
    found = {}
    for block in body:
        found[block["id"]] = {k: v for k, v in block.items() if k not in ("number", "blocks")}
        found |= blocks(block.get("blocks", []))
    return found


def areas(body, area=""):
    for block in body:
        yield block["id"], area
        yield from areas(block.get("blocks", []), block["id"])


def moves(before, after):
    """The rising sequence by trying all, the longest, from the end each time the last that fits."""
    common = [id for id in after if id in before]
    places = [list(before).index(id) for id in common]
    longest = [0] * len(places)
    for at, place in enumerate(places):
        longest[at] = 1 + max([longest[i] for i in range(at) if places[i] < place], default=0)
    wanted, limit, stayed = max(longest, default=0), len(before), set()
    for at in reversed(range(len(places))):
        if longest[at] == wanted and places[at] < limit:
            stayed.add(common[at])
            wanted, limit = wanted - 1, places[at]
    for id in common:
        if id not in stayed or before[id] != after[id]:
            yield "block", id, "moved"


def version(content, number):
    return {"version": number, "content": content}


@st.composite
def pairs(draw):
    old = draw(st.lists(st.sampled_from(BLOCKS), unique_by=lambda one: one["id"], max_size=6))
    new = draw(st.permutations(old))[: draw(st.integers(0, 6))] if old else []
    new = [copy.deepcopy(block) for block in new]
    for block in new:
        if draw(st.booleans()):
            block["value"]["text"] = "<p>Otherwise.</p>"
    new += [streams.area("More")] if draw(st.booleans()) else []
    values = {**made.VALUES, "notice": draw(st.sampled_from(("3.0000", "4.0000")))}
    title = draw(st.sampled_from(("Driftsavtale 2027", "Another")))
    return made.content(old), made.content(new, values=values, title=title)


seen = set()


@given(pairs())
@settings(deadline=None, max_examples=CASES, derandomize=True)
def compared(both):
    old, new = version(both[0], 2), version(both[1], 3)
    digests = ("a" * 64, "b" * 64)
    assert comparing.digest(old, new, digests) == again(old, new, digests)
    found = comparing.record(old, new, digests)["changes"]
    seen.update((one["part"], one["kind"]) for one in found)


def test_the_digest_of_a_comparison_follows_from_both_versions_by_the_published_rules():
    seen.clear()
    compared()
    assert {("block", kind) for kind in ("added", "removed", "changed", "moved")} <= seen
    assert {("title", "changed"), ("value", "changed")} <= seen


def test_another_version_with_the_same_words_makes_another_comparison():
    content = made.content()
    old, new = version(content, 2), version({**content, "title": "Another"}, 3)
    one = comparing.digest(old, new, ("a" * 64, "b" * 64))
    assert one != comparing.digest(old, new, ("a" * 64, "c" * 64))
    assert one != comparing.digest(version(content, 1), new, ("a" * 64, "b" * 64))


def test_what_has_no_words_is_told_too():
    content = made.content()
    for other in ({**content, "template": "1" * 64}, {**content, "parties": []}):
        old, new = version(content, 2), version(other, 3)
        assert comparing.digest(old, new, ("a" * 64, "b" * 64)) == again(
            old, new, ("a" * 64, "b" * 64)
        )
