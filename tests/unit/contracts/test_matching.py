"""Words that were chosen to be hard to compare are compared in bounded time."""

from pathlib import Path

import wagtail_contracts
from wagtail_contracts.contracts.core import matching, wording
from wagtail_contracts.contracts.core.matching import Matcher

ROOT = Path(wagtail_contracts.__file__).parent
WORDS = [f"word{number}" for number in range(40)]
CHANGED = [*WORDS[:20], "more", *WORDS[20:]]


def hard(length: int) -> tuple[str, str]:
    """Two answers of a data field: each sign of one stands alone in the other."""
    strange = (chr(0x4E00 + number) for number in range(length // 2))
    return "!" * length, "".join(f"!{sign}" for sign in strange)


def test_an_answer_that_is_hard_to_compare_is_told_as_another():
    old, new = hard(2000)  # minutes, if all of it were looked at
    assert wording.runs(old, new) == (("del", old), ("ins", new))
    old, new = hard(60)
    assert len(wording.runs(old, new)) > 2


def test_what_was_found_before_it_was_too_much_still_counts(monkeypatch):
    whole = Matcher(WORDS, CHANGED).get_opcodes()
    assert [kind for kind, *_places in whole] == ["equal", "insert", "equal"]

    once = len(WORDS) * 2  # each word is looked at, and stands once in the other
    monkeypatch.setattr(matching, "MOST_STEPS", once)
    found = Matcher(WORDS, CHANGED).get_opcodes()
    assert [kind for kind, *_places in found] == ["equal", "replace"]
    assert [end for *_places, end in found][-1] == len(CHANGED)

    monkeypatch.setattr(matching, "MOST_STEPS", once - 1)
    assert [kind for kind, *_places in Matcher(WORDS, CHANGED).get_opcodes()] == ["replace"]


def test_nothing_else_compares_words_without_a_bound():
    users = [path for path in ROOT.rglob("*.py") if "difflib" in path.read_text()]
    assert [path.name for path in users] == ["matching.py"]
