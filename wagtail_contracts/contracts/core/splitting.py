"""Clauses that were split into several, and several that were joined into one."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from wagtail_contracts.contracts.core.places import Place

LIKE = 0.8  # so much of both is the same; beyond it one is the other in parts
OF_EACH = 0.5  # so many words of each part come from the whole


def splits(
    whole: Mapping[str, str], parts: Mapping[str, str], places: Mapping[str, Place]
) -> Iterator[list[str]]:
    """The ids of the blocks that one block was split into, itself first.

    `whole` are the words before of the blocks whose words changed, `parts` the words now of these
    and of those that are new, `places` where the latter stand now.
    """
    following = {places[id].after: id for id in parts if id not in whole}
    for id, words in whole.items():
        chain = _chain(id, following)
        for length in range(len(chain), 1, -1):
            if _is_split(words, [parts[one] for one in chain[:length]]):
                yield chain[:length]
                break


def _chain(id: str, following: Mapping[str, str]) -> list[str]:
    chain = [id]
    while id in following:
        id = following[id]
        chain.append(id)
    return chain


def _is_split(words: str, parts: Sequence[str]) -> bool:
    before, pieces = words.split(), [part.split() for part in parts]
    after = [word for piece in pieces for word in piece]
    if not all(pieces) or len(pieces[0]) >= LIKE * len(before):
        return False
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LIKE:
        return False
    kept = {at for _a, b, size in matcher.get_matching_blocks() for at in range(b, b + size)}
    start = 0
    for piece in pieces:
        if len(kept.intersection(range(start, start + len(piece)))) < OF_EACH * len(piece):
            return False
        start += len(piece)
    return True
