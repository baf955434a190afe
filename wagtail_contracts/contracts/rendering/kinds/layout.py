"""How text is laid out: page breaks, columns, the parties as a list, two languages side by side."""

from __future__ import annotations

from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.core.fields.addresses import postal
from wagtail_contracts.contracts.core.kinds.layout import listed, other
from wagtail_contracts.contracts.rendering.kinds.base import Frame, Part
from wagtail_contracts.contracts.rendering.kinds.words import headed, numbered


def _page_break(parts: Frame, block: trees.Node) -> Part:
    return {}


def _columns(parts: Frame, block: trees.Node) -> Part:
    return {"columns": [parts.rich(column) for column in block["columns"]]}


def _party_details(parts: Frame, block: trees.Node) -> Part:
    level = parts.level(1) if block["title"] else None
    language = parts.content["language"]
    parties = [
        {**party, "address": postal(party.get("address"), language)}
        for party in listed(block, parts.content["parties"])
    ]
    return {"title": block["title"], "heading_level": level, "parties": parties}


def _bilingual(parts: Frame, block: trees.Node) -> Part:
    level = block["level"]
    made = {**numbered(parts, block), **headed(parts, block, level)}
    with parts.second_language() as language:
        return {**made, "language": language, "other": headed(parts, other(block), level)}


MAKERS = {
    "page_break": _page_break,
    "columns": _columns,
    "party_details": _party_details,
    "bilingual": _bilingual,
}
