"""What the demo's templates are made of, and that each of them is walked in a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from example_site.contents.catalogue import CATALOGUES
from example_site.contents.field_sets import FIELD_SETS
from example_site.contents.library import LIBRARIES
from example_site.contents.templates import templates
from tests.browser.demo_rows import ROWS
from wagtail_contracts.contracts.blocks import ContractStream

FILES = dict.fromkeys(("plan", "rules", "escape", "captions"))
COPIED = ("sku", "name", "description", "unit", "price", "period")


def texts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each template with its workspace."""
    for workspace, found in templates(**FILES).items():
        for text in found:
            yield workspace, text


def blocks(kind: str) -> list[tuple[str, str, dict[str, Any]]]:
    """The blocks of a kind, each with its workspace and template."""
    return [
        (workspace, text["title"], block["value"])
        for workspace, text in texts()
        for block in text["body"]
        if block["type"] == kind
    ]


def test_each_goes_from_the_wizard_to_a_sealed_file():
    assert ROWS.keys() == {text["title"] for _workspace, text in texts()}


def test_every_kind_of_block_is_used():
    used = {block["type"] for _workspace, text in texts() for block in text["body"]}
    assert sorted(ContractStream().child_blocks) == sorted(used)


def test_rows_of_product_tables_are_as_the_catalogue_has_them():
    rows = 0
    for workspace, _title, table in blocks("products"):
        items = [dict(zip(COPIED, item, strict=True)) for item in CATALOGUES[workspace]]
        for row in table["rows"]:
            assert {name: row["value"][name] for name in COPIED} in items
            rows += 1
    assert rows >= 9


def test_clauses_of_the_library_are_shared_and_one_template_is_behind():
    used = Counter((workspace, value["clause"]) for workspace, _title, value in blocks("library"))
    assert {(workspace, name) for workspace, kept in LIBRARIES.items() for name in kept} == {*used}
    assert len([count for count in used.values() if count > 1]) >= 2
    behind = [
        title
        for workspace, title, value in blocks("library")
        if value["taken"] < len(LIBRARIES[workspace][value["clause"]].wordings)
    ]
    assert behind == ["Tjenesteavtale"]


def test_sets_of_fields_are_shared():
    used = Counter(
        (workspace, entry["value"])
        for workspace, text in texts()
        for entry in text["fields"]
        if entry["type"] == "shared"
    )
    assert {(workspace, name) for workspace, kept in FIELD_SETS.items() for name in kept} == {*used}
    assert all(count > 1 for count in used.values())
