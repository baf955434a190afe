"""Content as somebody sees it who may not see sensitive values.

A mask says that there is a value; where it is customary, its last characters stay. What is made of
masked content (text, page, comparison) can't tell more than it holds.
"""

from typing import Any

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.fields import KINDS

MASK = "••••"


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


def masked(content: trees.Content) -> trees.Content:
    """The content with a mask for each sensitive value; itself where there is none.

    It is for people to read; it has other digests.
    """
    keys, fields = hidden(content), trees.fields_by_key(content)
    if not keys:
        return content
    return {
        **content,
        "fields": [
            {**field, "kind": "text", "options": []} if field["key"] in keys else field
            for field in content["fields"]
        ],
        "values": [
            {**item, "value": mask(fields[item["key"]], item["value"])}
            if item["key"] in keys
            else item
            for item in content["values"]
        ],
    }
