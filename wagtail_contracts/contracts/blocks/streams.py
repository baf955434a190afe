"""The stream of a contract's text, and stored streams as plain data."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from wagtail_contracts.contracts.blocks.areas import OpenAreaBlock
from wagtail_contracts.contracts.blocks.clauses import (
    ClauseBlock,
    HeadingBlock,
    ListingBlock,
    TableBlock,
    TextBlock,
)
from wagtail_contracts.contracts.blocks.inputs import FieldPlaceBlock, SignaturesBlock
from wagtail_contracts.contracts.blocks.locking import LockableStreamBlock


class ContractStream(LockableStreamBlock):
    """The text of a template or contract."""

    heading = HeadingBlock()
    clause = ClauseBlock()
    text = TextBlock()
    list = ListingBlock()
    table = TableBlock()
    field_place = FieldPlaceBlock()
    area = OpenAreaBlock()
    signatures = SignaturesBlock()


def plain(stream: Any) -> list[dict[str, Any]]:
    """The stored form as JSON has it, whether or not blocks were read meanwhile."""
    value: list[dict[str, Any]] = json.loads(
        json.dumps(stream.get_prep_value(), cls=DjangoJSONEncoder)
    )
    return value


def copied(stream: Any) -> list[dict[str, Any]]:
    """The stored form with new ids, nested ones too: a contract shares none with its template."""
    made: list[dict[str, Any]] = _renewed(plain(stream))
    return made


def definitions(stream: Any) -> list[dict[str, Any]]:
    """Stored definitions as plain data: the kind, and what their author filled in.

    Lists inside (the options of a choice) are lists of values. For roles, `kind` is the role's own.
    """
    return [{"kind": entry["type"], **_values(entry["value"])} for entry in plain(stream)]


def _renewed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renewed(item) for item in value]
    if not isinstance(value, dict):
        return value
    fresh = {name: _renewed(part) for name, part in value.items()}
    return {**fresh, "id": str(uuid.uuid4())} if {"type", "value"} <= fresh.keys() else fresh


def _values(value: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [item.get("value", item) for item in part] if isinstance(part, list) else part
        for name, part in value.items()
    }
