"""Clauses that were split into several, and several that were joined into one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from wagtail_contracts.contracts.core.matching import Matcher
from wagtail_contracts.contracts.core.places import Place

LIKE = 0.8  # so much of both is the same; beyond it one is the other in parts
OF_EACH = 0.5  # so many words of each part come from the whole
MOST_APART = 50  # new blocks, up to which those that stand elsewhere are looked at, too


def splits(
    whole: Mapping[str, str], parts: Mapping[str, str], places: Mapping[str, Place]
) -> Iterator[tuple[str, list[str]]]:
    """The id of each block that was split, and those that it became, itself among them.

    `whole` are the words before of the blocks whose words changed, `parts` the words now of these
    and of those that are new, `places` where the latter stand now. They come in the order in which
    they have the words: neighbours first, then one that stands elsewhere.
    """
    words = {id: text.split() for id, text in parts.items()}
    free = {id: None for id in parts if id not in whole}
    for id, text in whole.items():
        before = text.split()
        for ids in _candidates(id, len(before), words, free, places):
            if _is_split(before, [words[one] for one in ids], ids.index(id)):
                yield id, ids
                free = {one: None for one in free if one not in ids}
                break


def _candidates(
    id: str,
    length: int,
    words: Mapping[str, Sequence[str]],
    free: Mapping[str, None],
    places: Mapping[str, Place],
) -> Iterator[list[str]]:
    """What has about as many words as the block had: the most neighbours first."""
    chain = _chain(id, free, places)
    ends = [0, *accumulate(len(words[one]) for one in chain)]
    at = chain.index(id)
    for size in range(len(chain), 1, -1):
        for start in range(min(at, len(chain) - size), max(at - size, -1), -1):
            if _is_as_long(length, ends[start + size] - ends[start]):
                yield chain[start : start + size]
    for other in free if len(free) <= MOST_APART else ():
        if other not in chain and _is_as_long(length, len(words[id]) + len(words[other])):
            yield from ([id, other], [other, id])


def _chain(id: str, free: Mapping[str, None], places: Mapping[str, Place]) -> list[str]:
    """The block with the new ones that stand before and after it, without a gap."""
    following = {places[one].after: one for one in free}
    chain = [id]
    while places[chain[0]].after in free:
        chain.insert(0, places[chain[0]].after)
    while chain[-1] in following:
        chain.append(following[chain[-1]])
    return chain


def _is_as_long(one: int, other: int) -> bool:
    """Whether so many words can be alike at all."""
    return 2 * min(one, other) >= LIKE * (one + other) > 0


def _is_split(before: Sequence[str], pieces: Sequence[Sequence[str]], own: int) -> bool:
    """Whether the pieces are the words before; `own` is the place of what kept the block's id."""
    after = [word for piece in pieces for word in piece]
    if not all(pieces) or len(pieces[own]) >= LIKE * len(before):
        return False
    if 2 * (Counter(before) & Counter(after)).total() < LIKE * (len(before) + len(after)):
        return False
    matcher = Matcher(before, after, autojunk=False)
    if matcher.ratio() < LIKE:
        return False
    kept = {at for _a, b, size in matcher.get_matching_blocks() for at in range(b, b + size)}
    start = 0
    for piece in pieces:
        if len(kept.intersection(range(start, start + len(piece)))) < OF_EACH * len(piece):
            return False
        start += len(piece)
    return True
