"""What was sealed while an authority or an issuer said nothing goes as far as was wanted, later."""

from __future__ import annotations

from django.db import transaction

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import AlreadySealed
from wagtail_contracts.sealing.flows import Sealed
from wagtail_contracts.sealing.models import SealedFile

AT_ONCE = 50  # of one call; each asks two servers


def complete_seals(*, by: Actor) -> int:
    """Complete the seals that wait for it, the oldest first; returns how many were.

    Ends at the first that has to wait on: the others would, too. Raises SealRefused.
    """
    done = 0
    for kept in SealedFile.objects.lacking().order_by("sealed_at")[:AT_ONCE]:
        version = ContractVersion.objects.filter(digest=kept.subject).first()
        if version is None:
            continue
        sealed = sealing.raise_level(
            sealing.content(kept), kept.level, test=version.contract.workspace.training
        )
        if sealed is None:
            break
        done += _completed(version, kept, sealed, sealing.store(sealed), by=by)
    return done


@transaction.atomic
def _completed(
    version: ContractVersion, kept: SealedFile, sealed: Sealed, name: str, *, by: Actor
) -> bool:
    contract = Contract.objects.lock(version.contract_id)
    following = kept.generation + 1
    try:
        made = sealing.keep(version.digest, sealed, name, generation=following, by=by)
    except AlreadySealed:  # by another worker
        return False
    data = {"version": version.number, "digest": version.digest, "file": made.digest}
    told = {**data, "before": kept.digest, "level": made.level}
    contracts.record(contract, events.DOCUMENT_COMPLETED, told, by=by)
    return True
