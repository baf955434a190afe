"""What changed since one last looked, or signed."""

from __future__ import annotations

import json
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
    contract = Contract.objects.get(pk=at.contract.pk)
    body = _rewritten([dict(block) for block in contract.body.raw_data])
    with unguarded():
        contract.body = json.dumps(body)
        contract.save()
    contracts.revise(contract, builders.shown(contract), "As we agreed by phone", by=at.owner)
    stage.open(page, at, "changes")


def _rewritten(body: list[Any]) -> list[Any]:
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
