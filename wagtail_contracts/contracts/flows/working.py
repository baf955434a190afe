"""What others changed in a version, put into the owner's working copy, so that it is not undone."""

from __future__ import annotations

from typing import Any

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.blocks import plain
from wagtail_contracts.contracts.core import merging, placing
from wagtail_contracts.contracts.core.suggesting import Proposal
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.flows.merging import rebuilt
from wagtail_contracts.contracts.models import Contract


def as_sent(contract: Contract) -> dict[str, Any]:
    """Title, text and values of the working copy, as they are kept with what is sent."""
    return {"title": contract.title, "body": plain(contract.body), "values": contract.values}


def sent_with(contract: Contract, proposal: Proposal) -> dict[str, Any]:
    """The same as it was when the newest text was made, with a proposal in it."""
    return placing.placed(contract.sent, proposal)


def both(contract: Contract, proposal: Proposal) -> merging.Merge:
    """The working copy with a proposal in it.

    Where its editor changed the same since, it is a conflict, and the proposal stands.
    """
    return merging.merge(contract.sent, as_sent(contract), sent_with(contract, proposal))


def take_over(contract: Contract, made: merging.Merge, *, by: Actor) -> None:
    """Save that working copy, inside a transaction; what it replaced stays in the history."""
    user, mine = staff(by), as_sent(contract)
    if merging.same(made.state, mine):
        return
    if made.conflicts:
        rebuilt(contract, mine).save_revision(user=user, log_action=True, clean=False)
    working = rebuilt(contract, made.state)
    working.save()
    working.save_revision(user=user, log_action=True, clean=False)
