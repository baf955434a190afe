"""From the old version and the comparison the words and the order of the new one follow.

`KINDS` has a strategy for each kind of block; a kind without one fails.
"""

import copy
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_site import contents as streams
from tests.property import generated
from tests.property.generated import block, counts, flags, levels, lines, rich, titles
from tests.unit.contracts import made
from wagtail_contracts.contracts.core import diffs, shown, trees
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
    """Two bodies: some blocks stay, some get other words, some move, come or go."""
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
    return without_numbers(old), without_numbers(draw(st.permutations(new)) if new else [])


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


def rebuilt(old, changes):
    """(id, words) of the blocks that the new version has, in their order."""
    said = Said(old, changes)
    words = {
        one["id"]: REGISTERED[one["type"]].text(one, said) for one in trees.blocks(old["body"])
    }
    order = listed(old["body"])
    for change in changes:
        if change.part == diffs.BLOCK and change.kind in (diffs.REMOVED, diffs.MOVED):
            for ids in order.values():
                ids[:] = [id for id in ids if id != change.key]
    for change in changes:
        if change.part == diffs.BLOCK and change.where:
            ids = order.setdefault(change.where.area, [])
            after = change.where.after
            ids.insert(ids.index(after.id) + 1 if after else 0, change.key)
        if change.part == diffs.BLOCK and change.kind != diffs.REMOVED:
            words[change.key] = change.new
    return list(walked(order, words, ""))


def walked(order, words, area):
    for id in order.get(area, ()):
        yield id, words[id]
        yield from walked(order, words, id)


@given(edited(), VALUES, VALUES, titles, titles)
@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_the_new_version_follows_from_the_old_one_and_the_comparison(bodies, was, now, one, two):
    old = made.content(bodies[0], values=was, title=one)
    new = made.content(bodies[1], values=now, title=two)
    changes = diffs.compare(old, new)
    told = [(block["id"], shown.text(block, new)) for block in trees.blocks(new["body"])]
    assert rebuilt(old, changes) == told
    before = {block["id"]: shown.text(block, old) for block in trees.blocks(old["body"])}
    for change in changes:
        if change.part == diffs.BLOCK and change.kind in (diffs.CHANGED, diffs.REMOVED):
            assert change.old == before[change.key]
