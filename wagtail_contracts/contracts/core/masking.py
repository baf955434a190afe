"""Content as somebody sees it who may not see sensitive values.

A mask says that there is a value; where it is customary, its last characters stay. What is made of
masked content (text, page, comparison) can't tell more than it holds.
"""

from collections.abc import Mapping
from typing import Any

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.fields import KINDS

MASK = "••••"
CHANGED = {"nb": "endret", "nn": "endra", "en": "changed"}


def mask(field: trees.Node, stored: Any) -> str:
    """What stands for a value; "" for none."""
    if stored is None:
        return ""
    tail = KINDS[field["kind"]].tail
    return MASK + stored[-tail:] if tail else MASK


def hidden(content: trees.Content) -> set[str]:
    """Keys of the sensitive fields that have a value."""
    values = trees.values_by_key(content)
    return {
        field["key"]
        for field in content["fields"]
        if field["sensitive"] and values.get(field["key"]) is not None
    }


def masked(content: trees.Content) -> dict[str, Any]:
    """The content with a mask for each sensitive value.

    It is for people to read; it has other digests.
    """
    fields = trees.fields_by_key(content)
    masks = {key: mask(fields[key], value) for key, value in _sensitive(content).items()}
    return _with(content, masks)


def without(content: trees.Content) -> dict[str, Any]:
    """The content as if nobody had filled in what is sensitive: not even a mask is left."""
    return trees.with_values(content, dict.fromkeys(hidden(content)))


def both(old: trees.Content, new: trees.Content) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two contents to be compared: masks that would hide a change say that there is one."""
    before, after = masked(old), masked(new)
    was, masks = trees.values_by_key(before), trees.values_by_key(after)
    hidden_then, hidden_now = _sensitive(old), _sensitive(new)
    word = CHANGED.get(str(new["language"]).split("-")[0], CHANGED["en"])
    told = {
        key: f"{masks[key]} ({word})"
        for key, value in hidden_now.items()
        if key in hidden_then and value != hidden_then[key] and masks[key] == was[key]
    }
    return before, _with(after, told)


def _sensitive(content: trees.Content) -> dict[str, Any]:
    values = trees.values_by_key(content)
    return {key: values[key] for key in hidden(content)}


def _with(content: trees.Content, masks: Mapping[str, str]) -> dict[str, Any]:
    return {
        **content,
        "fields": [
            {**field, "kind": "text", "options": []} if field["sensitive"] else field
            for field in content["fields"]
        ],
        "values": [
            {**item, "value": masks.get(item["key"], item["value"])} for item in content["values"]
        ],
    }
