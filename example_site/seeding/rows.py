"""Rows of the demo, by what people call them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.utils import timezone

from wagtail_contracts.contracts.models import Contract, Participant, Workspace
from wagtail_contracts.contracts.template_pages.models import ContractTemplate


def person(contract: Contract, role: str) -> Participant:
    """Whoever takes part in a role."""
    people = Participant.objects.select_related("party__contract", "user")
    return people.get(party__contract=contract, party__role=role)


def version(contract: Contract) -> Any:
    """The newest version of a contract."""
    return Contract.objects.get(pk=contract.pk).current_version


def template(title: str) -> Any:
    """The template with this title."""
    return ContractTemplate.objects.get(title=title)


def user(name: str) -> Any:
    """The member of staff with this name."""
    return get_user_model().objects.get(username=name)


@contextmanager
def zone(slug: str, zone: str) -> Iterator[Workspace]:
    """A workspace in another time zone for a moment, so that a day is over without waiting."""
    workspace = Workspace.objects.get(slug=slug)
    home = workspace.timezone
    Workspace.objects.filter(pk=workspace.pk).update(timezone=zone)
    try:
        yield Workspace.objects.get(pk=workspace.pk)
    finally:
        Workspace.objects.filter(pk=workspace.pk).update(timezone=home)


def today(workspace: Workspace) -> Any:
    """The day it is in a workspace."""
    return timezone.now().astimezone(ZoneInfo(workspace.timezone)).date()
