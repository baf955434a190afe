"""Whoever holds a link can't fill tables, trails and mailboxes with it, nor hold up other links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import mails, signatures, tables
from tests.public import visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import admitting, alerting, codes, losing, privacy, sealing
from wagtail_contracts.signing.models import RateWindow, SigningSession
from wagtail_contracts.signing.public import reading, verifying
from wagtail_contracts.signing.rendering import register

MOST = 3


def test_a_link_is_exchanged_so_often_an_hour_and_no_more(answered: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(admitting, "ENTRIES_AN_HOUR", MOST)
    link, other = visits.landing(answered.kari), visits.landing(answered.kari)
    for _ in range(MOST):
        assert Client().post(link).status_code == 303

    with tables.unchanged():
        refused = Client().post(link)
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert SigningSession.objects.count() == MOST
    assert Client().get(link).status_code == 200
    assert Client().post(other).status_code == 303


def test_answers_make_so_many_versions_an_hour_and_no_more(sent: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "AN_HOUR", MOST)
    client, other = visits.enter(sent.kari), visits.enter(sent.kari)

    def give(client: Client, words: str) -> int:
        form = {**visits.shown(sent.kari), **visits.TYPED, "a-remarks": words}
        return client.post(visits.page("answers", sent.kari), form).status_code

    assert [give(client, f"Remark {number}") for number in range(MOST)] == [303] * MOST
    with tables.unchanged():
        assert give(client, "One more") == 429
    assert visits.current(sent.kari).number == 1 + MOST
    kept = {**visits.TYPED, "a-remarks": "One more", "do": "save"}
    assert client.post(visits.page("answers", sent.kari), kept).status_code == 303
    assert give(other, "By the other link") == 303


@pytest.fixture
def finished(answered: Any) -> Any:
    """Signed by all, and sealed."""
    signatures.sign_all(answered)
    mails.sent()
    return answered


def test_so_it_is_with_copies(finished: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(sealing, "COPIES_AN_HOUR", MOST)
    client = visits.enter(finished.kari)
    address = visits.page("sealed", finished.kari)
    assert [client.post(address).status_code for _ in range(MOST)] == [200] * MOST

    before = Event.objects.count()
    assert client.post(address).status_code == 429
    assert Event.objects.count() == before
    assert visits.enter(finished.kari).post(address).status_code == 200


@pytest.mark.parametrize(
    ("door", "form", "most"),
    [
        ("lost", {"email": "a@b.example"}, losing.ASKED_AN_HOUR),
        ("report", {"kind": "fraud"}, alerting.REPORTS_AN_HOUR),
        ("verify", {}, verifying.AN_HOUR),
    ],
)
def test_whoever_has_many_addresses_of_one_network_is_one_stranger(
    db: None, door: str, form: dict[str, str], most: int, monkeypatch: Any
) -> None:
    monkeypatch.setattr(verifying.signing, "verify", lambda data: 1 / 0)  # is not come to
    where = reverse(f"wagtail_contracts:{door}")

    def ask(network: str, number: int) -> int:
        upload = {"file": SimpleUploadedFile("x.pdf", b"x")} if door == "verify" else {}
        client = Client(REMOTE_ADDR=f"{network}::{number:x}", raise_request_exception=False)
        return client.post(where, {**form, **upload}).status_code

    taken = 500 if door == "verify" else 200
    assert {ask("2001:db8:0:1", number) for number in range(most)} == {taken}
    assert ask("2001:db8:0:1", 0xFFFF) == 429
    assert ask("2001:db8:0:2", 1) == taken


@pytest.mark.parametrize(("days", "kept"), [(1, 1), (2, 1), (3, 0)])
def test_what_was_counted_is_forgotten_when_its_window_is_long_over(
    db: None, days: int, kept: int, monkeypatch: Any
) -> None:
    signing.limit("guess", "link", most=1, seconds=codes.DAY, by=SYSTEM)
    begun = RateWindow.objects.get().window
    later = begun + timedelta(days=days)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    gone = privacy.retain(by=SYSTEM)["attempts"]
    assert (RateWindow.objects.count(), gone) == (kept, 1 - kept)
    assert register.ATTEMPTS * 24 * 3600 > codes.DAY


def test_the_limits_are_far_from_what_people_do() -> None:
    assert min(admitting.ENTRIES_AN_HOUR, reading.AN_HOUR, sealing.COPIES_AN_HOUR) >= 30
