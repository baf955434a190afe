"""The files of a contract on the public page: shown to those who take part, and to nobody else."""

import hashlib
import re

import pytest
from django.test import Client

from tests import tables, uploads
from tests.flows.contracts.test_exhibits import PLAN, filed, sent_files, videos  # noqa: F401
from tests.public import visits
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import StoredFile

FILE = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store, private",
}


@pytest.fixture
def kari(sent_files):  # noqa: F811
    """The browser of the customer's signatory."""
    return visits.enter(sent_files.kari)


def address(at, name):
    """Where a file of the contract is for the customer's signatory."""
    file = StoredFile.objects.get(name=name)
    return f"{visits.page('contract', at.kari)}files/{file.digest}/"


def test_the_page_shows_every_file_and_asks_nobody_else(sent_files, kari):  # noqa: F811
    page = kari.get(visits.page("contract", sent_files.kari))
    said = page.content.decode()

    assert "Exhibit A: Floor plan" in said
    assert "Exhibit B: House rules" in said
    assert "First floor" in said
    sources = re.findall(r'(?:src|poster)="([^"]+)"', said)
    files = [source for source in sources if "/files/" in source]
    assert len(files) == 7  # picture, poster, video, captions, three pages
    for source in files:
        assert kari.get(source).status_code == 200, source
    assert [source for source in sources if "//" in source] == []
    assert page["Content-Security-Policy"].endswith("; frame-src https://player.video.example")


def test_a_page_without_a_video_elsewhere_allows_no_frame(sent):
    page = visits.enter(sent.kari).get(visits.page("contract", sent.kari))
    assert page.status_code == 200
    assert "frame-src" not in page["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("red.png", "image/png"),
        ("How it works.jpg", "image/jpeg"),
        ("film.mp4", "video/mp4"),
        ("film.vtt", "text/vtt"),
    ],
)
def test_a_file_is_offered_and_never_a_page(sent_files, kari, name, kind):  # noqa: F811
    answer = kari.get(address(sent_files, name))

    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert {header: answer[header] for header in FILE} == FILE
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{name}"')
    digest = StoredFile.objects.get(name=name).digest
    assert hashlib.sha256(answer.content).hexdigest() == digest


def test_an_exhibit_is_taken_along_by_post_and_recorded(sent_files, kari):  # noqa: F811
    place = address(sent_files, "plan.pdf")
    with tables.unchanged():
        assert kari.get(place).status_code == 303
    answer = kari.post(place)

    assert answer.content == PLAN
    assert {header: answer[header] for header in FILE} == FILE
    [event] = Event.objects.of(sent_files.contract.trail).named("exhibit.downloaded")
    assert event.data == {"file": hashlib.sha256(PLAN).hexdigest(), "name": "plan.pdf"}


def test_each_page_is_drawn_once(sent_files, kari):  # noqa: F811
    place = address(sent_files, "plan.pdf")
    first, again = (kari.get(f"{place}1.jpg") for _ in range(2))

    assert first.content.startswith(b"\xff\xd8\xff")
    assert first.content == again.content != kari.get(f"{place}2.jpg").content
    assert kari.get(f"{place}3.jpg").status_code == 404


def test_a_player_may_ask_for_parts(sent_files, kari):  # noqa: F811
    place = address(sent_files, "film.mp4")
    part = kari.get(place, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert part["Content-Range"] == f"bytes 4-7/{len(uploads.MP4)}"
    assert kari.get(place, headers={"Range": "bytes=-4"}).content == uploads.MP4[-4:]
    assert kari.get(place, headers={"Range": "bytes=9999-"}).status_code == 416
    assert kari.get(place, headers={"Range": "nonsense"}).content == uploads.MP4


def test_head_is_answered_like_get_without_the_body(sent_files, kari):  # noqa: F811
    for place in (address(sent_files, "film.mp4"), f"{address(sent_files, 'plan.pdf')}1.jpg"):
        shown, asked = kari.get(place), kari.head(place, headers={"Range": "bytes=4-7"})
        assert (asked.status_code, asked.content) == (200, b"")
        assert {**asked.headers, "Set-Cookie": ""} == {**shown.headers, "Set-Cookie": ""}
        assert asked["Content-Length"] == str(len(shown.content))


def test_nobody_else_finds_a_file(sent_files, kari, sent):  # noqa: F811
    place = address(sent_files, "red.png")
    assert kari.get(place).status_code == 200
    beside, elsewhere = visits.enter(sent_files.ola), visits.enter(sent.kari)
    theirs = place.replace(sent_files.kari.public_id, sent.kari.public_id)
    with tables.unchanged():
        for browser in (Client(), beside, elsewhere):
            assert browser.get(place).status_code == 404
            assert browser.post(place).status_code == 404
        assert elsewhere.get(theirs).status_code == 404
        assert kari.get(place.replace("/files/", "/files/0", 1)[:-2] + "/").status_code == 404
