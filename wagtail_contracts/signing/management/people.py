"""Whom a command is about."""

from django.core.management.base import CommandError

from wagtail_contracts.contracts.models import Participant


def participant(public_id: str) -> Participant:
    """The one with this public id. Raises CommandError."""
    found = Participant.objects.filter(public_id=public_id).first()
    if found is None:
        raise CommandError(f"There is no participant {public_id}.")
    return found
