"""The address for monitors says whether contracts get on, and tells nobody anything else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import signatures, tables
from tests.passing import later
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message, Worker

ALL = {
    *("database", "worker", "outbox", "deliveries", "sealing", "identity"),
    *("examination", "evidence"),
}
WELL = dict.fromkeys(ALL, "pass")


@pytest.fixture
def well(db: None) -> None:
    """A site with a worker, where nothing waits."""
    outbox.beat("host:1")


def asked(client: Client | None = None, status: int = 200) -> dict[str, Any]:
    answer = (client or Client()).get(reverse("wagtail_contracts:health"))
    assert answer.status_code == status
    found: dict[str, Any] = answer.json()
    assert set(found) == {"status", "checks"}
    return found


def test_a_site_that_gets_on_says_so(well):
    assert asked() == {"status": "pass", "checks": WELL}


def test_the_answer_is_plain_json_that_nobody_keeps(well):
    url = reverse("wagtail_contracts:health")
    assert url == "/health/"
    answer = Client().get(url)
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.cookies
    head = Client().head(url)
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == "application/json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_it_is_asked_and_nothing_else(well, method):
    with tables.unchanged():
        answer = getattr(Client(), method)(reverse("wagtail_contracts:health"))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer["Cache-Control"] == "no-store, private"


def test_without_a_worker_it_fails_and_says_when_to_ask_again(well, caplog):
    Worker.objects.update(seen_at=Now() - timedelta(minutes=1))
    answer = Client().get(reverse("wagtail_contracts:health"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer.json() == {"status": "fail", "checks": {**WELL, "worker": "fail"}}
    told = [(one.name, one.levelname, one.getMessage()) for one in caplog.records]
    assert told == [("wagtail_contracts.health", "WARNING", "not well: worker")]
    outbox.beat("host:1")
    assert asked() == {"status": "pass", "checks": WELL}


def test_a_message_that_nobody_takes_for_five_minutes_fails(well, sent):
    assert asked()["status"] == "pass"
    Message.objects.update(not_before=Now() - timedelta(minutes=4, seconds=50))
    assert asked()["status"] == "pass"
    Message.objects.update(not_before=Now() - timedelta(minutes=5, seconds=1))
    assert asked(status=503)["checks"] == {**WELL, "outbox": "fail"}
    Message.objects.update(leased_until=Now() + timedelta(minutes=1))  # being delivered
    assert asked()["status"] == "pass"


def test_a_delivery_that_was_given_up_is_a_warning_until_somebody_acts(well, sent, ola):
    Message.objects.update(attempts=8, dead_at=Now(), last_error="OSError")
    assert asked() == {"status": "warn", "checks": {**WELL, "deliveries": "warn"}}
    for message in Message.objects.all():
        outbox.discard(message, by=ola)
    assert asked() == {"status": "pass", "checks": WELL}


def test_a_contract_that_waits_ten_minutes_for_its_seal_fails(well, answered):
    signatures.sign_all(answered)
    Message.objects.exclude(subscriber="signing.seal").delete()
    Message.objects.update(not_before=Now() + timedelta(days=1))  # between two tries
    assert asked()["status"] == "pass"
    later(timedelta(minutes=10))
    assert asked(status=503)["checks"] == {**WELL, "sealing": "fail"}
    Message.objects.update(dead_at=Now(), earlier_attempts=0, attempts=0)
    assert asked(status=503)["checks"] == {**WELL, "sealing": "fail"}  # given up is not sealed
    Message.objects.update(dead_at=None, not_before=Now())
    while outbox.deliver():
        pass
    assert asked() == {"status": "pass", "checks": WELL}


@pytest.mark.parametrize(
    ("days", "status", "said"), [(61, 200, "pass"), (59, 200, "warn"), (0, 503, "fail")]
)
def test_the_certificate_of_the_seal_is_watched(well, days, status, said):
    ends = datetime.now(UTC) + timedelta(days=days)
    with mock.patch("asn1crypto.x509.Certificate.not_valid_after", ends):
        assert asked(status=status)["checks"] == {**WELL, "identity": said}


def test_a_seal_that_does_not_open_fails(well, settings, tmp_path):
    before = settings.WAGTAIL_CONTRACTS
    wrong = {**before["SEALING"], "OPTIONS": {"path": tmp_path / "seal.p12"}}
    settings.WAGTAIL_CONTRACTS = {**before, "SEALING": wrong}
    answer = Client().get(reverse("wagtail_contracts:health"))
    assert answer.status_code == 503
    assert answer.json()["checks"] == {**WELL, "identity": "fail"}
    assert str(tmp_path) not in answer.content.decode()


def test_without_its_database_it_still_answers(well):
    away = OperationalError("could not connect to server db.internal")
    with mock.patch.object(connection, "cursor", side_effect=away):
        found = asked(status=503)
    assert found == {"status": "fail", "checks": {"database": "fail"}}


def test_it_tells_nothing_of_any_contract_and_the_same_to_everybody(well, sender, answered):
    signatures.sign_all(answered)
    member = Client()
    member.force_login(sender)
    answers = [
        client.get(reverse("wagtail_contracts:health")).content.decode()
        for client in (Client(), member)
    ]
    assert answers[0] == answers[1]
    assert not any(character.isdigit() for character in answers[0])
    assert "SALES" not in answers[0]


def test_asking_changes_nothing_and_costs_the_same_however_much_waits(well, answered):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            Client().get(reverse("wagtail_contracts:health"))
        return len(seen)

    signatures.sign_all(answered)
    few = queries()
    copies = [
        Message(topic=one.topic, subscriber=one.subscriber, keys=one.keys)
        for one in Message.objects.all()
        for _ in range(50)
    ]
    Message.objects.bulk_create(copies)
    with tables.unchanged():
        assert queries() == few == 11
