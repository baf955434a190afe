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
from wagtail_contracts.signing.flows.renewing import existence, renewed
from wagtail_contracts.signing.flows.sealing import sealed_file


def prove(contract: Contract, *, own: bool = False, by: Actor) -> dict[str, bytes]:
    """The files of the proof by name, and an event that it was taken.

    Every generation of the sealed file is in it, each with what proves since when it exists, and
    what both sides see of what happened; with `own` also the trail of our own side. A file that
    stops to prove itself soon is renewed first. Raises NotAllowed without the rights to export and
    to see sensitive data, WrongState while nothing is sealed, FileAltered where the storage has
    another file, LogBroken where a checkpoint over it is damaged.
    """
    _insist(contract, by=by)
    kept = sealed_file(contract.current_version)
    if kept is None:
        raise WrongState(_("There is no sealed file of it yet."))
    renewed(kept, by=by)
    return _proved(contract, dict(_files(contract)), own=own, by=by)


@transaction.atomic
def _proved(
    contract: Contract, files: dict[str, bytes], *, own: bool, by: Actor
) -> dict[str, bytes]:
    locked = Contract.objects.lock(contract.pk)
    _insist(locked, by=by)
    keys = [locked.trail, *([locked.own_trail] if own else [])]
    sealed = sum(name.endswith(audit.SUFFIX) for name in files)
    contracts.record(locked, events.PROOF_EXPORTED, {"files": sealed, "own": own}, by=by)
    return audit.proof(keys, files)


def _insist(contract: Contract, *, by: Actor) -> None:
    for action in ("export", "sensitive"):
        contracts.insist(action, contract, by=by)


def _files(contract: Contract) -> Iterator[tuple[str, bytes]]:
    digests = contract.versions.values_list("digest", flat=True)
    for kept in SealedFile.objects.filter(subject__in=digests).order_by("pk"):
        name = f"{contract.number}-{kept.generation}"
        yield f"{name}{audit.SUFFIX}", sealing.content(kept)
        if proof := existence(kept):
            yield f"{name}.proof.json", proof
