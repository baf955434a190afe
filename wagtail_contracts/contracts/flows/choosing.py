"""The other side chooses among approved wordings, where the template says so."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts.core import suggesting, taking_part
from wagtail_contracts.contracts.errors import NotYourPart
from wagtail_contracts.contracts.flows import announcing, proposing, working
from wagtail_contracts.contracts.flows.asking import lapse
from wagtail_contracts.contracts.flows.fitting import insist_on_fit
from wagtail_contracts.contracts.flows.partaking import insist_may
from wagtail_contracts.contracts.flows.versioning import freeze, insist_on_current
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant
from wagtail_contracts.contracts.models.guards import unguarded


@transaction.atomic
def choose_alternative(
    participant: Participant, shown: str, block: str, chosen: str, *, by: Actor
) -> ContractVersion:
    """Make a version in which another approved wording of a clause holds; the draft gets it, too.

    Raises NotYourPart, WrongState, StaleVersion, SuggestionRefused. `shown` is the digest of the
    version on the page. Where it holds already nothing is written.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    insist_may(participant, taking_part.FILL_IN, contract)
    if contract.is_own(participant.party):
        raise NotYourPart(_("Our own side chooses in the working copy."))
    version = insist_on_current(contract, shown)
    proposal = {"kind": suggesting.ALTERNATIVE, "block": block, "chosen": chosen}
    choice = proposing.open_places(version).choices.get(block)
    if choice and choice["chosen"] == chosen:
        return version
    made = _made(contract, version, proposal, by=by)

    data = {"version": made.number, "block": block, "content": made.content_digest}
    announcing.record(contract, events.ALTERNATIVE_CHOSEN, data, by=by)
    lapse(contract, by=SYSTEM)
    announcing.tell_owner(contract, "answered", by=by, participant=participant)
    return made


def _made(
    contract: Contract, version: ContractVersion, proposal: suggesting.Proposal, *, by: Actor
) -> ContractVersion:
    """The next version of a locked contract, and the working copy with the same in it."""
    whole = proposing.applied(version.whole, proposal)
    insist_on_fit(whole)
    merged = working.both(contract, proposal)
    with unguarded():
        contract.sent = working.sent_with(contract, proposal)
        made = freeze(contract, whole, ContractVersion.Kind.ANSWERED, by=by)
        contract.save(update_fields=["current_version", "sent"])
    working.take_over(contract, merged, by=by)
    return made
