"""The proof of a contract, to be checked without us: its records, its sealed files, a script."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile


def prove(contract: Contract, *, own: bool = False, by: Actor) -> dict[str, bytes]:
    """The files of the proof by name, and an event that it was taken.

    Every generation of the sealed file is in it, and what both sides see of what happened; with
    `own` also the trail of our own side. Raises NotAllowed without the rights to export and to see
    sensitive data, WrongState while nothing is sealed, FileAltered where the storage has another.
    """
    files = dict(_files(contract))
    if not files:
        raise WrongState(_("There is no sealed file of it yet."))
    return _proved(contract, files, own=own, by=by)


@transaction.atomic
def _proved(
    contract: Contract, files: dict[str, bytes], *, own: bool, by: Actor
) -> dict[str, bytes]:
    locked = Contract.objects.lock(contract.pk)
    for action in ("export", "sensitive"):
        contracts.insist(action, locked, by=by)
    keys = [locked.trail, *([locked.own_trail] if own else [])]
    contracts.record(locked, events.PROOF_EXPORTED, {"files": len(files), "own": own}, by=by)
    return audit.proof(keys, files)


def _files(contract: Contract) -> Iterator[tuple[str, bytes]]:
    digests = contract.versions.values_list("digest", flat=True)
    for kept in SealedFile.objects.filter(subject__in=digests).order_by("pk"):
        yield f"{contract.number}-{kept.generation}.pdf", sealing.content(kept)
