"""The numbers of clauses while somebody moves them are those that the contract will have."""

from __future__ import annotations

from typing import Any

import pytest

from wagtail_contracts.contracts.core import outlines


def clause(id: str, level: str = "1", **more: Any) -> dict[str, Any]:
    return {"id": id, "type": "clause", "level": level, "style": "", "start": "", **more}


def said(*outline: dict[str, Any]) -> dict[str, str]:
    return {id: found["number"] for id, found in outlines.numbers(list(outline)).items()}


def test_clauses_are_numbered_by_their_order_and_level():
    fee, travel, term = clause("fee"), clause("travel", "2"), clause("term")

    assert said(fee, travel, term) == {"fee": "1", "travel": "1.1", "term": "2"}
    assert said(term, fee, travel) == {"term": "1", "fee": "2", "travel": "2.1"}


def test_whatever_counts_as_a_clause_is_numbered_as_one():
    kinds = ("clause", "library", "bilingual", "alternatives")
    outline = [clause(kind, type=kind) for kind in kinds]

    assert said(*outline) == dict(zip(kinds, "1234", strict=True))


def test_clauses_in_a_numbered_area_stand_one_level_below_it():
    terms, rules = (clause("area", "2", type="area", numbered=said) for said in ("1", ""))
    inner = [clause("first", within="area"), clause("deep", "4", within="area")]
    numbered = {"fee": "1", "area": "1.1", "first": "1.1.1", "deep": "1.1.1.1", "end": "2"}

    assert said(clause("fee"), terms, *inner, clause("end")) == numbered
    assert said(clause("fee"), rules, *inner)["first"] == "2"


def test_a_reference_cites_a_number_with_those_around_it():
    outline = [clause("fee"), clause("travel", "2", style="(a)")]

    assert outlines.numbers(outline)["travel"] == {"number": "(a)", "cited": "1(a)"}


def test_a_heading_that_begins_with_a_number_is_cited_by_it_and_other_text_has_none():
    annex = {"id": "annex", "type": "heading", "words": "Annex II Prices"}
    outline = [annex, {"id": "text", "type": "text"}, {"id": "free", "type": "definition"}]

    assert outlines.numbers(outline) == {"annex": {"number": "", "cited": "II"}}


def test_what_is_half_typed_counts_as_left_empty():
    odd = clause("odd", level="x", style="(", start="-3")

    assert said(odd, clause("next", start="7")) == {"odd": "1", "next": "7"}


@pytest.mark.parametrize("outline", [None, {}, "x", [1], [["id"]], [{}] * 5001])
def test_what_is_no_outline_is_refused(outline):
    assert outlines.numbers([{}] * 5000) == {}
    with pytest.raises(ValueError):  # noqa: PT011 - it is the error
        outlines.numbers(outline)
