"""Sealed files of many contracts, for somebody who takes them along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.exporting import note_export
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.models import SealedFile


@dataclass(frozen=True)
class Copy:
    """A contract with its newest sealed file; or `why` there is none for the one who asks."""

    contract: Contract
    file: SealedFile | None
    why: str = ""

    def content(self) -> bytes:
        """The bytes. Raises FileAltered."""
        return sealing.content(self.file) if self.file else b""


def copies(found: Sequence[Contract], user: Any) -> list[Copy]:
    """One for each contract; what is sensitive only for those who may see it, or take part."""
    digests = [row.current_version.digest for row in found if row.current_version]
    files = SealedFile.objects.filter(subject__in=digests).order_by("generation")
    newest = {file.subject: file for file in files}
    allowed = permissions.taking_whole(user, found)
    return [_copy(row, newest, allowed) for row in found]


@transaction.atomic
def take_copies(taken: Sequence[Copy], *, by: Actor) -> None:
    """Record that somebody takes these files, in each contract's trail and in the workspaces'.

    Raises NotAllowed.
    """
    for copy in sorted(taken, key=lambda copy: copy.contract.pk):
        insist("export", copy.contract, by=by)
        data = {"file": copy.file.digest if copy.file else ""}
        announcing.record(copy.contract, events.DOCUMENT_DOWNLOADED, data, by=by)
    note_export([copy.contract for copy in taken], "files", by=by)


def _copy(row: Contract, newest: dict[str, SealedFile], allowed: set[int]) -> Copy:
    version = row.current_version
    file = newest.get(version.digest) if version and row.state == states.SIGNED else None
    if file is None:
        return Copy(row, None, _("It has no sealed file."))
    if row.pk not in allowed:
        return Copy(row, None, _("It holds sensitive data, which you may not see."))
    return Copy(row, file)
