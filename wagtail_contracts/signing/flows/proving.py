"""The proof of a contract, to be checked without us: its records, its sealed files, a script."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.errors import Refusal
from wagtail_contracts.redaction import redacted
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing.flows.renewing import existence, renewed
from wagtail_contracts.signing.flows.sealing import sealed_file

log = logging.getLogger("wagtail_contracts.evidence")


def prove(contract: Contract, *, own: bool = False, by: Actor) -> dict[str, bytes]:
    """The files of the proof by name, and an event that it was taken.

    Every generation of the sealed file is in it, each with what proves since when it exists, and
    what both sides see of what happened; with `own` also the trail of our own side. A file that
    stops to prove itself soon is renewed first, and all is put under a checkpoint, the event, too.
    Raises NotAllowed without the rights to export and to see sensitive data, WrongState while
    nothing is sealed, FileAltered where the storage has another file, LogBroken where a checkpoint
    over it is damaged.
    """
    _insist(contract, by=by)
    kept = sealed_file(contract.current_version)
    if kept is None:
        raise WrongState(_("There is no sealed file of it yet."))
    renewed(kept, by=by)
    files, keys = dict(_files(contract)), [contract.trail, *([contract.own_trail] if own else [])]
    sealed = sum(name.endswith(audit.SUFFIX) for name in files)
    _record(contract, {"files": sealed, "own": own}, by=by)
    _attest(keys)
    return audit.proof(keys, files)


@transaction.atomic
def _record(contract: Contract, what: dict[str, int | bool], *, by: Actor) -> None:
    locked = Contract.objects.lock(contract.pk)
    _insist(locked, by=by)
    contracts.record(locked, events.PROOF_EXPORTED, what, by=by)


def _attest(keys: Sequence[str]) -> None:
    """What can't be had is left to the worker: the proof tells what nobody vouches for yet."""
    if not audit.attests():
        return
    try:
        if any(_is_behind(key) for key in keys):
            audit.checkpoint()
        audit.stamp()
    except Refusal as fault:
        log.warning("a proof without its checkpoint: %s", redacted(str(fault)))


def _is_behind(key: str) -> bool:
    length, _point = audit.covered(key) or (0, None)
    return Event.objects.of(key).filter(sequence__gt=length).exists()


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
