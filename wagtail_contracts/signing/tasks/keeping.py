"""Carrying out the register once a day, whichever worker comes first."""

from django.utils import timezone

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.signing.flows import privacy


def retain() -> None:
    """Remove what is over, unless that was done within a day."""
    if privacy.next_run() <= timezone.now():
        privacy.retain(by=SYSTEM)
