"""Contracts of a given length, made and signed by the flows."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

from example_site import contents as made
from tests import builders, signatures
from tests.journeys import stage
from wagtail_contracts.contracts import flows as contracts

SENTENCE = "The supplier answers within four hours on working days and keeps a list of faults. "
# With as many clauses, the sealed file has 1, 10 and 50 pages of text, and one of signatures.
CLAUSES = {1: 0, 10: 26, 50: 146}


@cache
def place() -> tuple[Any, Any]:
    """A workspace and a sender."""
    sales = builders.workspace("bench")
    return sales, builders.staff("ola", sales)


@cache
def template(clauses: int) -> Any:
    """A template with so many clauses of two paragraphs, beside those of the tests."""
    sales, _sender = place()
    return builders.template(sales, f"Agreement of {clauses}", body=body(clauses))


def body(clauses: int) -> list[Any]:
    """The stream: a quarter of the clauses has a table, another one a list."""
    kept = ("text", "clause", "field_place")
    made_of: list[Any] = [block for block in builders.BODY if block["type"] in kept]
    for number in range(clauses):
        text = f"{SENTENCE * 3}</p><p>{SENTENCE * 3}"
        made_of.append(made.clause(f"Part {number}", text, level=1 + number % 2))
        if number % 4 == 1:
            rows = [(f"Fault {row}", f"{row} hours") for row in range(4)]
            made_of.append(made.table(f"Times of part {number}", ("Fault", "Answer"), *rows))
        if number % 4 == 3:
            made_of.append(made.listing("keeps it secret,", "gives it to nobody.", ordered=True))
    return [*made_of, builders.BODY[-1]]


def draft(clauses: int) -> Any:
    """A contract from that template."""
    return builders.contract(template(clauses), place()[1])


def sent(clauses: int) -> SimpleNamespace:
    """The same, out for signature."""
    contract, sender = draft(clauses), place()[1]
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(sender))
    return stage(contract, sender)


def answered(clauses: int) -> SimpleNamespace:
    """The same, with the customer's answers."""
    at = sent(clauses)
    contracts.answer(at.kari, at.version.digest, builders.ANSWERS, by=builders.guest(at.kari))
    return stage(at.contract, at.sender)


def signed(clauses: int) -> SimpleNamespace:
    """The same, signed by all and not yet sealed."""
    at = answered(clauses)
    signatures.sign_all(at)
    return stage(at.contract, at.sender)
