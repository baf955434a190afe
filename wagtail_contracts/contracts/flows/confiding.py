"""How close a contract is kept: chosen before it is sent, and only closer afterwards."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import confidential, states
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded


@transaction.atomic
def keep_close(contract: Contract, way: str, *, by: Actor) -> None:
    """Keep a contract confidential in one of the ways of `core.confidential`; at once.

    Raises NotAllowed, and WrongState where it is over, or was sent and would be kept less close.
    """
    contract = Contract.objects.lock(contract.pk)
    insist("send", contract, by=by)
    if not states.allows(contract.state, "confidential"):
        raise WrongState(_("The contract is not in the state for this."))
    if not confidential.may_become(contract.confidential, way, contract.state):
        raise WrongState(_("What has been sent can only be kept closer, never less close."))
    if way == contract.confidential:
        return

    with unguarded():
        contract.confidential = way
        contract.save(update_fields=["confidential"])

    announcing.record(contract, events.CONFIDENTIALITY_CHANGED, {"way": way}, by=by)
