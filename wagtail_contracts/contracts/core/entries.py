"""Items, rows and columns in the stored form of their block; those that stay are left alone."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wagtail_contracts.contracts.core import numbering, richtext, storing
from wagtail_contracts.contracts.core.kinds import KINDS
from wagtail_contracts.contracts.core.kinds.base import values_of

NAMESPACE = uuid.UUID("6c6f2f0e-5d5e-4b55-9a86-6b1c2c3f6a11")
Entry = dict[str, Any]
Parts = Mapping[str, Any]


def placed(entry: Mapping[str, Any], parts: Parts) -> Entry:
    """The stored parts of a list, a table or columns that read as `parts` of its tree."""
    return _PLACED[entry["type"]](entry, parts)


def _items(entry: Mapping[str, Any], parts: Parts) -> Entry:
    value = entry["value"]
    trees = KINDS["list"].tree(value)["items"]
    there = list(zip(map(_plain, trees), value["items"], strict=True))
    made = []
    for place, item in enumerate(parts["items"]):
        same = next((pair for pair in there if pair[0] == _plain(item)), None)
        if same:
            there.remove(same)
        made.append(same[1] if same else _item(entry, item, place))
    return {"items": made}


def _item(entry: Mapping[str, Any], item: Mapping[str, Any], place: int) -> Entry:
    ordered = bool(entry["value"]["ordered"])
    usual = numbering.by_level(item["level"], ordered=ordered)
    value = {
        "level": str(item["level"]),
        "style": "" if item["style"] == usual else item["style"],
        "start": item["start"],
        "text": storing.paragraph_html(item["content"]),
    }
    name = f"{entry['id']} {place} {json.dumps(item, sort_keys=True)}"
    return {"type": "item", "value": value, "id": str(uuid.uuid5(NAMESPACE, name))}


def _plain(item: Mapping[str, Any]) -> Entry:
    """An item without its number, which follows from those before it."""
    return {name: part for name, part in item.items() if name != "number"}


def _rows(entry: Mapping[str, Any], parts: Parts) -> Entry:
    rows = entry["value"]["rows"]
    return {"rows": [_row(row, cells) for row, cells in zip(rows, parts["rows"], strict=True)]}


def _row(row: Any, cells: Sequence[Any]) -> Any:
    """Short rows stay as short as what is in them."""
    [value] = values_of([row])
    stored = [*value["cells"], *[""] * (len(cells) - len(value["cells"]))]
    pairs = zip(stored, cells, strict=True)
    made = [_said(*pair, richtext.inline, storing.paragraph_html) for pair in pairs]
    while len(made) > len(value["cells"]) and not made[-1]:
        made.pop()
    return _with(row, {**value, "cells": made})


def _columns(entry: Mapping[str, Any], parts: Parts) -> Entry:
    pairs = zip(entry["value"]["texts"], parts["columns"], strict=True)
    return {"texts": [_said(*pair, richtext.rich, storing.rich_html) for pair in pairs]}


def _said(stored: Any, wanted: Any, read: Callable[[str], Any], write: Callable[[Any], str]) -> Any:
    """What is stored of a cell or a column, if it says what is wanted; else that."""
    [value] = values_of([stored])
    return stored if read(value) == wanted else _with(stored, write(wanted))


def _with(stored: Any, value: Any) -> Any:
    """A stored entry of a list, in one of its two forms, with another value."""
    [was] = values_of([stored])
    return value if was is stored else {**stored, "value": value}


_PLACED: dict[str, Callable[[Mapping[str, Any], Parts], Entry]] = {
    "list": _items,
    "table": _rows,
    "columns": _columns,
}
