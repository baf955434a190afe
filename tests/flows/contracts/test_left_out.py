"""A reference to a clause that a condition hides says so, until an answer shows the clause."""

from __future__ import annotations

from typing import Any

import pytest

from example_site import contents as made
from tests import builders, journeys
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.rendering import html, text

DELIVERY = made.field("yes_no", "delivery", "Delivery", "customer", default="")
CLAUSE = made.clause("Delivery", "We deliver.")
CLAUSE["value"]["condition"] = {"join": "all", "tests": [], "expression": "delivery"}
SEE = made.text(f"It costs nothing, see clause {made.reference(CLAUSE)}.")
BODY = [*builders.BODY[:-1], made.place("delivery"), CLAUSE, SEE, made.signatures("")]


@pytest.fixture
def contract(sales: Any, sender: Any) -> Any:
    page = builders.template(sales, body=BODY, fields=[*builders.FIELDS, DELIVERY])
    return builders.contract(page, sender)


def sent(contract: Any, sender: Any) -> Any:
    by = builders.actor(sender)
    contracts.send(contract, builders.shown(contract), into=states.SIGNING, by=by)
    return journeys.stage(contract, sender)


def said(content: Any) -> set[str]:
    """What follows “see clause”, on the page and as plain text."""
    whole = (str(html.document(content)), text.plain(content))
    pages = [" ".join(words.split()) for words in whole]
    return {"left out" if "see clause (left out)." in page else "number" for page in pages}


def test_a_hidden_clause_is_left_out_until_an_answer_shows_it(contract, sender):
    offer = sent(contract, sender)
    assert said(offer.version.content) == {"left out"}
    answers = {**builders.ANSWERS, "delivery": "yes"}
    by = builders.guest(offer.kari)
    version = contracts.answer(offer.kari, offer.version.digest, answers, by=by)
    assert said(version.content) == {"number"}


def test_a_clause_that_is_not_in_the_text_at_all_is_missing(contract, sender):
    entries = contract.body.get_prep_value()
    contract.body = [entry for entry in entries if entry["value"].get("condition") is None]
    contract.save()
    with pytest.raises(NotReady, match="refers to a clause that is not in it"):
        sent(contract, sender)
