"""The one place where identifications are made, whatever the means."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion, Participant
from wagtail_contracts.signing.backends.methods import LINK
from wagtail_contracts.signing.core import shown as kinds
from wagtail_contracts.signing.core.shown import Shown
from wagtail_contracts.signing.errors import NotIdentified
from wagtail_contracts.signing.flows import means
from wagtail_contracts.signing.models import Identification, Purpose, SigningSession


def identified(
    participant: Participant,
    version: ContractVersion,
    shown: Shown,
    purpose: str,
    *,
    by: Actor,
    source: Identification | None = None,
    **more: Any,
) -> Identification:
    """Keep what was shown, of a locked contract; `more` has the session, or the host.

    `source` is the one for another contract that it is taken over from, and as old as. The event
    holds a commitment to the evidence, which can be erased without breaking the trail.
    """
    commitment = audit.commit(shown.written())
    made = Identification.objects.create(
        participant=participant,
        version=version,
        method=shown.method,
        purpose=purpose,
        commitment=commitment,
        source=source,
        at=source.at if source else timezone.now(),
        **more,
    )
    _record(made, by=by)
    return made


def _record(made: Identification, *, by: Actor) -> None:
    contracts.record(
        made.version.contract,
        events.IDENTIFICATION_COMPLETED,
        _told(made),
        by=by,
        committed={"evidence": made.commitment},
    )


def _told(made: Identification) -> dict[str, Any]:
    told = {
        "participant": made.participant.public_id,
        "version": made.version.number,
        "method": made.method,
        "identification": made.pk,
        "purpose": str(made.purpose),
    }
    return {**told, "derived_from": made.source_id} if made.source_id else told


@transaction.atomic
def identify_by_link(session: SigningSession, digest: str, *, by: Actor) -> Identification:
    """Take the personal link for enough to sign, where nothing more is asked of the person.

    Raises StaleVersion, NotIdentified.
    """
    contract = Contract.objects.lock(session.participant.party.contract_id)
    version = contracts.insist_on_current(contract, digest)
    if not means.is_link_enough(session.participant, Purpose.SIGNING):
        raise NotIdentified(_("Identify yourself again. Nothing is signed."))
    shown = Shown(method=LINK, kind=kinds.LINK, contact=session.participant.email)
    return identified(session.participant, version, shown, Purpose.SIGNING, by=by, session=session)


@transaction.atomic
def failed(participant: Participant, method: str, *, by: Actor, why: str = "") -> None:
    """Record that somebody did not show who they are; `why` names the check that said so."""
    data = {"participant": participant.public_id, "method": method}
    told = {**data, "why": why} if why else data
    contracts.record(participant.party.contract, events.IDENTIFICATION_FAILED, told, by=by)
