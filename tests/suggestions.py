"""Suggestions as the other side makes them, on the usual contract or on one with more in it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from example_site import contents as made
from tests import builders
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import shown, trees
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant, Suggestion

BODY = [
    made.clause("Service", f"From {made.chip('start')} the service runs."),
    made.clause(
        "Price", f"It costs {made.chip('price')} a month. It is paid in June.", policy="editable"
    ),
    made.clause("Law", "The law of Norway governs.", policy="optional"),
    made.products("Seats", made.product("Seat", "100.00", quantity="3"), role="customer"),
    made.alternatives(("A month", "Notice", "A month."), ("A week", "Notice", "A week.")),
    made.area("More terms"),
    made.area("Not printed", ""),
    made.text(f"{made.chip('support')} {made.chip('invoice')} {made.chip('remarks')}"),
    made.signatures("Signatures"),
]


LISTS = [
    made.listing(
        "to be on time,", f"to pay {made.chip('price')},", ordered=True, policy="editable"
    ),
    made.table("Answers", ("Fault", "Answer"), ("Down", "1 hour"), policy="editable"),
    made.columns("Left <b>side</b>.", "Right side.", policy="editable"),
    made.group("Delivery", made.clause("Where", "To the door."), policy="editable"),
    made.listing("of silver,", "of gold."),
    made.clause("Service", f"From {made.chip('start')} the service runs."),
    made.text(f"{made.chip('support')} {made.chip('invoice')} {made.chip('remarks')}"),
    made.signatures("Signatures"),
]


def block(version: ContractVersion, name: str) -> Any:
    """The block that people call so."""
    content = version.content
    found = (one for one in trees.blocks(content["body"]) if shown.name(one, content) == name)
    return next(found)


def wish(version: ContractVersion, name: str, content: str, heading: str = "") -> contracts.Wish:
    """Other words for the clause of that name."""
    typed = {"heading": heading or name, "content": content}
    return contracts.Wish("wording", block(version, name)["id"], typed)


def boxes(version: ContractVersion, name: str, **typed: str) -> contracts.Wish:
    """Other words in some of the boxes of a block; `item_1` stands for `item-1`."""
    found = block(version, name)
    written = contracts.written(version, contracts.Wish("wording", found["id"]))
    changed = {key.replace("_", "-"): words for key, words in typed.items()}
    return contracts.Wish("wording", found["id"], {**written.text(), **changed})


def clause(version: ContractVersion, content: str, heading: str = "New") -> contracts.Wish:
    """A new clause in the area."""
    typed = {"heading": heading, "content": content}
    return contracts.Wish("clause", block(version, "More terms")["id"], typed)


def suggest(stage: SimpleNamespace, wanted: contracts.Wish, **more: Any) -> Suggestion:
    """Kari suggests it on the newest version."""
    kari = Participant.objects.get(pk=stage.kari.pk)
    digest = Contract.objects.get(pk=stage.contract.pk).current_version.digest
    return contracts.suggest(kari, digest, wanted, by=builders.guest(kari), **more)


def accept(suggestion: Suggestion, by: Any) -> ContractVersion:
    """Accept it as its page shows it."""
    found = Suggestion.objects.with_all().get(pk=suggestion.pk)
    return contracts.accept(found, contracts.fit_of(found).digest, by=by)


def text(version: ContractVersion, name: str) -> str:
    """The words of the block of that name."""
    return shown.text(block(version, name), version.content)
