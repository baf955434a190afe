"""An open area: a block with a stream of its own, free inside while all around it is locked.

A forged nested post is refused with a sentence that names the area, never dropped in silence.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamValue

from wagtail_contracts.contracts.blocks.clauses import (
    LOOKS,
    Clause,
    Definition,
    Heading,
    Listing,
    Table,
    Text,
    level,
    start,
    style,
)
from wagtail_contracts.contracts.blocks.layout import Bilingual, Columns, PageBreak
from wagtail_contracts.contracts.blocks.locking import LockableBlock, policy_block
from wagtail_contracts.contracts.blocks.media import Exhibit, Image, Video
from wagtail_contracts.contracts.blocks.products import Products
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.core.keys import IDENTITY

logger = logging.getLogger(__name__)
MOST, MOST_POSTED = 100, 1000  # living blocks; living and removed ones in one editing session
MESSAGES = {
    "area_unreadable": _("The form of %(name)s was incomplete. Reload the page and try again."),
    "area_kind": _("%(name)s does not take blocks of that kind."),
    "area_retyped": _("A block in %(name)s cannot become another kind of block."),
    "area_twice": _("A block in %(name)s was sent twice."),
    "area_foreign": _("A block in %(name)s claims to be another block of this contract."),
    "area_identity": _("A block in %(name)s came without a proper identity."),
    "area_missing": _("A block in %(name)s is missing, perhaps added meanwhile. Reload the page."),
    "area_policy": _("Blocks in %(name)s have no lock of their own."),
    "area_order": _("The order of the blocks in %(name)s could not be read. Reload the page."),
    "area_full": _("%(name)s takes at most 100 blocks."),
}
Head = dict[str, Any]


class FreeStreamBlock(blocks.StreamBlock):
    """The kinds that may be added to an open area; none of them has a policy."""

    heading = Heading()
    clause = Clause()
    definition = Definition()
    text = Text()
    list = Listing()
    table = Table()
    columns = Columns()
    bilingual = Bilingual()
    products = Products()
    page_break = PageBreak()
    image = Image()
    video = Video()
    exhibit = Exhibit()


class OpenAreaBlock(LockableBlock):
    """Whoever makes the contract adds, moves and removes blocks here as they like."""

    policy = policy_block(locks.EDITABLE, locks.LOCKED)
    title = blocks.CharBlock(
        required=False, default=_("Additional terms"), max_length=120, label=_("Title")
    )
    # The defaults are what a form says of an area that was stored before it had these parts.
    numbered = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("Numbered"),
        help_text=_("Counts as a clause; clauses in it stand one level deeper, 7.1 below 7."),
    )
    level = level()
    style = style(default="", help_text=LOOKS)
    start = start()
    empty = blocks.CharBlock(
        required=False,
        default="",
        max_length=200,
        label=_("Printed as long as nothing is in it"),
        help_text=_("For example “None.” Without it the area is not printed before something is."),
    )
    blocks = FreeStreamBlock(required=False, label=_("What stands in it"))
    fills = ("blocks",)
    name_from = ("title",)

    class Meta:
        icon = "plus-inverse"
        label = _("Open area")
        description = _("A place where clauses of one's own can be added to a contract.")
        group = _("Structure")
        label_format = "{title}"

    def read(
        self, data: Any, files: Any, prefix: str, *, stored: Any, shown: Any, taken: set[str]
    ) -> tuple[Any, list[str]]:
        """Read the nested post; this area's ids, and those of rows in it, are added to `taken`."""
        stream = self.child_blocks["blocks"]
        known = {child.id: child.block_type for child in shown["blocks"]}
        entries, problems = _read(stream, data, files, f"{prefix}-blocks", known)
        ids, rows = {id for _type, _value, id in entries}, _rows(stream, entries)
        before = _rows(stream, [(child.block_type, child.value, "") for child in shown["blocks"]])
        if len({*ids, *rows}) < len(ids) + len(rows):
            problems.append("area_twice")
        if not all(id in before or IDENTITY.fullmatch(id) for id in rows):
            problems.append("area_identity")
        if taken & {*ids, *rows}:
            problems.append("area_foreign")
        taken.update(ids, rows)
        stored["blocks"] = StreamValue(stream, entries)
        return stored, problems


def _rows(stream: Any, entries: Sequence[tuple[str, Any, str]]) -> list[str]:
    """The ids of the rows of product tables, which name what is decided about them."""
    tables = (value for kind, value, _id in entries if kind == "products")
    block = stream.child_blocks["products"]
    return [id for value in tables for id in block.ids_within(block.get_prep_value(value))]


def _read(
    stream: Any, data: Any, files: Any, name: str, known: Mapping[str, str]
) -> tuple[list[tuple[str, Any, str]], list[str]]:
    """Read a nested stream as data that proves nothing: (entries, problem codes)."""
    try:
        count = int(data[f"{name}-count"])
        if not 0 <= count <= MOST_POSTED:
            return [], ["area_unreadable"]
        posted = [_head(data, f"{name}-{place}") for place in range(count)]
    except (KeyError, ValueError):
        return [], ["area_unreadable"]
    living = [head for head in posted if not head["deleted"]]
    living.sort(key=lambda head: head["order"])
    entries, problems = _values(stream, data, files, living)
    problems = [*_problems(stream, data, posted, living, known), *problems]
    return entries, list(dict.fromkeys(problems))


def _values(
    stream: Any, data: Any, files: Any, living: list[Head]
) -> tuple[list[tuple[str, Any, str]], list[str]]:
    entries, problems = [], []
    for head in [head for head in living if head["type"] in stream.child_blocks][:MOST]:
        try:
            child = stream.child_blocks[head["type"]]
            value = child.value_from_datadict(data, files, f"{head['prefix']}-value")
        except Exception:  # blocks fail in many ways on hostile input; all mean the same
            logger.warning("Unreadable block at %s", head["prefix"], exc_info=True)
            problems.append("area_unreadable")
            continue
        entries.append((head["type"], value, head["id"]))
    return entries, problems


def _head(data: Any, prefix: str) -> Head:
    parts = {part: data[f"{prefix}-{part}"] for part in ("id", "type", "deleted")}
    return {**parts, "prefix": prefix, "order": int(data[f"{prefix}-order"])}


def _problems(
    stream: Any, data: Any, posted: list[Head], living: list[Head], known: Mapping[str, str]
) -> list[str]:
    ids = Counter(head["id"] for head in posted)
    new = [head["id"] for head in living if head["id"] not in known]
    found = [
        ("area_full", len(living) > MOST),
        ("area_order", len({head["order"] for head in living}) < len(living)),
        ("area_kind", any(head["type"] not in stream.child_blocks for head in living)),
        ("area_retyped", any(known.get(h["id"], h["type"]) != h["type"] for h in posted)),
        ("area_identity", not all(IDENTITY.fullmatch(id) for id in new)),
        ("area_twice", any(times > 1 for times in ids.values())),
        ("area_missing", bool(set(known) - set(ids))),
        ("area_policy", any(f"{head['prefix']}-value-policy" in data for head in posted)),
    ]
    return [code for code, wrong in found if wrong]
