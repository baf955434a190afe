"""What changed between two versions, for people: from their contents alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import details, diffs, trees, wording
from wagtail_contracts.contracts.rendering import changed_details
from wagtail_contracts.contracts.rendering.changed_details import listed

TEMPLATE = "wagtail_contracts/contracts/changes/changes.html"
ONE_TEXT, TWO_TEXTS = "one", "two"
MOST = 0.6  # of the text; a comparison beyond that is harder to read than the text


@dataclass(frozen=True)
class Comparison:
    """How many changes there are, in which clauses, and all of them as HTML."""

    count: int
    numbers: list[str]
    unchanged: int
    mostly_new: bool
    html: SafeString


def comparison(
    old: trees.Content, new: trees.Content, *, language: str | None = None, view: str = ONE_TEXT
) -> Comparison:
    """Compare two contents; headings in `html` begin at h2.

    `language` is the reader's. `view` shows prose in one text or, as TWO_TEXTS, before and after.
    """
    found, same = diffs.compare(old, new), diffs.unchanged(old, new)
    mostly_new = _mostly_new(found, new)
    with translation.override(language or new["language"]):
        cards = [_card(number, change) for number, change in enumerate(found, 1)]
        words = {"unfilled": _("not filled in"), "empty": _("empty")}
    context = {
        **words,
        "changes": cards,
        "unchanged": same,
        "mostly_new": mostly_new,
        "two_texts": view == TWO_TEXTS,
        "text_language": new["language"],
        "reader": language or new["language"],
    }
    with translation.override(context["reader"]):
        html = render_to_string(TEMPLATE, context)
    numbers = list(dict.fromkeys(change.number for change in found if change.number))
    return Comparison(len(found), numbers, len(same), mostly_new, html)


def changed_blocks(old: trees.Content, new: trees.Content) -> frozenset[str]:
    """The ids of the blocks of `new` in which something differs from `old`."""
    found = diffs.compare(old, new)
    return frozenset(change.block or change.key for change in found)


def count(old: trees.Content, new: trees.Content) -> int:
    """How many changes a comparison of these has."""
    return len(diffs.compare(old, new))


def _mostly_new(found: Sequence[diffs.Change], new: trees.Content) -> bool:
    blocks = {change.key for change in found if change.part == diffs.BLOCK}
    return len(blocks) > MOST * len(list(trees.blocks(new["body"])))


def _card(number: int, change: diffs.Change) -> dict[str, Any]:
    inside = [one for one in change.details if one.part not in details.BESIDE]
    rules = [one for one in change.details if one.part in details.BESIDE]
    numbers = [piece.number for piece in change.pieces]
    return {
        "anchor": f"change-{number}",
        "change": change,
        "before": [run for run in change.runs if run[0] != wording.ADDED],
        "after": [run for run in change.runs if run[0] != wording.REMOVED],
        "changes_words": change.kind in (diffs.CHANGED, diffs.SPLIT, diffs.JOINED),
        "same_words": change.kind == diffs.CHANGED and change.old == change.new,
        "is_value": change.part == diffs.VALUE and "\n" not in change.old + change.new,
        "numbers": listed(numbers) if len(set(numbers)) == len(numbers) and all(numbers) else "",
        "short": _short(change, inside),
        "inside": [changed_details.card(one) for one in inside],
        "rules": [changed_details.card(one) for one in rules],
    }


def _short(change: diffs.Change, inside: Sequence[details.Detail]) -> dict[str, Any] | None:
    """The one value that changed, to be told in the list; sums follow from it."""
    if change.part == diffs.VALUE and change.old and change.new:
        one = {"old": change.old, "new": change.new}
        return one if "\n" not in change.old + change.new else None
    cards = [changed_details.card(one) for one in inside if one.part != details.SUM]
    if len(cards) != 1 or not cards[0]["is_value"]:
        return None
    detail = cards[0]["detail"]
    return {**cards[0], "old": detail.old, "new": detail.new}
