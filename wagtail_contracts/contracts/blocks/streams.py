"""The stream of a contract's text, and stored streams as plain data."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue

from wagtail_contracts.contracts.blocks.areas import OpenAreaBlock
from wagtail_contracts.contracts.blocks.clauses import (
    ClauseBlock,
    DefinitionBlock,
    HeadingBlock,
    ListingBlock,
    TableBlock,
    TextBlock,
)
from wagtail_contracts.contracts.blocks.inputs import FieldPlaceBlock, SignaturesBlock
from wagtail_contracts.contracts.blocks.layout import (
    BilingualBlock,
    ColumnsBlock,
    PageBreakBlock,
    PartyDetailsBlock,
)
from wagtail_contracts.contracts.blocks.library import LIBRARY, LibraryBlock, written
from wagtail_contracts.contracts.blocks.locking import LockableStreamBlock
from wagtail_contracts.contracts.blocks.media import ExhibitBlock, ImageBlock, VideoBlock
from wagtail_contracts.contracts.blocks.products import ProductsBlock
from wagtail_contracts.contracts.blocks.wordings import AlternativesBlock, GroupBlock
from wagtail_contracts.contracts.core.keys import IDENTITY

SHARED = "shared"


class ContractStream(LockableStreamBlock):
    """The text of a template or contract."""

    heading = HeadingBlock()
    clause = ClauseBlock()
    library = LibraryBlock()
    definition = DefinitionBlock()
    text = TextBlock()
    list = ListingBlock()
    table = TableBlock()
    columns = ColumnsBlock()
    bilingual = BilingualBlock()
    products = ProductsBlock()
    image = ImageBlock()
    video = VideoBlock()
    exhibit = ExhibitBlock()
    field_place = FieldPlaceBlock()
    party_details = PartyDetailsBlock()
    alternatives = AlternativesBlock()
    group = GroupBlock()
    area = OpenAreaBlock()
    page_break = PageBreakBlock()
    signatures = SignaturesBlock()


def plain(stream: Any) -> list[dict[str, Any]]:
    """The stored form as JSON has it, whether or not blocks were read meanwhile."""
    _read(stream)  # what is read has the parts that a block was given since it was stored
    value: list[dict[str, Any]] = json.loads(
        json.dumps(stream.get_prep_value(), cls=DjangoJSONEncoder)
    )
    return value


def has(entries: Sequence[Mapping[str, Any]], kind: str) -> bool:
    """Whether a stored stream has a block of this kind, be it inside another one."""
    return any(
        entry["type"] == kind or has(entry["value"].get("blocks") or (), kind) for entry in entries
    )


def _read(value: Any) -> None:
    if isinstance(value, Mapping):
        for part in value.values():
            _read(part)
    elif isinstance(value, StreamValue | ListValue):
        for child in value if isinstance(value, StreamValue) else value.bound_blocks:
            _read(child.value)


def renewed(*streams: list[dict[str, Any]]) -> tuple[list[list[dict[str, Any]]], dict[str, str]]:
    """Stored forms with new ids, and the new ids by the old ones.

    What had one id in several of them has one again; references, conditions and what is computed
    lead to the new ids.
    """
    ids: dict[str, str] = {}
    made = [_renewed(stream, ids) for stream in streams]
    return [pointed(stream, ids) for stream in made], ids


def definitions(stream: Any) -> list[dict[str, Any]]:
    """Stored definitions as plain data: the kind, and what their author filled in.

    Lists inside (the options of a choice) are lists of values. For roles, `kind` is the role's own.
    """
    return defined(expanded(stream))


def defined(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """As `definitions`, of their stored form."""
    return [{"kind": entry["type"], **_values(entry["value"])} for entry in entries]


def expanded(stream: Any) -> list[dict[str, Any]]:
    """The stored form with what is kept elsewhere: shared sets of definitions, library clauses."""
    stored = plain(stream)
    if not any(entry["type"] in (SHARED, LIBRARY) for entry in stored):
        return stored
    made: list[dict[str, Any]] = []
    for child, entry in zip(stream, stored, strict=True):
        if entry["type"] == SHARED:
            made += plain(child.value.fields) if child.value else []
        elif entry["type"] != LIBRARY:
            made.append(entry)
        elif child.value["clause"]:
            made.append(written(child.value, entry))
    return made


def _renewed(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_renewed(item, ids) for item in value]
    if not isinstance(value, dict):
        return value
    fresh = {name: _renewed(part, ids) for name, part in value.items()}
    if not {"type", "value"} <= fresh.keys():
        return fresh
    new = str(uuid.uuid4())
    return {**fresh, "id": ids.setdefault(fresh["id"], new) if fresh.get("id") else new}


def pointed(value: Any, ids: Mapping[str, str]) -> Any:
    """Stored data in which what names a part by its id, alone or within words, names its new one.

    A reference says `clause.<id>`, a condition or formula `{<id>}` or `{<id>.quantity}`.
    """
    if isinstance(value, list):
        return [pointed(item, ids) for item in value]
    if isinstance(value, dict):
        return {name: pointed(part, ids) for name, part in value.items()}
    if not isinstance(value, str):
        return value
    return IDENTITY.sub(lambda found: ids.get(found[0], found[0]), value)


def _values(value: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [item.get("value", item) for item in part] if isinstance(part, list) else part
        for name, part in value.items()
    }
