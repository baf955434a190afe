"""Definitions of data fields: from what a template's author filled in to the canonical form."""

from collections.abc import Mapping
from typing import Any

from wagtail_contracts.contracts.core import formulas, richtext
from wagtail_contracts.contracts.core.fields.files import accepts, largest
from wagtail_contracts.contracts.core.fields.numbers import limit
from wagtail_contracts.contracts.core.text import normal

ALWAYS_SENSITIVE = frozenset({"national_id"})


def field(definition: Mapping[str, Any]) -> dict[str, Any]:
    """The definition of a data field; what its kind does not have is null or empty."""
    kind = definition.get("result") or definition["kind"]
    return {
        "key": definition["key"],
        "kind": kind,
        "label": normal(definition["label"]).strip(),
        "help": normal(definition.get("help")).strip(),
        "role": definition.get("role"),
        "required": bool(definition.get("required")),
        "sensitive": bool(definition.get("sensitive")) or kind in ALWAYS_SENSITIVE,
        "currency": definition.get("currency") or None,
        "max_length": definition.get("max_length"),
        "minimum": limit(kind, definition.get("minimum")),
        "maximum": limit(kind, definition.get("maximum")),
        "decimals": definition.get("decimals"),
        "country": definition.get("country"),
        "accepts": accepts(definition),
        "largest": largest(definition),
        "expression": formulas.compiled(definition.get("formula")),
        "options": [
            {"key": option["key"], "content": richtext.inline(option["text"])}
            for option in definition.get("options") or []
        ],
    }


def suggestion(definition: Mapping[str, Any]) -> Any:
    """What a template suggests, as somebody would type it; nothing where it suggests nothing."""
    if definition["kind"] == "multiple":
        return [option["key"] for option in definition["options"] if option.get("suggested")]
    return definition.get("default")
