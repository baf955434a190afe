"""What follows from a signature, or from its last witness: the end, or the turn of the next."""

from __future__ import annotations

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.signing.flows.standing import Standing, standing
from wagtail_contracts.signing.flows.watching import expect_seal


def conclude_if_complete(contract: Contract, before: Standing) -> bool:
    """Conclude a locked contract where every party is bound now; say whether it is."""
    if not standing(before.version).complete:
        return False
    contracts.conclude(contract, before.version.digest, by=SYSTEM)
    expect_seal(contract)
    return True


def tell_next(before: Standing) -> None:
    """Tell those whose turn has come since."""
    told = {place.person["id"] for place in before.waiting}
    ids = {place.person["id"] for place in standing(before.version).waiting} - told
    contracts.tell(Participant.objects.filter(public_id__in=ids).order_by("pk"), "your_turn")
