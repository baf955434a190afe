"""What anybody may know who holds nothing but the digest of a file."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from wagtail_contracts.contracts.models import ContractVersion
from wagtail_contracts.sealing.models import SealedFile


class Recognised(NamedTuple):
    """A file that was sealed here: how, when, whether for training, whether there is a newer one.

    Nothing of what stands in it, of whom, or of which contract it is.
    """

    level: str
    sealed_at: datetime
    test: bool
    newer: bool


def recognise(digest: str) -> Recognised | None:
    """The sealed file with this SHA-256, None for any other; one query for either answer."""
    versions = ContractVersion.objects.filter(digest=OuterRef("subject"))
    later = SealedFile.objects.filter(
        subject=OuterRef("subject"), generation__gt=OuterRef("generation")
    )
    found = SealedFile.objects.filter(digest=digest).values_list(
        "level",
        "sealed_at",
        Exists(versions.filter(contract__workspace__training=True)),
        Exists(later),
    )
    row = found.first()
    return Recognised(*row) if row else None
