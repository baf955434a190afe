"""What a person with a link does, through the doors."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from tests import builders
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing import flows as signing

TYPED = {f"a-{key}": value for key, value in builders.ANSWERS.items()}
NAME = {"name": "Kari Nordmann"}
# A digest of no file that anybody has, and a block that no text has.
FILES: dict[str, tuple[Any, ...]] = {
    "package_step": ("N" * 22,),
    "file": ("ab" * 32,),
    "leaf": ("ab" * 32, 1),
    "suggest": ("00000000-0000-4000-8000-000000000000",),
}


def landing(participant: Participant) -> str:
    """The address of a fresh personal link."""
    return reverse("wagtail_contracts:landing", args=[signing.invite(participant, by=SYSTEM)])


def page(name: str, participant: Participant) -> str:
    """The address of one of a participant's pages."""
    return reverse(f"wagtail_contracts:{name}", args=[participant.public_id, *FILES.get(name, ())])


def enter(participant: Participant, client: Client | None = None, **options: Any) -> Client:
    """A browser that has exchanged the link."""
    client = client or Client(**options)
    answer = client.post(landing(participant))
    assert answer.status_code == 303
    return client


def current(participant: Participant) -> Any:
    """The newest version of the participant's contract."""
    return Contract.objects.get(pk=participant.party.contract_id).current_version


def shown(participant: Participant) -> dict[str, str]:
    """What every form carries: the digest of the version that it was made from."""
    return {"digest": current(participant).digest}


def code() -> str:
    """The code in the newest mail that has one."""
    outbox.deliver()
    subjects = [letter.subject for letter in mail.outbox]
    found = [hit for subject in subjects for hit in re.findall(r"^\d{6}\b", subject)]
    return found[-1]


def answer(client: Client, participant: Participant) -> Any:
    """Fill in everything and go on."""
    form = {**shown(participant), **TYPED, "do": "review"}
    return client.post(page("answers", participant), form)


def agree(client: Client, participant: Participant) -> Any:
    """Press the button on the page of review."""
    name = {"name": participant.name}
    return client.post(page("sign", participant), {**shown(participant), **name})


def sign(client: Client, participant: Participant) -> Any:
    """Agree and type in the code."""
    agree(client, participant)
    return client.post(page("code", participant), {"code": code()})
