"""Each kind of event is described with what it holds, as it is declared."""

import re
from pathlib import Path

import pytest

from tests.house.laws import HOUSE
from wagtail_contracts.audit import kinds

ROWS = [
    line.strip("| ").split(" | ")
    for line in (HOUSE.parent / "docs/reference/events.md").read_text().splitlines()
    if line.startswith("| `")
]
TOLD = {
    name: row[2]
    for row in ROWS
    if len(row) > 2
    for name in re.findall("`([a-z_]+\\.[a-z_]+)`", row[0])
}
THE_SAME = ("the same", "as above", "its conditions and steps")  # as the row before says


def declared():
    """Those of the house; other tests declare kinds as well."""
    return [kind for kind in kinds.declared() if kind.name in TOLD]


def test_every_kind_of_the_house_has_a_row():
    declared_here = {
        name
        for path in Path(HOUSE).rglob("event_kinds*/**/*.py")
        for name in re.findall(r"events\.([A-Z_]+)", path.read_text())
    }
    assert len(declared()) > len(declared_here) > 80


@pytest.mark.parametrize("kind", declared(), ids=lambda kind: kind.name)
def test_what_a_kind_holds_is_described(kind):
    told = TOLD[kind.name]
    if any(words in told for words in THE_SAME):
        return
    fields = [*kind.schema.required, *kind.schema.optional]
    assert [name for name in fields if not re.search(rf"\b{name}\b", told)] == []
