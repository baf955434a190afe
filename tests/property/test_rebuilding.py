"""From the old version and the comparison the words and the order of the new one follow.

`KINDS` has a strategy for each kind of block; a kind without one fails.
"""

import copy
import json
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_site import contents as streams
from tests.property import generated
from tests.property.generated import block, counts, flags, levels, lines, rich, titles
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import details, diffs, shown, trees
from wagtail_contracts.contracts.core.fields import choices
from wagtail_contracts.contracts.core.kinds import KINDS as REGISTERED

digests = st.text("0123456789abcdef", min_size=64, max_size=64)
files = st.builds(
    lambda name, digest, size: {
        "id": "f",
        "name": f"{name}.png",
        "digest": digest,
        "size": size,
        "media_type": "image/png",
        "pages": None,
        "source": {},
    },
    st.text("abc", min_size=1, max_size=4),
    digests,
    st.integers(1, 9999),
)
wordings = st.lists(
    st.fixed_dictionaries({"name": titles, "heading": lines, "text": rich}).map(streams.item),
    min_size=1,
    max_size=2,
)
amounts = st.integers(0, 9999).map(str)
rows = st.lists(
    st.builds(
        lambda name, price, period: streams.product(name, price, period=period),
        titles,
        amounts,
        st.sampled_from(("once", "month", "year")),
    ),
    min_size=1,
    max_size=3,
)
nested = st.lists(generated.free.map(generated.without_policy), max_size=2)
KINDS = {
    "heading": block("heading", level=levels, text=lines),
    "clause": block("clause", **counts, heading=lines | st.just(""), text=rich),
    "definition": block("definition", **counts, numbered=flags, term=lines, text=rich),
    "text": block("text", text=rich),
    "list": block("list", ordered=flags, items=generated.items),
    "table": block(
        "table", caption=titles, header_row=flags, header_column=flags, rows=generated.rows
    ),
    "field_place": block("field_place", key=st.sampled_from(("price", "start", "support"))),
    "area": block("area", **generated.area, blocks=nested),
    "group": block("group", title=titles, blocks=nested),
    "signatures": block("signatures", title=titles),
    "alternatives": block("alternatives", **counts, wordings=wordings, chosen=st.just("")),
    "image": block("image", file=files, alt=titles, decorative=flags, caption=titles),
    "video": block("video", title=titles, file=files, transcript=titles),
    "exhibit": block("exhibit", title=titles, file=files),
    "products": st.builds(streams.products, titles, rows).map(
        lambda entry: {**entry, "value": {**entry["value"], "rows": entry["value"]["rows"][0]}}
    ),
    "columns": block("columns", texts=generated.columns),
    "page_break": block("page_break"),
    "party_details": block("party_details", title=titles, roles=generated.roles),
    "bilingual": block(
        "bilingual", **counts, heading=lines, text=rich, other_heading=lines, other_text=rich
    ),
}
INSIDE = ("list", "table", "products", "exhibit")
VALUES = st.fixed_dictionaries(
    {
        "price": st.none()
        | amounts.map(lambda amount: {"amount": f"{amount}.00", "currency": "NOK"}),
        "start": st.none() | st.sampled_from(("2027-01-15", "2028-02-29")),
        "support": st.none() | st.sampled_from(("office", "extended")),
        "until": st.none() | st.sampled_from(("21.00", "23.00")),
    }
)


def test_every_kind_has_a_strategy():
    assert set(KINDS) == set(REGISTERED)


@st.composite
def edited(draw):
    """Two bodies: some blocks stay, some get other words, move, come, go, split or join."""
    old = [draw(KINDS[kind]) for kind in draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=6))]
    new = []
    for entry in old:
        what = draw(st.sampled_from(("stays", "stays", "changes", "goes")))
        if what == "changes":
            new.append({**draw(KINDS[entry["type"]]), "id": entry["id"]})
        elif what == "stays":
            new.append(copy.deepcopy(entry))
    new += [
        draw(KINDS[kind]) for kind in draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=2))
    ]
    inside = draw(st.sampled_from(INSIDE))  # one that changes within, in each case
    old.append(draw(KINDS[inside]))
    new.append({**draw(KINDS[inside]), "id": old[-1]["id"]})
    new = list(draw(st.permutations(new)))
    for side, other in draw(st.sampled_from(((), ((old, new),), ((new, old),)))):
        whole = streams.text("Ett to tre fire fem seks sju åtte ni.")
        halves = [streams.text("Ett to tre fire"), streams.text("fem seks sju åtte ni.")]
        kept = draw(st.integers(0, 1))  # the half that goes on as what it was
        halves[kept] = {**halves[kept], "id": whole["id"]}
        side.append(whole)
        between = draw(st.sampled_from((0, 0, len(other))))
        other += [halves[0]]
        other[len(other) - between : len(other) - between] = [halves[1]]
    return without_numbers(old), without_numbers(new)


def without_numbers(body):
    """A reference reads otherwise once its target has moved, and that is no change."""
    return json.loads(json.dumps(body).replace(f"clause.{generated.TARGET}", "contract.title"))


