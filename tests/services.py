"""Self-service for tests: a template that is offered, and the mailbox of a visitor."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from example_site import contents as made
from tests import builders, mails
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.flows import self_service
from wagtail_contracts.contracts.models import Participant, SelfService
from wagtail_contracts.signing.public import self_service as page

STAMP = re.compile(r'name="stamp" value="([^"]+)"')
LINK = re.compile(r"(/s/[\w-]+/[\w-]{43}/)")
ROLES = [
    made.role("supplier", "Organiser", own=True),
    made.role("visitor", "Participant", kind="person"),
]
FIELDS = [
    made.field("money", "fee", "Fee", "supplier", currency="NOK", default="4500"),
    made.field("text", "allergies", "Allergies", "visitor", required=False),
]
BODY = [
    made.heading("Course"),
    made.text(f"{made.chip('visitor.name')} takes part for {made.chip('fee')}."),
    made.text(made.chip("allergies")),
    made.signatures("Signatures"),
]
VISITOR = {"name": "Vera Visitor", "email": "vera@visitor.example"}
FIELDS_OF_FORM = ("name", "email", "organisation", "organisation_number")


def template(space: Any, **more: Any) -> Any:
    """A live template that a private person can take."""
    usual = {"roles": ROLES, "fields": FIELDS, "body": BODY}
    return builders.template(space, "Course 2027", **{**usual, **more})


def offer(page: Any, owner: Any, **more: Any) -> SelfService:
    """It is offered to anybody."""
    usual = {"slug": "course", "owner": owner, "signatory": None, "template_id": page.pk}
    service = SelfService(workspace=page.workspace, **{**usual, **more})
    return self_service.set_up(service, by=SYSTEM)


def address(service: SelfService) -> str:
    """The public address."""
    return reverse("wagtail_contracts:self_service", args=[service.slug])


def stamp(service: Any, monkeypatch: Any, seconds: int = page.LEAST) -> str:
    """The stamp of a form that was fetched so many seconds ago."""
    return _older(monkeypatch, seconds, lambda: page.stamp(service.pk))


def _older(monkeypatch: Any, seconds: int, made: Any) -> Any:
    from datetime import timedelta

    from django.utils import timezone

    now = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr(page.timezone, "now", lambda: now - timedelta(seconds=seconds))
        return made()


def ask(client: Client, service: SelfService, monkeypatch: Any, **typed: Any) -> Any:
    """Fill in the form and send it."""
    form = {"stamp": stamp(service, monkeypatch), **VISITOR, **typed}
    return client.post(address(service), form)


def link() -> str:
    """The link in the newest mail to a visitor."""
    found = [LINK.search(letter.body) for letter in mails.sent()]
    return [hit[1] for hit in found if hit][-1]


def begin(client: Client, service: SelfService, monkeypatch: Any, **typed: Any) -> Participant:
    """Ask, follow the link and press the button; the visitor's part in their contract."""
    assert ask(client, service, monkeypatch, **typed).status_code == 200
    answer = client.post(link())
    assert answer.status_code == 303, answer.content
    [public_id] = re.findall(r"/c/([\w-]{22})/", answer["Location"])
    return Participant.objects.select_related("party__contract").get(public_id=public_id)


def made_text(words: str) -> list[Any]:
    """A block that says this, as a stored stream has it."""
    return [made.text(words)]
