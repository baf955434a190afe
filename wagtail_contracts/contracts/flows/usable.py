"""What a template's editor lets nobody publish, and Wagtail's other doors may.

A block whose condition can't be used is not shown: it would be missing in what is signed, unseen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import shown, template_faults, trees

FIGURES = ("quantity", "price", "vat")


def unusable(whole: trees.Content) -> list[str]:
    """A sentence for each condition, formula and key of a whole that can't be used."""
    return list(dict.fromkeys([*_twice(whole), *_wrong(whole)]))


def unfinished(body: Sequence[Mapping[str, Any]]) -> list[str]:
    """A sentence for each row of a stored text that lacks a figure: nought would stand for it."""
    return [
        _("In the row “%s” a price, quantity or VAT is missing.") % row["name"]
        for row in _rows(body)
        if any(row[figure] is None for figure in FIGURES)
    ]


def _rows(body: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for block in body:
        if block["type"] == "products":
            yield from (row["value"] for row in block["value"]["rows"])
        yield from _rows(block["value"].get("blocks") or ())


def _twice(whole: trees.Content) -> Iterator[str]:
    labels = trees.fields_by_key(whole)
    for key, times in Counter(field["key"] for field in whole["fields"]).items():
        if times > 1:
            yield _("The data field “%s” is defined twice.") % labels[key]["label"]


def _wrong(whole: trees.Content) -> Iterator[str]:
    blocks = {block["id"]: block for block in trees.blocks(whole["body"])}
    fields = trees.fields_by_key(whole)
    for fault in template_faults.refused(whole):
        block = blocks.get(fault.block)
        name = shown.name(block, whole) if block else fields[fault.field]["label"]
        yield _("What “%s” depends on can't be found out. Ask whoever writes the template.") % name
