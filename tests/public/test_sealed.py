"""The sealed copy: recorded, inert in a browser, and only for those whose contract it is."""

import pytest
from django.test import Client

from tests import tables
from tests.public import stages, visits
from tests.public.visits import page
from wagtail_contracts import events
from wagtail_contracts.audit.models import Event
from wagtail_contracts.sealing.models import SealedFile

pytestmark = pytest.mark.django_db  # its stages are made by name, so no fixture tells


@pytest.fixture
def sealed(request):
    return stages.build("sealed", request)


def test_it_is_sent_as_a_file_that_no_browser_opens_as_a_page(sealed):
    answer = visits.enter(sealed.kari).post(page("sealed", sealed.kari))

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    name = f"{sealed.contract.number}.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"


def test_each_download_is_in_the_trail(sealed):
    client, trail = visits.enter(sealed.kari), Event.objects.of(sealed.contract.trail)
    for _time in range(2):
        client.post(page("sealed", sealed.kari))

    found = trail.named(events.DOCUMENT_DOWNLOADED)
    assert [event.actor_key for event in found] == [sealed.kari.public_id] * 2
    assert {event.data["file"] for event in found} == {SealedFile.objects.get().digest}


def test_before_it_is_sealed_there_is_nothing_to_fetch(request):
    at = stages.build("signed", request)
    client = visits.enter(at.kari)

    with tables.unchanged():
        answer = client.post(page("sealed", at.kari))
    assert answer["Location"] == page("contract", at.kari)


def test_nobody_else_fetches_it(sealed):
    with tables.unchanged():
        assert Client().post(page("sealed", sealed.kari)).status_code == 404
    assert visits.enter(sealed.ola).post(page("sealed", sealed.ola)).status_code == 200


def test_a_file_that_the_storage_lost_is_an_error_of_ours(sealed, monkeypatch):
    from django.core.files.storage import storages

    client = visits.enter(sealed.kari, Client(raise_request_exception=False))
    storages["wagtail_contracts"].delete(SealedFile.objects.get().name)

    with tables.unchanged():
        answer = client.post(page("sealed", sealed.kari))
    assert answer.status_code == 500
    assert "We are not sure" in answer.content.decode()
