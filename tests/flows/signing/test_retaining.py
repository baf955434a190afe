"""S-49: the register is carried out, by time travel; contracts are named and never deleted."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import builders, signatures, tables
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Notification
from wagtail_contracts.encryption import EncryptedTextField
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import privacy
from wagtail_contracts.signing.flows.privacy import periods as times
from wagtail_contracts.signing.flows.privacy import retaining
from wagtail_contracts.signing.models import Bounce, Challenge, Device, RateWindow, SigningSession
from wagtail_contracts.signing.rendering import register

pytestmark = pytest.mark.django_db
APPS = (
    "wagtail_contracts",
    *(f"wagtail_contracts_{name}" for name in ("audit", "outbox", "sealing", "signing")),
)


def models():
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]


def later(days, monkeypatch):
    """The register is carried out so many days from now."""
    now = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(retaining.timezone, "now", lambda: now)


def test_every_table_is_in_the_register():
    named = {label for entry in register.REGISTER for label in entry.tables}

    assert {model._meta.label for model in models()} == named


def test_no_table_with_personal_data_is_said_to_have_none():
    """Those that go with a workspace name members of staff at most."""
    plain = next(entry for entry in register.REGISTER if entry.key == "workspaces")

    for label in plain.tables:
        fields = apps.get_model(label)._meta.local_concrete_fields
        assert not [f for f in fields if isinstance(f, EncryptedTextField)], label
        people = [
            f
            for f in fields
            if isinstance(f, ForeignKey) and f.related_model.__name__ == "Participant"
        ]
        assert people == [], label


@pytest.fixture
def full(answered, monkeypatch):
    """A row of each kind that goes by itself, and none that hangs on evidence."""
    asked = signatures.challenge(answered.kari)
    signing.make_code(asked, by=SYSTEM)
    guest = signing.actor_of(answered.kari, "203.0.113.77")
    contracts.view(answered.kari, answered.version.digest, by=guest)
    Device.objects.create(participant=answered.kari, secret_hash=b"d" * 32, seen_at=timezone.now())
    Bounce.objects.create(
        participant=answered.kari,
        message="m",
        kind="hard",
        status="5.1.1",
        said="unknown",
        at=timezone.now(),
    )
    outbox.deliver()
    return answered


def counts():
    return {
        "sessions": Challenge.objects.count() + SigningSession.objects.count(),
        "attempts": RateWindow.objects.count(),
        "devices": Device.objects.count(),
        "bounces": Bounce.objects.exclude(said="").count(),
        "messages": Message.objects.exclude(done_at=None).count(),
        "notices": Notification.objects.count(),
    }


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        (1, set()),
        (29, {"attempts"}),
        (35, {"attempts", "sessions", "messages"}),
        (95, {"attempts", "sessions", "messages", "bounces", "notices", "views"}),
        (370, {"attempts", "sessions", "messages", "bounces", "notices", "views", "devices"}),
    ],
)
def test_what_is_over_goes_and_nothing_else(full, monkeypatch, days, gone):
    before = counts()
    assert all(before.values()), before
    later(days, monkeypatch)

    done = privacy.retain(by=SYSTEM)

    assert {key for key, rows in done.items() if rows} == gone
    assert {key for key, rows in counts().items() if rows} == before.keys() - gone


def test_of_a_look_the_network_goes_and_the_chain_stays_whole(full, monkeypatch):
    event = Event.objects.named("contract.viewed").get()
    assert event.disclosed()["address"] == "203.0.113.77"
    later(95, monkeypatch)

    privacy.retain(by=SYSTEM)

    assert "address" not in event.disclosed()
    assert event.label == "Kari Nordmann"
    audit.verify(full.contract.trail, deep=True)
    assert {item.fault for item in audit.disclosed(full.contract.trail)} == {""}


def test_a_run_goes_through_no_look_that_an_earlier_one_did(full, monkeypatch):
    """But a day of it again, lest clocks differ."""
    looked = Event.objects.named(*retaining.LOOKS).latest("at").at
    for days, removes in ((89, 0), (91, 1), (91.5, 0), (95, 0)):
        now = looked + timedelta(days=days)
        monkeypatch.setattr(retaining.timezone, "now", lambda now=now: now)
        with CaptureQueriesContext(connection) as asked:
            assert privacy.retain(by=SYSTEM)["views"] == removes, days
        fetched = [q for q in asked if "audit_disclosure" in q["sql"] and "SELECT" in q["sql"]]
        assert bool(fetched) == (90 < days < 92), days


def test_a_rehearsal_says_the_same_and_removes_nothing(full, monkeypatch):
    later(370, monkeypatch)

    with tables.unchanged():
        said = privacy.rehearse(by=SYSTEM)

    assert said == privacy.retain(by=SYSTEM)
    assert any(said.values())


def test_what_evidence_names_stays(full, monkeypatch):
    made = signatures.identified(full.kari)
    later(370, monkeypatch)

    privacy.retain(by=SYSTEM)

    assert SigningSession.objects.filter(pk=made.session_id).exists()


def test_the_worker_carries_it_out_once_a_day(full, monkeypatch):
    from wagtail_contracts.signing.tasks import keeping as tasks

    tasks.retain()
    tasks.retain()
    assert Event.objects.named("retention.carried_out").count() == 1

    later(1, monkeypatch)
    tasks.retain()
    assert Event.objects.named("retention.carried_out").count() == 2


@pytest.mark.parametrize(
    ("how", "months"),
    [("draft", 12), ("declined", 6), ("signed", 120), ("kept_shorter", 24)],
)
def test_a_contract_is_due_after_the_period_of_its_state(request, how, months, answered):
    contract = answered.contract
    if how == "draft":
        contract = request.getfixturevalue("draft")
        contract = builders.contract(contract.template.specific, contract.owner)
    elif how == "declined":
        signatures.decline(answered.kari)
    else:
        signatures.sign_all(answered)
    if how == "kept_shorter":
        contract.workspace.retention_months = 24
        contract.workspace.save()
    contract = Contract.objects.get(pk=contract.pk)
    rows, over = Contract.objects.filter(pk=contract.pk), times.kept_until(contract)

    assert list(privacy.contracts_due(rows, over - timedelta(seconds=1))) == []
    assert [one.contract for one in privacy.contracts_due(rows, over)] == [contract]
    assert abs(over - times.after(timezone.now(), months)) < timedelta(minutes=5)


def test_a_contract_that_is_out_is_never_due(answered):
    far = timezone.now() + timedelta(days=40_000)

    assert list(privacy.contracts_due(Contract.objects.all(), far)) == []


def test_the_command_says_what_would_go_and_names_what_is_due(full, monkeypatch):
    signatures.decline(full.kari)
    output = StringIO()
    later(370, monkeypatch)
    monkeypatch.setattr(
        "wagtail_contracts.signing.management.commands.contracts_retain.timezone.now",
        retaining.timezone.now,
    )

    with tables.unchanged():
        call_command("contracts_retain", "--dry-run", stdout=output)
    assert "devices: 1 would go" in output.getvalue()
    assert full.contract.number in output.getvalue()

    call_command("contracts_retain", stdout=output)
    assert "devices: 1 removed" in output.getvalue()
    assert Contract.objects.filter(pk=full.contract.pk).exists()


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-12-15", 120, "2037-12-15"),
        ("2027-08-31", 6, "2028-02-29"),
    ],
)
def test_months_end_with_the_month(day, months, until):
    moment = timezone.datetime.fromisoformat(f"{day}T12:00:00+00:00")

    assert times.after(moment, months).date().isoformat() == until
