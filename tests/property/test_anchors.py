"""What was kept elsewhere tells every rewriting: a head of its trail, a root of the whole log."""

from hypothesis import given
from hypothesis import strategies as st

from tests.property.generated import steady
from tests.property.test_chain import TRAIL, data, trails
from wagtail_contracts import chain, merkle

leaves = st.lists(st.binary(max_size=8), min_size=1, max_size=40).map(
    lambda texts: [merkle.leaf(text) for text in texts]
)


def regrown(links, kept, contents):
    """The first links, and others after them that say something else."""
    head, made = chain.genesis(TRAIL), links[:kept]
    if made:
        head = chain.Head(kept, made[-1].digest)
    for content in contents:
        told = {"at": "2026-01-02T00:00:00.000000Z", "by": {"kind": "user", "key": "7"}}
        link = chain.link(
            TRAIL, head, {**told, "commitments": [], "data": content, "name": "contract.sent"}
        )
        head = chain.Head(head.length + 1, link.digest)
        made = [*made, link]
    return made, head


@steady
@given(trails(), st.lists(data, max_size=8), st.data())
def test_any_head_tells_a_tail_that_was_cut_and_grown_anew(trail, contents, draw):
    links, _head = trail
    kept = draw.draw(st.integers(0, len(links)))
    made, head = regrown(links, kept, contents)

    assert chain.replay(TRAIL, [link.record for link in made]) == head  # whole in itself
    for length in range(1, len(links) + 1):
        holds = length <= len(made) and made[length - 1].digest == links[length - 1].digest
        assert holds is (length <= kept)


@steady
@given(leaves, st.data())
def test_a_log_that_was_only_added_to_is_consistent_with_what_it_was(log, draw):
    old = draw.draw(st.integers(1, len(log)))
    path, before, now = merkle.consistency(log, old), merkle.root(log[:old]), merkle.root(log)

    assert merkle.consistent(old, before, len(log), now, path)
    for place in range(old):
        forged = [*log]
        forged[place] = merkle.leaf(b"forged beyond eight bytes")
        root = merkle.root(forged)
        for way in (path, merkle.consistency(forged, old)):
            assert not merkle.consistent(old, before, len(log), root, way)


@steady
@given(leaves, st.data())
def test_an_entry_is_included_where_it_stands_and_nothing_else_is(log, draw):
    index = draw.draw(st.integers(0, len(log) - 1))
    path, root = merkle.inclusion(log, index), merkle.root(log)

    assert merkle.includes(log[index], index, len(log), path, root)
    other = merkle.leaf(b"forged beyond eight bytes")
    assert not merkle.includes(other, index, len(log), path, root)
    for place in range(len(path)):
        assert not merkle.includes(
            log[index], index, len(log), [*path[:place], other, *path[place + 1 :]], root
        )
    assert not merkle.includes(log[index], index, len(log), [*path, other], root)


@steady
@given(leaves)
def test_a_frontier_that_is_kept_goes_on_to_the_same_root(log):
    frontier = merkle.Frontier()
    for item in log:
        frontier.append(item)
        frontier = merkle.Frontier(frontier.size, frontier.peaks)
    assert frontier.root() == merkle.root(log)
