"""docs/papers name tests, settings and checks that exist; the report is what the tests say."""

from __future__ import annotations

import ast
import csv
import inspect
import re
from functools import cache

import pytest
from django.conf import global_settings
from wagtail.admin.views import account

from tests.accessibility.page import PAGE, written
from tests.house.laws import HOUSE
from tests.house.test_documented import checks, settings

ROOT = HOUSE.parent
TESTS, PAPERS = ROOT / "tests", ROOT / "docs" / "papers"
# The requirements of ASVS 5.0.0 at levels 1 and 2: how many each section has; they come first.
SECTIONS = (TESTS / "data" / "asvs.csv").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([123]) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`([a-z_0-9/]+\.py)(?:::(test_\w+))?`")
WORDS = ("Met", "Partly", "Site", "Not applicable: ")
# Wagtail reads them from the site's settings and has no list of them.
WAGTAILS = {"WAGTAIL_PASSWORD_MANAGEMENT_ENABLED"}
OURS = {"KEYS", *settings()}


def wanted():
    """The requirements of levels 1 and 2."""
    for section, numbers in csv.reader(SECTIONS.splitlines()):
        yield from (f"{section}.{number}" for number in numbers.split())


def rows():
    """Number, level, what is asked, how it is met, and what shows it."""
    return ROW.findall((PAPERS / "asvs.md").read_text())


@cache
def names(path):
    """The tests of a file."""
    tree = ast.parse((TESTS / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def is_there(word):
    """Whether a test, a setting or a check of this name exists."""
    path, _colons, test = word.partition("::")
    if path.endswith(".py"):
        return (TESTS / path).exists() and (not test or test in names(path))
    if word.startswith("wagtail_contracts."):
        return word.rpartition(".")[2] in set(checks())
    return word in OURS | WAGTAILS or hasattr(global_settings, word)


def test_each_requirement_of_two_levels_stands_there_once():
    numbers = [number for number, level, *_ in rows() if level != "3"]
    assert sorted(numbers) == sorted(wanted())
    assert len(numbers) == 253


@pytest.mark.parametrize(("number", "how", "shown"), [(n, h, s) for n, _, _, h, s in rows()])
def test_each_is_answered_by_what_exists(number, how, shown):
    proofs = re.findall(r"`([^`]+)`", shown)
    assert how.startswith(WORDS), number
    assert proofs or how.startswith("Not applicable: "), number
    assert [word for word in proofs if not is_there(word)] == []


def test_what_does_not_exist_is_found():
    assert is_there("house/test_papers.py::test_what_does_not_exist_is_found")
    for word in (
        "house/test_papers.py::test_x",
        "house/test_x.py",
        "NO_SUCH",
        "wagtail_contracts.E999",
    ):
        assert not is_there(word), word


@pytest.mark.parametrize("path", sorted(PAPERS.glob("*.md")), ids=lambda path: path.stem)
def test_each_test_that_a_paper_names_is_there(path):
    for file, test in NAMED.findall(path.read_text()):
        assert is_there(f"{file}::{test}" if test else file), f"{file}::{test}"


def test_each_paper_is_in_the_list():
    listed = (PAPERS / "index.md").read_text()
    for path in PAPERS.glob("*.md"):
        assert path.stem == "index" or f"({path.name})" in listed, path.name


def test_the_accessibility_report_is_what_the_tests_say():
    assert PAGE.read_text() == written(), "python -m tests.accessibility"


def test_wagtail_still_reads_its_setting():
    assert [name for name in WAGTAILS if name not in inspect.getsource(account)] == []


def test_the_days_of_disclosure_and_of_fixes_are_said_to_be_aims():
    said = " ".join((ROOT / "SECURITY.md").read_text().split())
    assert "90 days" in said
    assert "within 30 days" in said
    assert "These days are aims" in said
