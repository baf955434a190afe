"""Places: for a data field, for clauses of one's own, for blocks under a condition, to sign."""

from __future__ import annotations

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.rendering.kinds.base import Frame, Part
from wagtail_contracts.contracts.rendering.kinds.words import numbered


def _field_place(parts: Frame, block: trees.Node) -> Part:
    if block["key"] not in parts.lines.fields:
        return {"place": None, "boxes": []}
    boxes = parts.places.at_block(block["key"])
    return {"place": None if boxes else parts.place(block["key"]), "boxes": boxes}


def _area(parts: Frame, block: trees.Node) -> Part:
    headed = block["title"] or block["number"]
    level = parts.level(block["level"]) if headed else None
    made = {"title": block["title"], "heading_level": level, "empty": block["empty"]}
    return {**numbered(parts, block), **made}


def _group(parts: Frame, block: trees.Node) -> Part:
    return {}


def _signatures(parts: Frame, block: trees.Node) -> Part:
    level = parts.level(1)
    parties = [parts.party(party) for party in parts.content["parties"]]
    return {"title": block["title"], "heading_level": level, "parties": parties}


MAKERS = {
    "field_place": _field_place,
    "area": _area,
    "group": _group,
    "signatures": _signatures,
}
