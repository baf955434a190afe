"""A contract in which both sides fill in files."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests import builders, uploads
from tests.journeys import stage
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core.fields import files

made = builders.made
FIELDS = [
    made.field("file", "certificate", "Copy of certificate", "customer", accepts="pdf_picture"),
    made.field("file", "film", "Film", "customer", accepts="any", required=False),
    made.field("text", "remarks", "Remarks", "customer", required=False),
    made.field("file", "plan", "Plan", "supplier", required=False, largest=1),
]
BODY = [
    made.clause("Proof", f"The customer shows {made.chip('certificate')}."),
    made.place("certificate"),
    made.place("plan"),
    made.signatures("Signatures"),
]
PROOF = uploads.saying("Certificate of good conduct")


def template(space: Any, *, sensitive: bool = False, body: Any = BODY) -> Any:
    """A template that asks both sides for files."""
    fields = [
        {**entry, "value": {**entry["value"], "sensitive": sensitive}}
        if entry["value"]["key"] == "certificate"
        else entry
        for entry in FIELDS
    ]
    return builders.template(space, body=body, fields=fields)


def ours(by: Any, content: bytes = uploads.saying("Plan"), name: str = "plan.pdf") -> Any:
    """The value of a file that somebody of our side has uploaded."""
    kept = uploads.stored("answer", content, name, by)
    return {name: kept.facts()[name] for name in files.FACTS}


def sent(space: Any, sender: Any, **options: Any) -> SimpleNamespace:
    """Out for signing, with a plan of ours; the customer has filled in nothing."""
    by = builders.actor(sender)
    page = template(space, **options)
    draft = builders.contract(page, sender, values={"plan": ours(by)})
    contracts.send(draft, builders.shown(draft), into="signing", by=by)
    return stage(draft, sender)


def give(at: SimpleNamespace, key: str = "certificate", content: bytes = PROOF, **more: Any) -> str:
    """The customer's signatory chooses a file; what then stands in the input."""
    upload = uploads.upload(content, more.get("name", "bevis.pdf"))
    return contracts.give_file(at.kari, key, upload, by=builders.guest(at.kari))


def answered(at: SimpleNamespace, **typed: str) -> SimpleNamespace:
    """The customer's signatory has sent answers."""
    version = stage(at.contract, at.sender).version
    contracts.answer(at.kari, version.digest, typed, by=builders.guest(at.kari))
    return stage(at.contract, at.sender)


def digest(at: SimpleNamespace, key: str = "certificate") -> str:
    """The digest of a file in the newest version."""
    content = stage(at.contract, at.sender).version.content
    return next(item["value"]["digest"] for item in content["values"] if item["key"] == key)
