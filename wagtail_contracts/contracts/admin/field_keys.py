"""Keys of data fields mean one thing, and go on meaning it once a contract was made with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.blocks import defined, expanded
from wagtail_contracts.contracts.blocks.streams import SHARED
from wagtail_contracts.contracts.core.fields.defining import field, suggestion
from wagtail_contracts.contracts.errors import AnswersRefused
from wagtail_contracts.contracts.flows import read_values
from wagtail_contracts.contracts.models.field_sets import used_kinds, used_options

Entries = Sequence[dict[str, Any]]


def faults(page: Any, fields: Any) -> Iterator[str]:
    """What is wrong with a template's definitions, as sentences; `fields` is its stream now."""
    after = expanded(fields)
    yield from twice(after)
    yield from suggestions(after)
    if page.pk:
        live = type(page)._base_manager.get(pk=page.pk)
        before = expanded(live.fields)
        yield from changed(before, after, [page.pk])
        yield from options_changed(before, after, [page.pk])


def twice(entries: Entries) -> Iterator[str]:
    """Keys that are defined more than once, in a template or in a set that it takes in."""
    labels = {entry["value"]["key"]: entry["value"]["label"] for entry in entries}
    for key, times in Counter(entry["value"]["key"] for entry in entries).items():
        if key and times > 1:
            yield _("“%(label)s” is defined twice: the key “%(key)s” means one thing.") % {
                "label": labels[key],
                "key": key,
            }


def suggestions(entries: Entries) -> Iterator[str]:
    """Suggested values that nobody could type into their field."""
    for definition in defined(entries):
        known = field(definition)
        if not definition.get("formula"):
            try:
                read_values([known], {known["key"]: suggestion(definition)})
            except AnswersRefused as refusal:
                yield _("The suggested value of “%(label)s” does not fit: %(problem)s") % {
                    "label": known["label"],
                    "problem": refusal.problems[known["key"]],
                }


def changed(before: Entries, after: Entries, pages: Collection[int]) -> Iterator[str]:
    """Keys that are changed, or that get another kind, though contracts were made with them.

    `pages` are the templates of those contracts.
    """
    had = {entry["value"]["key"]: entry["type"] for entry in before}
    by_id = {entry["id"]: entry["value"]["key"] for entry in before}
    renamed = [
        (by_id[entry["id"]], entry["value"]["label"])
        for entry in after
        if by_id.get(entry["id"], entry["value"]["key"]) != entry["value"]["key"]
    ]
    new = [entry for entry in after if had.get(entry["value"]["key"]) != entry["type"]]
    used = used_kinds(pages) if renamed or new else {}
    for key, label in renamed:
        if key in used:
            yield _(
                "Contracts were made with the key “%(key)s”, so that of “%(label)s” stays. For "
                "another meaning add another data field."
            ) % {"key": key, "label": label}
    for entry in new:
        key = entry["value"]["key"]
        if used.get(key, {entry["type"]}) != {entry["type"]}:
            yield _(
                "Contracts were made with “%(key)s” as another kind of data field. Give "
                "“%(label)s” a key of its own."
            ) % {"key": key, "label": entry["value"]["label"]}


def options_changed(before: Entries, after: Entries, pages: Collection[int]) -> Iterator[str]:
    """Options that get another key, though contracts were made with the one that they had."""
    had = {id: (choice, key) for choice, id, key in _options(before)}
    renamed = [had[id] for _choice, id, key in _options(after) if had.get(id, ("", key))[1] != key]
    used = used_options(pages) if renamed else {}
    labels = {entry["value"]["key"]: entry["value"]["label"] for entry in before}
    for choice, key in renamed:
        if key in used.get(choice, ()):
            yield _(
                "Contracts were made with the option “%(key)s” of “%(label)s”, so that its key "
                "stays. For another meaning add another option."
            ) % {"key": key, "label": labels[choice]}


def _options(entries: Entries) -> Iterator[tuple[str, str, str]]:
    """The key of the choice, the id and the key of each option that is stored."""
    for entry in entries:
        for option in entry["value"].get("options") or ():
            yield entry["value"]["key"], option.get("id", ""), option["value"]["key"]


def foreign(page: Any, fields: Any) -> Iterator[str]:
    """Sets of other workspaces, which not even a draft takes in."""
    for child in fields:
        if child.block_type == SHARED and child.value and child.value.workspace != page.workspace:
            yield _("A shared set of data fields belongs to another workspace.")
