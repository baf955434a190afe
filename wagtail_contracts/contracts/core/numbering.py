"""Numbers of clauses and markers of list items, printed and stored as text."""

from collections.abc import Iterable, Sequence

BULLET = "•"
DEEPEST = 4
ROMAN = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
LARGE = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"))


def numbers(levels: Iterable[int]) -> list[str]:
    """The numbers of clauses with these levels: 1, 1.1, 1.2, 2.

    A level that was skipped counts as its own first: 3 after 1 is 1.1.1, and 2 after that is 1.2.
    """
    counters: list[int] = []
    made = []
    for level in levels:
        del counters[level:]
        skipped = max(level - 1 - len(counters), 0)
        counters += [1] * skipped
        if len(counters) < level:
            counters.append(0)
        counters[level - 1] += 1
        made.append(".".join(map(str, counters)))
    return made


def markers(items: Sequence[tuple[int, bool]]) -> list[str]:
    """The markers of list items, given (level, ordered): 1. a. i. 1. by level, or a bullet."""
    counters = [0] * (DEEPEST + 1)
    made = []
    for level, ordered in items:
        counters[level + 1 :] = [0] * (DEEPEST - level)
        counters[level] += 1
        made.append(f"{_counted(level, counters[level])}." if ordered else BULLET)
    return made


def _counted(level: int, count: int) -> str:
    if level == 2:
        return alphabetic(count)
    return roman(count) if level == 3 else str(count)


def alphabetic(count: int) -> str:
    """The letter as browsers count: a to z, aa, ab."""
    text = ""
    while count:
        count, rest = divmod(count - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def roman(count: int) -> str:
    """The number in lower-case Roman numerals."""
    text = ""
    for value, letters in (*LARGE, *ROMAN):
        times, count = divmod(count, value)
        text += letters * times
    return text
