"""The comparisons see what they are for: each change of a contract, made on purpose, is found."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.texts import agreements, contract, page, paper, source
from tests.texts.comparing import cut, difference, heads, stepped, tagged, words
from tests.texts.journey import Journey, walk
from wagtail_contracts.contracts.core import trees
from wagtail_contracts.contracts.rendering import html
from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.sealing import flows as sealing

LEASE = (agreements.OWN / "lease-coverpage.md", agreements.OWN / "lease.md")
LOAN = (agreements.OWN / "loan.md",)
Content = dict[str, Any]


@pytest.fixture
def lease(db: None) -> Journey:
    """An agreement with parts of every kind."""
    return walk(LEASE)


@pytest.fixture
def loan(db: None) -> Journey:
    """An agreement with terms, references and numbers of many styles."""
    return walk(LOAN)


def readings(
    content: Content, lease: Journey, folder: Path, agreement: agreements.Agreement = LEASE
) -> dict[str, str]:
    """What differs from the source, by each way of reading."""
    texts = [path.read_text(encoding="utf-8") for path in agreement]
    expected = source.read(texts, lease.filled.values, lease.filled.chosen)
    pdf = folder / "printed.pdf"
    pdf.write_bytes(sealing.render(printing.draft_bundle(content, lease.number)))
    _cover, body, _people = paper.apart(paper.text(pdf, heads(expected)))
    shown = page.read(html.document(content), content["title"])
    return {
        "json": difference(expected, contract.read(content, lease.filled.shown)),
        "page": difference(stepped(expected), shown),
        "tags": difference(tagged(stepped(expected)), tagged(paper.parts(pdf))),
        "words": difference(list(words(expected[1:])), cut(body)),
    }


def found(content: Content, kind: str) -> Any:
    """The first block of a kind."""
    return next(block for block in content["body"] if block["type"] == kind)


def without(content: Content, kind: str) -> None:
    content["body"].remove(found(content, kind))


def without_paragraph(content: Content) -> None:
    without(content, "text")


def without_heading(content: Content) -> None:
    without(content, "heading")


def without_clause(content: Content) -> None:
    without(content, "clause")


def without_item(content: Content) -> None:
    found(content, "list")["items"].pop()


def without_row(content: Content) -> None:
    found(content, "table")["rows"].pop()


def without_cell(content: Content) -> None:
    found(content, "table")["rows"][1][1] = []


def without_option(content: Content) -> None:
    next(field for field in content["fields"] if field["options"])["options"].pop()


def without_value(content: Content) -> None:
    next(item for item in content["values"] if item["key"] == "purpose")["value"] = None


def other_order(content: Content) -> None:
    places = [k for k, block in enumerate(content["body"]) if block["type"] == "clause"]
    one, two = places[0], places[1]
    first, second = content["body"][one]["content"], content["body"][two]["content"]
    content["body"][one]["content"], content["body"][two]["content"] = second, first


def other_level_of_heading(content: Content) -> None:
    headings = [block for block in content["body"] if block["type"] == "heading"]
    headings[1]["level"] = 1


def other_level_of_item(content: Content) -> None:
    found(content, "list")["items"][1]["level"] = 2


def other_level_of_clause(content: Content) -> None:
    clauses = [block for block in content["body"] if block["type"] == "clause"]
    clauses[1].update(level=2, number="1.1")


def other_number(content: Content) -> None:
    found(content, "clause")["number"] = "2"


def other_choice(content: Content) -> None:
    next(item for item in content["values"] if item["key"] == "length")["value"] = "option_2"


def moved_cell(content: Content) -> None:
    row = found(content, "table")["rows"][1]
    row[1], row[2] = row[2], row[1]


def numbered(content: Content, number: str) -> Any:
    """The first block with that number."""
    return next(block for block in content["body"] if block["number"] == number)


def without_definition(content: Content) -> None:
    content["body"].remove(numbered(content, "1.1.2"))


def a_definition_as_a_clause(content: Content) -> None:
    block = numbered(content, "1.1.2")
    block.update(type="clause", heading=[])
    [first, *_rest] = block["content"]
    first["content"] = [*block.pop("term"), *first["content"]]


def without_a_lettered_item(content: Content) -> None:
    content["body"].remove(numbered(content, "(ii)"))


def a_letter_as_a_roman_number(content: Content) -> None:
    found = [block for block in content["body"] if block["number"] == "(i)"]
    found[-1]["level"] = 4


def a_reference_to_another_clause(content: Content) -> None:
    lines = (line for block in content["body"] for line in trees.lines(block))
    node = next(node for line in lines for node in line if node["type"] == "reference")
    node["block"] = numbered(content, "5.2")["id"]


LETTERED = [
    without_definition,
    a_definition_as_a_clause,
    without_a_lettered_item,
    a_letter_as_a_roman_number,
    a_reference_to_another_clause,
]
# Where a change can't be seen: the words of a page have no levels, boxes and columns.
NO_WORDS = {other_level_of_heading, other_level_of_item, other_choice, moved_cell}
CHANGES = [
    without_paragraph,
    without_heading,
    without_clause,
    without_item,
    without_row,
    without_cell,
    without_option,
    without_value,
    other_order,
    other_level_of_heading,
    other_level_of_item,
    other_level_of_clause,
    other_number,
    other_choice,
    moved_cell,
]


def test_without_a_change_nothing_is_found(lease, tmp_path):
    assert set(readings(lease.content, lease, tmp_path).values()) == {""}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_each_change_is_found_by_each_comparison(
    change: Callable[[Content], None], lease: Journey, tmp_path: Path
) -> None:
    content = copy.deepcopy(lease.content)
    change(content)

    differences = readings(content, lease, tmp_path)
    if change in NO_WORDS:
        assert differences.pop("words") == ""
    assert all(differences.values()), differences


@pytest.mark.parametrize("change", LETTERED, ids=lambda change: change.__name__)
def test_changes_of_terms_numbers_and_references_are_found_too(
    change: Callable[[Content], None], loan: Journey, tmp_path: Path
) -> None:
    content = copy.deepcopy(loan.content)
    change(content)

    differences = readings(content, loan, tmp_path, LOAN)
    assert all(differences.values()), differences
