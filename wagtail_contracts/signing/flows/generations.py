"""The rows of sealed files: each step of one is a generation of its own, kept and recorded once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.flows import Kept, Sealed
from wagtail_contracts.sealing.models import SealedFile

TOLD = {events.DOCUMENT_SEALED: "sealed", events.DOCUMENT_COMPLETED: "completed"}


def keep(
    version: ContractVersion,
    sealed: Sealed,
    event: str,
    *,
    before: SealedFile | None = None,
    by: Actor,
    **told: Any,
) -> Kept:
    """Store a sealed file, and keep its row with the event that tells of it and of `told`.

    `before` is the file that it follows. Where another process was faster, it is that one's row.
    Raises SealRefused, StorageFailed and OSError.
    """
    name = sealing.store(sealed)
    return _kept(version, sealed, name, event, before=before, by=by, told=told)


@transaction.atomic
def _kept(  # noqa: PLR0913 - what `keep` is given, and the name in the storage
    version: ContractVersion,
    sealed: Sealed,
    name: str,
    event: str,
    *,
    before: SealedFile | None,
    by: Actor,
    told: dict[str, Any],
) -> Kept:
    contract = Contract.objects.lock(version.contract_id)
    kept = sealing.keep_following(version.digest, sealed, name, before=before, by=by)
    if not kept.is_new:
        return kept
    data = {"version": version.number, "digest": version.digest, "file": kept.file.digest}
    data |= {"before": before.digest} if before else {}
    contracts.record(contract, event, {**data, "level": kept.file.level, **told}, by=by)
    if event in TOLD:
        contracts.tell_all(contract, TOLD[event])
    return kept


@transaction.atomic
def record_failure(contract: Contract, error: Exception, *, by: Actor) -> None:
    """Record in our own side's trail why there is no file, or none that goes further."""
    code = getattr(error, "code", "storage")
    contracts.record(contract, events.SEALING_FAILED, {"code": code}, by=by)
