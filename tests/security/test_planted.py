"""What is typed and shown stands in clear where a committed list says so, and nowhere else."""

from __future__ import annotations

import re
import tempfile

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import builders, phones, signatures
from tests.journeys import stage
from tests.public import visits
from tests.security import planting
from tests.security.planting import ANSWER, EMAIL, NATIONAL_ID, PHONE, SHOWN, SUBJECT, TYPED
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.core.shown import AWAY, Shown
from wagtail_contracts.signing.flows.identifying import identified
from wagtail_contracts.signing.models import SignIn

pytestmark = pytest.mark.django_db(transaction=True)
CODE = re.compile(r"^(\d{6}) is your code")
TOKEN = re.compile(r"/c/([A-Za-z0-9_-]{43})/")
OURS = ("contract", "threads")


class Refusing:
    """A mail server that says the address in its refusal."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError(f"550 {EMAIL}: unknown, call {PHONE}")


@pytest.fixture
def world(template, sender, settings, tmp_path, monkeypatch, caplog):
    """Kari is told of by planted values, in a revision too; what is written to disk is seen."""
    planting.listen(caplog)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    phones.configured(settings)
    made = builders.contract(template, sender)
    kari = Participant.objects.get(party__contract=made, party__role="customer")
    kari.email, kari.phone, kari.national_id = EMAIL, PHONE, NATIONAL_ID
    kari.invited_by = "both"
    kari.save()
    made = Contract.objects.get(pk=made.pk)
    made.save_revision(user=sender)
    with unguarded():
        Contract.objects.filter(pk=made.pk).update(may_delegate=True, may_add_readers=True)
    made = Contract.objects.get(pk=made.pk)
    shown = builders.shown(made)
    contracts.send(made, shown, into="negotiating", by=builders.actor(sender))
    return stage(made, sender)


def go(world):
    """Everything is typed into, and everything is shown; gives how many posts each page took."""
    client = visits.enter(world.kari)
    pages = [_suggest(world), *(visits.page(name, world.kari) for name in OURS)]
    taken = {address: planting.type_into(client, address) for address in pages}
    _suggested(world, client)
    for name in ("help", "report"):
        address = reverse(f"wagtail_contracts:{name}")
        taken[address] = planting.type_into(Client(), address)
    shown_elsewhere(world)
    away = visits.page("forward", world.kari)
    taken[away] = planting.type_into(client, away)
    outbox.deliver()
    return taken


def _suggested(world, client):
    """What was looked at is sent by a button that the first page has not."""
    words = next(planting.forms_of(client, _suggest(world))[0].posts())[0]
    assert client.post(_suggest(world), {**words, "do": "send"}).status_code == 303


def _suggest(world):
    block = next(b for b in world.version.content["body"] if b.get("policy") == "editable")
    return reverse("wagtail_contracts:suggest", args=[world.kari.public_id, block["id"]])


def shown_elsewhere(world):
    """Kari comes back from an identity provider, on the way to which she was before."""
    session = signatures.session(world.kari)
    now = timezone.now()
    SignIn.objects.create(
        state_hash=b"s" * 32,
        participant=world.kari,
        session=session,
        version=world.version,
        method="bankid",
        purpose="signing",
        nonce="n",
        verifier="QzxVerifier",
        place=f"changes/?from={SUBJECT}",
        typed=f'[["reason", "{SUBJECT}"]]',
        begun_at=now,
        expires_at=now,
    )
    said = {"name": "Kari", "national_id": NATIONAL_ID, "answer": ANSWER, "subject": SUBJECT}
    shown = Shown(method="bankid", kind=AWAY, issuer="https://op.example", **said)
    with transaction.atomic():
        Contract.objects.lock(world.contract.pk)
        identified(
            world.kari,
            world.version,
            shown,
            "signing",
            session=session,
            by=builders.guest(world.kari),
        )


def test_it_stands_in_clear_where_the_list_says_so_and_nowhere_else(
    world, tmp_path, caplog, settings
):
    taken = go(world)
    settings.EMAIL_BACKEND = "tests.security.test_planted.Refusing"
    contracts.remind(world.ola, by=world.owner)
    outbox.deliver()
    assert Message.objects.exclude(last_error="").exists()
    planted = {**TYPED, **SHOWN, "verifier": "QzxVerifier"}

    found = planting.places(planted, tmp_path)

    allowed = planting.listed()
    unlisted = "\n".join(" | ".join(one) for one in sorted(found - allowed.keys()))
    assert not unlisted, unlisted
    assert sorted(allowed.keys() - found) == []
    assert [reason for reason in allowed.values() if len(reason) < 20] == []
    assert planting.in_files(tmp_path / "tmp", planted) == set()
    assert planting.logged(caplog, planted) == set()
    assert [address for address, times in taken.items() if not times] == []
