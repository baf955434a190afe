"""A named role unlocks one block of one contract: on our own side, with a reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.blocks import ContractStream, plain
from wagtail_contracts.contracts.core import locks, states
from wagtail_contracts.contracts.errors import NotLocked, ReasonMissing, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.listing import keep_draft
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded


@transaction.atomic
def unlock(contract: Contract, block: str, reason: str, *, by: Actor) -> None:
    """Let the editors of one contract rewrite one locked block, from now on.

    Raises NotAllowed, WrongState, NotLocked, ReasonMissing, ReasonTooLong. The report of
    deviations names it.
    """
    contract = Contract.objects.lock(contract.pk)
    insist("unlock_block", contract, by=by)
    if not states.allows(contract.state, "unlock_block"):
        raise WrongState(_("A contract in this state cannot be changed."))
    if block not in lockable(contract):
        raise NotLocked(_("This block is not locked, or nothing in it can be written."))
    if not (reason := announcing.remark(reason)):
        raise ReasonMissing(_("Say why: it stands in the history of our own side."))

    with unguarded():
        contract.outline = locks.unlock(contract.outline, block)
        kept: Any = contract
        kept.body = _opened(plain(contract.body), block)
        contract.save(update_fields=["outline", "body"])
    keep_draft(contract)

    data = {"block": block}
    announcing.record(contract, events.BLOCK_UNLOCKED, data, by=by, disclose={"reason": reason})
    announcing.tell_owner(contract, "unlocked", by=by)


def lockable(contract: Contract) -> list[str]:
    """The ids of the locked blocks in which something could be written."""
    kinds = ContractStream().child_blocks
    return [
        entry["id"]
        for entry in contract.outline
        if locks.policy_of(entry) == locks.LOCKED
        and entry["type"] in kinds
        and kinds[entry["type"]].fills
    ]


def _opened(body: list[dict[str, Any]], block: str) -> list[dict[str, Any]]:
    """The mark is the outline's alone."""
    return [
        {name: part for name, part in entry.items() if name != locks.UNLOCKED}
        for entry in locks.unlock(body, block)
    ]
