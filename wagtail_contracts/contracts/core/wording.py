"""Two texts word by word: what stayed, what was removed, what was added."""

import re
from collections.abc import Iterator, Sequence

from wagtail_contracts.contracts.core.matching import Matcher

SAME, REMOVED, ADDED = "same", "del", "ins"
Run = tuple[str, str]

# Marks of direction belong to the word that they stand beside.
WORD = re.compile(r"\n|[\w\u061c\u200e\u200f]+[^\S\n]*|[^\w\s][^\S\n]*|[^\S\n]+")
MOST = 4_000  # words; beyond it frequent ones are not matched, which takes seconds otherwise
ALIKE = 0.3  # below it a mixture of both texts can't be read
FEW = 3  # words that are lost among changes longer than they are


def runs(old: str, new: str) -> tuple[Run, ...]:
    """(kind, text) in reading order.

    What is same or del together is the old text, what is same or ins the new one.
    """
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = Matcher(before, after, autojunk=len(before) + len(after) > MOST)
    if matcher.ratio() < ALIKE:
        return _joined([(REMOVED, old), (ADDED, new)])
    return _joined([*_without_islands(_readable(_steps(matcher, before, after)))])


def _steps(
    matcher: Matcher, before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for kind, start, end, begin, stop in matcher.get_opcodes():
        removed, added = "".join(before[start:end]), "".join(after[begin:stop])
        if kind == "equal":
            yield SAME, removed
        else:
            yield REMOVED, removed
            yield ADDED, added


def _readable(steps: Iterator[Run]) -> list[Run]:
    """Draw changes together that only a comma or a space parts."""
    made: list[Run] = []
    removed = added = between = ""
    for kind, text in [*steps, (SAME, "")]:
        if kind == SAME and text and not re.search(r"[\w\n]", text) and (removed or added):
            between += text
        elif kind == SAME:
            space = _common_end(removed, added)
            kept = slice(None, -len(space) if space else None)
            made += [(REMOVED, removed[kept]), (ADDED, added[kept]), (SAME, space + between + text)]
            removed = added = between = ""
        else:
            removed, added, between = removed + between, added + between, ""
            removed, added = removed + text * (kind == REMOVED), added + text * (kind == ADDED)
    return made


def _without_islands(made: Sequence[Run]) -> Iterator[Run]:
    """Draw changes together that a few words part, where both changes are longer than these.

    `made` has what is removed, added and kept in turn.
    """
    done: list[tuple[str, str, str]] = []
    texts = [text for _kind, text in made]
    for removed, added, kept in zip(texts[::3], texts[1::3], texts[2::3], strict=True):
        gone, come = removed, added
        while done and _is_island(done[-1], gone, come):
            old, new, island = done.pop()
            gone, come = old + island + gone, new + island + come
        done.append((gone, come, kept))
    for group in done:
        yield from zip((REMOVED, ADDED, SAME), group, strict=True)


def _is_island(before: tuple[str, str, str], gone: str, come: str) -> bool:
    old, new, kept = before
    shorter = min(max(len(old), len(new)), max(len(gone), len(come)))
    return "\n" not in kept and len(kept) <= shorter and len(kept.split()) <= FEW


def _common_end(removed: str, added: str) -> str:
    """The white space that both end with."""
    ends = [text[len(text.rstrip()) :] for text in (removed, added)]
    return ends[0] if ends[0] == ends[1] else ""


def _joined(made: Sequence[Run]) -> tuple[Run, ...]:
    kept: list[Run] = []
    for kind, text in made:
        if text and kept and kept[-1][0] == kind:
            kept[-1] = (kind, kept[-1][1] + text)
        elif text:
            kept.append((kind, text))
    return tuple(kept)
