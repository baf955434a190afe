"""What the plan of the code names is there."""

import re

import pytest

from tests.house.laws import HOUSE

ROOT = HOUSE.parent
PLAN = (ROOT / "docs/explanation/architecture.md").read_text()
ROWS = [line.strip("| ").split(" | ") for line in PLAN.splitlines() if line.startswith("| ")][2:]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_thing_is_done_where_the_plan_says(row):
    _what, flow, screen, tests, guide = row
    named = re.findall("`([^`]+)`", f"{flow} {screen}")

    assert named
    assert [place for place in named if not (HOUSE / place).exists()] == []
    assert (ROOT / "tests" / tests.strip("`")).exists()
    assert (ROOT / f"docs{guide[6:-1]}.md").exists()


def test_the_plan_names_what_people_do():
    assert len(ROWS) > 25
