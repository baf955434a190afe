"""Every kind of block against every post: what a lock keeps stays, whatever its form claims.

`ROWS` has a row for each kind that a contract's text may hold; a kind without one fails.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wagtail_contracts.contracts.admin.locked import LockedBlockField
from wagtail_contracts.contracts.blocks import ContractStream, streams
from wagtail_contracts.contracts.core import locks, merging

BLOCK = ContractStream()
KINDS = sorted(BLOCK.child_blocks)
AROUND = ("11111111-0000-4000-8000-000000000000", "33333333-0000-4000-8000-000000000000")
ID, INNER = "22222222-0000-4000-8000-000000000000", "44444444-0000-4000-8000-000000000000"
OTHER = "55555555-0000-4000-8000-000000000000"
TEXT = "<p>As it was.</p>"
WORDING = {"name": "As usual", "heading": "Usual", "text": TEXT}
PRODUCT = {
    "name": "Hosting",
    "description": "",
    "quantity": "1",
    "unit": "",
    "price": "100",
    "discount": None,
    "discount_kind": "percent",
    "vat": "25",
    "period": "once",
    "choice": "fixed",
    "default": False,
    "group": "",
    "minimum": None,
    "maximum": None,
    "step": None,
    "sku": "",
}


def items(*values: Any) -> list[dict[str, Any]]:
    ids = (INNER, OTHER)
    return [
        {"type": "item", "value": value, "id": id} for value, id in zip(values, ids, strict=False)
    ]


@dataclass(frozen=True)
class Row:
    """A stored value, and what an editor may write in it where it is editable.

    `cells` are the parts of each item of a list that stay, where only some of them are open.
    """

    value: dict[str, Any]
    free: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()

    def fixed(self, stored: dict[str, Any]) -> Any:
        """What must not change although the block is editable."""
        kept = {name: part for name, part in stored.items() if name not in self.free}
        for part in self.free if self.cells else ():
            kept[part] = [
                (item["id"], {name: item["value"].get(name) for name in self.cells})
                for item in stored[part]
            ]
        return kept


INNER_TEXT = [{"type": "text", "value": {"text": TEXT}, "id": INNER}]
ROWS: dict[str, Row] = {
    "heading": Row({"level": "1", "text": "As it was"}, ("text",)),
    "clause": Row({"level": "1", "heading": "As it was", "text": TEXT}, ("heading", "text")),
    "library": Row({"level": "1", "clause": None, "taken": ""}),
    "definition": Row({"level": "1", "term": "Word", "text": TEXT}, ("term", "text")),
    "text": Row({"text": TEXT}, ("text",)),
    "list": Row({"ordered": True, "items": items({"level": "1", "text": "One"})}, ("items",)),
    "table": Row({"caption": "", "rows": items({"cells": items("One")})}, ("rows",)),
    "columns": Row({"texts": items(TEXT, TEXT)}, ("texts",)),
    "bilingual": Row(
        {"level": "1", "heading": "A", "text": TEXT, "other_heading": "B", "other_text": TEXT},
        ("heading", "text", "other_heading", "other_text"),
    ),
    "products": Row(
        {"title": "", "currency": "NOK", "role": "", "columns": ["quantity"], "months": None}
        | {"rows": items(PRODUCT, {**PRODUCT, "name": "Support"})},
        ("rows",),
        cells=tuple(name for name in PRODUCT if name != "quantity"),
    ),
    "image": Row(
        {"file": None, "alt": "", "decorative": False, "caption": "", "width": "wide"},
        ("file", "alt", "decorative", "caption"),
    ),
    "video": Row(
        {"title": "", "embed": None, "file": None, "captions": None, "transcript": ""}
        | {"without": ""},
        ("title", "embed", "file", "captions", "transcript", "without"),
    ),
    "exhibit": Row({"title": "Plan", "file": None}, ("title", "file")),
    "field_place": Row({"key": "support"}),
    "party_details": Row({"title": "Parties", "roles": items("supplier")}),
    "alternatives": Row(
        {"level": "1", "wordings": items(WORDING, WORDING), "chosen": INNER}, ("chosen",)
    ),
    "group": Row({"title": "Delivery", "blocks": INNER_TEXT}, ("blocks",)),
    "area": Row({"title": "More", "blocks": INNER_TEXT}, ("blocks",)),
    "page_break": Row({}),
    "signatures": Row({"title": "Signatures"}),
}
NAMES = sorted({name for block in BLOCK.child_blocks.values() for name in block.child_blocks})
INSIDE = sorted({*NAMES, *PRODUCT, "cells", "id", "type", "order", "deleted", "count", "value"})
STEP = st.sampled_from([*INSIDE, "0", "1", "2"])
NAME = st.builds(
    lambda first, rest: "-".join(("value", first, *rest)),
    st.sampled_from(NAMES),
    st.lists(STEP, max_size=5),
)
PLAIN = ["", "0", "1", "2", "-1", "99999999", "on", "x", "{}", "null", "Forged", "editable"]
DRAFT = '{"blocks": [], "entityMap": {}}'
SAID = st.sampled_from([*PLAIN, "optional", DRAFT, ID, INNER, OTHER, AROUND[0], *KINDS])
HEAD = st.sampled_from(["id", "type", "order", "deleted"])
FORGED = st.dictionaries(st.one_of(NAME, NAME, HEAD), SAID, max_size=12)


def cases() -> Iterator[tuple[str, str]]:
    """Every kind with each policy that it may have."""
    for kind in KINDS:
        policies = BLOCK.child_blocks[kind].child_blocks["policy"].field.choices
        yield from ((kind, policy) for policy, _label in policies)


def outline_of(kind: str, policy: str) -> list[dict[str, Any]]:
    around = [
        {"type": "heading", "id": id, "value": {"policy": "locked", "level": "1", "text": "Fixed"}}
        for id in AROUND
    ]
    value = {**copy.deepcopy(ROWS[kind].value), "policy": policy}
    return [around[0], {"type": kind, "id": ID, "value": value}, around[1]]


def honest(outline: list[dict[str, Any]]) -> dict[str, str]:
    made = {"body-count": str(len(outline))}
    for place, entry in enumerate(outline):
        head = {"id": entry["id"], "type": entry["type"], "order": str(place), "deleted": ""}
        made |= {f"body-{place}-{name}": part for name, part in head.items()}
    return made


def read(outline: list[dict[str, Any]], forged: dict[str, str], place: int = 1) -> Any:
    """The stream that a post would leave, cleaned where it can be."""
    data = QueryDict(mutable=True)
    data.update(honest(outline) | {f"body-{place}-{name}": said for name, said in forged.items()})
    field = LockedBlockField(BLOCK, outline, BLOCK.to_python(outline))
    value = field.widget.value_from_datadict(data, {}, "body")
    try:
        return field.clean(value)
    except ValidationError:
        return value


def plain(value: Any) -> Any:
    """As it is stored once every block was read: parts that were missing have their defaults."""
    stream = BLOCK.to_python(BLOCK.get_prep_value(value))
    assert all(child.value is not None for child in stream)
    return streams.plain(stream)


def test_every_kind_has_a_row_that_says_what_may_be_written():
    assert sorted(ROWS) == KINDS
    for kind, row in ROWS.items():
        block = BLOCK.child_blocks[kind]
        assert set(block.fills) == set(row.free), kind
        assert set(row.value) <= set(block.child_blocks), kind
    assert len([*cases()]) > 45


@pytest.mark.parametrize(("kind", "policy"), [*cases()])
@given(forged=FORGED)
@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_no_post_moves_what_a_lock_keeps(kind, policy, forged):
    outline = outline_of(kind, policy)
    stored = {entry["id"]: entry for entry in plain(read(outline, forged))}
    kept = {entry["id"]: entry for entry in plain(BLOCK.to_python(outline))}
    assert [id for id in kept if id in stored] == list(stored)
    assert set(kept) - set(stored) <= ({ID} if policy == locks.OPTIONAL else set())
    for id, entry in stored.items():
        now, was, row = entry["value"], kept[id]["value"], ROWS[kept[id]["type"]]
        assert entry["type"] == kept[id]["type"]
        if id == ID and policy == locks.EDITABLE:
            assert merging.same(row.fixed(now), row.fixed(was))
        else:
            assert merging.same(now, was)
