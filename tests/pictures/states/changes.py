"""What changed since one last looked, or signed."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

from tests import builders, signatures
from tests.pictures.states import reading
from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded

OTHER = (
    "Whoever delivers keeps to what public bodies are bound by: it answers for those whom it "
    "engages, stores nothing outside of the region, and lets itself be inspected once a year."
)


def looked(stage: Stage, page: Page) -> None:
    """The reader had looked at the version before."""
    at = stage.sent()
    stage.enter(page, at)
    reading.revise(stage, at)
    stage.open(page, at, "changes")


def beside(stage: Stage, page: Page) -> None:
    """Before and after."""
    looked(stage, page)
    page.goto(f"{page.url}?view=two")


def kinds(stage: Stage, page: Page) -> None:
    """A clause split, one moved, an item, a cell and a price: each as what it is."""
    at = stage.sent()
    stage.enter(page, at)
    body = _of_each_kind([dict(block) for block in at.contract.body.raw_data])
    _publish(at, body, "As we agreed by phone")
    stage.open(page, at, "changes")


def _of_each_kind(body: list[Any]) -> list[Any]:
    """The stream with one change of each kind."""
    of = {
        kind: next(b for b in body if b["type"] == kind) for kind in ("list", "table", "products")
    }
    of["list"]["value"]["items"][1]["value"]["text"] = "gives it to its own people alone."
    of["table"]["value"]["rows"][1]["value"]["cells"][1]["value"] = "2 hours"
    of["products"]["value"]["rows"][0]["value"]["price"] = "5900"
    clauses = [block for block in body if block["type"] == "clause"]
    whole = clauses[3]["value"]["text"]
    middle = whole.index("customer can read") + 19
    clauses[3]["value"]["text"] = f"{whole[:middle]}</p>"
    half = {**clauses[3], "id": str(uuid4())}
    half["value"] = {**half["value"], "heading": "", "text": f"<p>{whole[middle:]}"}
    body.insert(body.index(clauses[3]) + 1, half)
    body.remove(clauses[-2])
    body.insert(1, clauses[-2])
    return body


def rewritten(stage: Stage, page: Page) -> None:
    """Most of the text is another."""
    at = stage.sent()
    stage.enter(page, at)
    body = [dict(block) for block in at.contract.body.raw_data]
    for block in body:
        if block["type"] == "clause":
            block["value"] = {**block["value"], "text": f"<p>{OTHER}</p>"}
    _publish(at, body, "The terms for public bodies, in place of our usual ones")
    stage.open(page, at, "changes")


def replaced(stage: Stage, page: Page) -> None:
    """Another file stands in the place of an exhibit."""
    at = stage.sent(template=stage.enclosing)
    stage.enter(page, at)
    body = [dict(block) for block in at.contract.body.raw_data]
    exhibit = next(block for block in body if block["type"] == "exhibit")
    file = stage.file("Times of answer in 2028", "How they are measured")
    exhibit["value"] = {**exhibit["value"], "file": file}
    _publish(at, body, "The new times of answer")
    stage.open(page, at, "changes")


def _publish(at: SimpleNamespace, body: list[Any], reason: str) -> None:
    contract = Contract.objects.get(pk=at.contract.pk)
    with unguarded():
        contract.body = json.dumps(body)
        contract.save()
    contracts.revise(contract, builders.shown(contract), reason, by=at.owner)


def signed(stage: Stage, page: Page) -> None:
    """The reader had signed the version before."""
    at = stage.answered()
    signatures.sign(at.kari)
    reading.revise(stage, at)
    stage.enter(page, at, "changes")


def same(stage: Stage, page: Page) -> None:
    """Nothing has changed."""
    at = stage.sent()
    stage.enter(page, at)
    stage.open(page, at, "changes")


STATES = (
    State(
        "changes",
        "You had looked",
        "changes-looked.png",
        SAID["changes"],
        looked,
    ),
    State("changes-two", "Before and after", "", "", beside),
    State(
        "changes-kinds",
        "A split, a move, an item, a cell and a price",
        "",
        "No draft was drawn: each is told as what it is, with the whole of it folded below.",
        kinds,
    ),
    State("changes-most", "Most of the text is new", "", SAID["changes-most"], rewritten),
    State("changes-exhibit", "An exhibit was replaced", "", SAID["changes-exhibit"], replaced),
    State(
        "changes-signed",
        "You had signed",
        "changes-signed.png",
        SAID["changes-signed"],
        signed,
    ),
    State(
        "changes-none",
        "Nothing has changed",
        "changes-none.png",
        SAID["changes-none"],
        same,
    ),
)
