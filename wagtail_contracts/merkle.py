"""Merkle trees of RFC 6962 section 2.1: roots, and proofs of inclusion and of consistency.

Proofs are verified as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says. A hash is 32 bytes: a proof
with a longer or shorter one is none, since two nodes could be read out of the same bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, level by level: an odd last node moves up unchanged."""
    level = list(leaves)
    if not level:
        return EMPTY
    while len(level) > 1:
        odd = [level[-1]] if len(level) % 2 else []
        level = [node(*pair) for pair in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0]


class Frontier:
    """The roots of the complete subtrees, largest first: all that it takes to append.

    `peaks` are 25 hashes at most for 2^25 leaves. Raises ValueError where their number is not
    that of a tree of `size` leaves.
    """

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size, self.peaks = size, list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} complete subtrees")

    def append(self, leaf_hash: bytes) -> None:
        """Take one more leaf."""
        size = self.size
        while size % 2:
            leaf_hash = node(self.peaks.pop(), leaf_hash)
            size //= 2
        self.peaks.append(leaf_hash)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.peaks:
            return EMPTY
        right = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            right = node(left, right)
        return right


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The siblings from the leaf at `index` up to the root. Raises IndexError."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion(leaves[:split], index), root(leaves[split:])]
    return [*inclusion(leaves[split:], index - split), root(leaves[:split])]


def inclusion_onwards(frontier: Frontier, leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The same in a tree of which only a frontier and the leaves after it are at hand.

    `index` is that of one of these leaves. Raises IndexError.
    """
    begin, low, high = frontier.size, 0, frontier.size + len(leaves)
    if not begin <= index < high:
        raise IndexError(index)
    known, path = dict(_complete(frontier)), []

    def over(first: int, end: int) -> bytes:
        if (first, end) in known:
            return known[first, end]
        if first >= begin:
            return root(leaves[first - begin : end - begin])
        middle = first + _split(end - first)
        return node(over(first, middle), over(middle, end))

    while high - low > 1:
        middle = low + _split(high - low)
        left = index < middle
        path.append(over(middle, high) if left else over(low, middle))
        low, high = (low, middle) if left else (middle, high)
    return path[::-1]


def includes(
    leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes
) -> bool:
    """Whether the path leads from this leaf at this index to the root of a tree of this size."""
    if not 0 <= index < size or not _are_hashes(path):
        return False
    position, last, found = index, size - 1, leaf_hash
    for sibling in path:
        if last == 0:
            return False
        if position % 2 or position == last:
            found = node(sibling, found)
            position, last = _climb(position, last)
        else:
            found = node(found, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and found == expected


def consistency(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Hashes that show the tree over the first `old_size` leaves to be a prefix of this one.

    Raises IndexError where there are not so many, and for none.
    """
    if not 0 < old_size <= len(leaves):
        raise IndexError(old_size)
    return _subproof(leaves, old_size, complete=True)


def consistent(
    old_size: int, old_root: bytes, size: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the older tree is a prefix of the newer one."""
    if not 0 < old_size <= size or not _are_hashes(path):
        return False
    if old_size == size:
        return not path and old_root == new_root
    hashes = list(path)
    if old_size & (old_size - 1) == 0:  # an exact power of two is itself a node of the new tree
        hashes.insert(0, old_root)
    return bool(hashes) and _prefix_roots(old_size - 1, size - 1, hashes) == (old_root, new_root)


def _are_hashes(path: Sequence[bytes]) -> bool:
    return all(len(item) == len(EMPTY) for item in path)


def _prefix_roots(position: int, last: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    while position % 2:
        position, last = position >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return None
        if position % 2 or position == last:
            old, new = node(sibling, old), node(sibling, new)
            position, last = _climb(position, last)
        else:
            new = node(new, sibling)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None


def _complete(frontier: Frontier) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The range of leaves that each complete subtree is over, and its root."""
    first = 0
    for peak in frontier.peaks:
        end = first + _split(frontier.size - first + 1)
        yield (first, end), peak
        first = end


def _climb(position: int, last: int) -> tuple[int, int]:
    """Skip the levels on which an odd last node moved up unchanged."""
    while position and position % 2 == 0:
        position, last = position >> 1, last >> 1
    return position, last


def _subproof(leaves: Sequence[bytes], old_size: int, *, complete: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if complete else [root(leaves)]
    split = _split(len(leaves))
    if old_size <= split:
        below = _subproof(leaves[:split], old_size, complete=complete)
        return [*below, root(leaves[split:])]
    below = _subproof(leaves[split:], old_size - split, complete=False)
    return [*below, root(leaves[:split])]


def _split(size: int) -> int:
    """The largest power of two below size."""
    return 1 << (size - 1).bit_length() - 1