class Said(shown.Words):
    """The words of the old version with what a comparison says of title and values."""

    def __init__(self, content, changes):
        super().__init__(content)
        self.title = content["title"]
        self.values = {}
        for change in changes:
            if change.part == diffs.TITLE:
                self.title = change.new
            elif change.part == diffs.VALUE:
                self.values[change.key] = change.new

    @property
    def second(self):
        return self

    def words(self, nodes):
        return "".join(map(self.word, nodes))

    def word(self, node):
        if node["type"] == "link":
            return self.words(node["content"])
        if node["type"] == "title":
            return self.title
        if node["type"] == "field":
            return self.value(node["key"]) or shown.BLANK
        return shown.words([node], self.content)

    def value(self, key):
        if key in self.values:
            return self.values[key]
        field = trees.fields_by_key(self.content)[key]
        stored = trees.values_by_key(self.content)[key]
        if options := choices.chosen(field, stored):
            return self.words(options[0]["content"])
        return shown.value(field, stored, self.language)


def listed(blocks, area=""):
    """Ids in their order by the id of what they stand in."""
    found = {area: [one["id"] for one in blocks]}
    for one in blocks:
        if "blocks" in one:
            found |= listed(one["blocks"], one["id"])
    return found


# What goes and what falls apart on the way from old to new, and on the way back.
FORTH = (diffs.REMOVED, diffs.SPLIT, diffs.JOINED, "where", "new")
BACK = (diffs.ADDED, diffs.JOINED, diffs.SPLIT, "stood", "old")


def rebuilt(body, words, changes, way):
    """(id, words) of the blocks that the other version has, in their order."""
    order, found = listed(body), [one for one in changes if one.part == diffs.BLOCK]
    gone = set(leaving(found, way))
    order = {area: [id for id in ids if id not in gone] for area, ids in order.items()}
    coming = list(arriving(found, way))
    while coming:
        key, where = coming.pop(0)
        ids = order.setdefault(where.area, [])
        if where.after and where.after.id not in ids:
            coming.append((key, where))  # what stands before it comes first
            continue
        ids.insert(ids.index(where.after.id) + 1 if where.after else 0, key)
    return list(walked(order, {**words, **dict(wording(found, way))}, ""))


def leaving(found, way):
    goes, _apart, together, _where, _said = way
    for change in found:
        if change.kind in (goes, diffs.MOVED):
            yield change.key
        if change.kind == together:
            yield from (piece.id for piece in change.pieces if piece.id != change.key)


def arriving(found, way):
    _goes, apart, _together, where, _said = way
    for change in found:
        if place := getattr(change, where):
            yield change.key, place
        if change.kind == apart:
            others = (piece for piece in change.pieces if piece.id != change.key)
            yield from ((piece.id, piece.where) for piece in others)


def wording(found, way):
    goes, apart, _together, _where, said = way
    for change in found:
        if change.kind == apart:
            yield from ((piece.id, piece.words) for piece in change.pieces)
        elif change.kind != goes:
            yield change.key, getattr(change, said)


def walked(order, words, area):
    for id in order.get(area, ()):
        yield id, words[id]
        yield from walked(order, words, id)


CASES = 300
seen = Counter()


@given(edited(), VALUES, VALUES, titles, titles)
@settings(
    deadline=None,
    max_examples=CASES,
    derandomize=True,  # so that the counts below do not hang on luck
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def compared(bodies, was, now, one, two):
    old = made.content(bodies[0], values=was, title=one)
    new = made.content(bodies[1], values=now, title=two)
    changes = diffs.compare(old, new)
    told = [(block["id"], shown.text(block, new)) for block in trees.blocks(new["body"])]
    said = Said(old, changes)
    words = {
        one["id"]: REGISTERED[one["type"]].text(one, said) for one in trees.blocks(old["body"])
    }
    assert rebuilt(old["body"], words, changes, FORTH) == told
    before = {block["id"]: shown.text(block, old) for block in trees.blocks(old["body"])}
    for change in changes:
        seen[change.part, change.kind] += 1
        seen.update(detail.part for detail in change.details)
        if change.pieces:
            seen[change.kind, [piece.id for piece in change.pieces].index(change.key)] += 1
        assert "".join(text for kind, text in change.runs if kind != "ins") == change.old
        assert "".join(text for kind, text in change.runs if kind != "del") == change.new
        if change.part == diffs.BLOCK and change.kind in (diffs.CHANGED, diffs.REMOVED):
            assert change.old == before[change.key]
    if was == now and one == two:  # else a block reads otherwise that is not changed itself
        assert rebuilt(new["body"], dict(told), changes, BACK) == list(before.items())
    seen["cases"] += 1


def test_each_version_follows_from_the_other_one_and_the_comparison():
    seen.clear()
    compared()
    assert seen["cases"] >= CASES
    for kind in (diffs.CHANGED, diffs.ADDED, diffs.REMOVED, diffs.MOVED, diffs.SPLIT, diffs.JOINED):
        assert seen[diffs.BLOCK, kind] >= 3, kind
    for kind in (diffs.SPLIT, diffs.JOINED):
        assert all(seen[kind, place] >= 3 for place in (0, 1)), kind
    for part in (details.ITEM, details.CELL, details.PRODUCT, details.FILE):
        assert seen[part] >= 3, part
