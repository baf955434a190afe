"""Trees against the recursive definition of RFC 6962, at all sizes to 64 and all pairs of them."""

import pytest

from wagtail_contracts import merkle

MOST = 64
LEAVES = [merkle.leaf(bytes([number])) for number in range(MOST + 1)]


def defined(leaves):
    """The hash of RFC 6962, section 2.1, as it is written there."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return merkle.node(defined(leaves[:split]), defined(leaves[split:]))


ROOTS = [merkle.EMPTY] + [defined(LEAVES[:size]) for size in range(1, MOST + 1)]


def damaged(path):
    yield [*path, bytes(32)]
    if path:
        yield path[:-1]
        yield [bytes(32), *path[1:]]
    if len(path) > 1:
        yield path[::-1]


def test_the_roots_of_the_reference_implementation_come_out():
    """Certificate Transparency's own test data: the roots over its first leaves."""
    texts = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")
    leaves = [merkle.leaf(bytes.fromhex(text)) for text in texts]
    expected = {
        0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    }
    assert {size: merkle.root(leaves[:size]).hex() for size in expected} == expected


def test_the_frontier_gives_the_same_roots_and_can_be_taken_up_again():
    frontier = merkle.Frontier()
    for size in range(MOST):
        assert merkle.root(LEAVES[:size]) == frontier.root() == ROOTS[size]
        frontier = merkle.Frontier(frontier.size, frontier.peaks)
        frontier.append(LEAVES[size])
    assert frontier.size == MOST
    with pytest.raises(ValueError, match="complete subtrees"):
        merkle.Frontier(MOST, [*frontier.peaks, bytes(32)])


def test_each_leaf_is_included_at_its_own_index_alone():
    cases = 0
    for size in range(1, MOST + 1):
        for index in range(size):
            path = merkle.inclusion(LEAVES[:size], index)
            assert merkle.includes(LEAVES[index], index, size, path, ROOTS[size])
            others = [n for n in range(size) if n != index]
            assert not any(
                merkle.includes(LEAVES[index], n, size, path, ROOTS[size]) for n in others
            )
            for wrong in damaged(path):
                assert not merkle.includes(LEAVES[index], index, size, wrong, ROOTS[size])
                cases += 1
    assert cases > 7000
    for outside in (-1, MOST):
        with pytest.raises(IndexError):
            merkle.inclusion(LEAVES[:MOST], outside)
        assert not merkle.includes(LEAVES[0], outside, MOST, [], ROOTS[MOST])


def test_each_pair_of_sizes_is_consistent_with_its_own_roots_alone():
    cases = 0
    for size in range(1, MOST + 1):
        for old in range(1, size + 1):
            path = merkle.consistency(LEAVES[:size], old)
            assert merkle.consistent(old, ROOTS[old], size, ROOTS[size], path)
            for wrong in {*range(1, size + 1)} - {old}:
                assert not merkle.consistent(old, ROOTS[wrong], size, ROOTS[size], path)
                assert not merkle.consistent(wrong, ROOTS[wrong], size, ROOTS[old], path)
            for changed in damaged(path):
                assert not merkle.consistent(old, ROOTS[old], size, ROOTS[size], changed)
                cases += 1
    assert cases > 7000
    for outside in (0, MOST + 1):
        with pytest.raises(IndexError):
            merkle.consistency(LEAVES[:MOST], outside)
        assert not merkle.consistent(outside, ROOTS[1], MOST, ROOTS[MOST], [])


def test_a_rewritten_log_is_never_consistent_with_what_it_was():
    cases = 0
    for size in range(2, MOST + 1, 5):
        for old in range(1, size):
            forged = LEAVES[:size]
            forged[old // 2] = merkle.leaf(b"forged")
            path = merkle.consistency(forged, old)
            assert not merkle.consistent(old, ROOTS[old], size, merkle.root(forged), path)
            cases += 1
    assert cases > 400


def test_two_logs_that_differ_can_not_be_read_out_of_the_same_nodes():
    """With an item of 64 bytes three hashes make a node, cut in two ways: entry 2 is both."""
    first, second, old_entry, new_entry, fourth = LEAVES[:5]
    below = merkle.node(first, second)
    old = merkle.node(below, old_entry + new_entry)
    new = merkle.node(below, merkle.node(old_entry + new_entry, fourth))

    assert not merkle.consistent(3, old, 4, new, [old_entry + new_entry, fourth, below])
    assert not merkle.includes(new_entry, 2, 3, [below + old_entry], old)
    assert not merkle.includes(new_entry, 2, 4, [old_entry + fourth, below], new)

    honest = [first, second, old_entry, fourth]
    path = merkle.consistency(honest, 3)
    assert merkle.consistent(3, merkle.root(honest[:3]), 4, merkle.root(honest), path)
    assert merkle.includes(old_entry, 2, 4, [fourth, below], merkle.root(honest))


@pytest.mark.parametrize("size", range(1, 34))
def test_a_frontier_and_what_came_after_it_give_the_same_path(size):
    leaves = [merkle.leaf(bytes([number])) for number in range(size)]
    for begin in range(size):
        frontier = merkle.Frontier()
        for item in leaves[:begin]:
            frontier.append(item)
        for index in range(begin, size):
            path = merkle.inclusion_onwards(frontier, leaves[begin:], index)
            assert path == merkle.inclusion(leaves, index)
        for outside in (begin - 1, size):
            with pytest.raises(IndexError):
                merkle.inclusion_onwards(frontier, leaves[begin:], outside)
