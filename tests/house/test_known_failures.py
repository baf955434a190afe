"""docs/explanation/known-failures.md names a test for each failure, a reason, or "later"."""

import ast
import re

import pytest

from tests.house.laws import HOUSE

TESTS = HOUSE.parent / "tests"
PAGE = HOUSE.parent / "docs" / "explanation" / "known-failures.md"
NUMBERS = {*map(str, range(1, 62)), "9b", "37b"}
TEST = re.compile(r"`([a-z_0-9/]+\.py)(?:::(test_\w+))?`")
REASONS = ("Can't happen: ", "Later: ")
WITH_TESTS = "ABCDEHI"  # groups whose parts exist
PROMISES = {"S-08", "S-24", "S-25", "S-35", "S-54", "S-56", "S-57"}


def rows():
    """Group, number and what stands against it, of every row."""
    found, group = [], ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("## "):
            group = line[3]
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| ") and re.fullmatch(r"(S-)?\d+b?", cells[0].strip("| ")):
            found.append((group, cells[0].strip("| "), cells[-1].strip("| ")))
    return found


def names(path):
    """The tests of a file."""
    tree = ast.parse((TESTS / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_failure_stands_there_once():
    assert sorted(number for _, number, _ in rows()) == sorted(NUMBERS | PROMISES)


@pytest.mark.parametrize(("group", "number", "answer"), rows(), ids=lambda word: word[:4])
def test_each_is_answered(group, number, answer):
    tests = TEST.findall(answer)
    assert tests or answer.startswith(REASONS), number
    assert tests or number not in PROMISES, number
    assert not (group in WITH_TESTS and answer.startswith("Later")), number
    assert answer.count("`") == 2 * len(tests)
    for path, name in tests:
        assert (TESTS / path).exists(), path
        assert not name or name in names(path), f"{path}::{name}"
