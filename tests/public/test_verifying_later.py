"""Where a file can't be judged just now, nobody is told that it is no good."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.public import stages
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.reports import TOO_MUCH
from wagtail_contracts.sealing.flows import verifying
from wagtail_contracts.sealing.rendering.worker import Limits, NotStarted
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db
LATER = "This file can’t be checked just now. Try again in a few minutes."
NO_PDF = "This file can’t be read as a PDF."
WARNING = "Do not rely on it."


@pytest.fixture
def content(request):
    sealed = stages.build("sealed", request)
    return signing.download(sealed.contract, by=sealed.owner)[1]


@pytest.fixture
def slow(monkeypatch):
    """A machine that is so busy that nothing ends in time."""
    monkeypatch.setattr(verifying, "LIMITS", Limits(wall=0.001))


@pytest.fixture
def full(monkeypatch):
    """A machine that starts no process."""

    def shared(*_given):
        raise NotStarted("Cannot allocate memory")

    monkeypatch.setattr(verifying.worker, "shared", shared)


def shown(content):
    upload = SimpleUploadedFile("copy.pdf", content, content_type="application/pdf")
    return Client().post("/verify/", {"file": upload}).content.decode()


def test_a_file_that_we_keep_is_called_unchanged_or_asked_for_later(content, request):
    assert "This is the sealed contract. It is unchanged." in shown(content)

    request.getfixturevalue("slow")
    page = shown(content)
    assert LATER in page
    assert NO_PDF not in page
    assert WARNING not in page
    assert "unreadable" not in page


def test_the_file_of_a_stranger_that_takes_too_long_is_unreadable_and_told_why(content, slow):
    page = shown(content + b"x")
    assert NO_PDF in page
    assert WARNING in page
    assert TOO_MUCH in page
    assert LATER not in page


@pytest.mark.parametrize("more", [b"", b"x"])
def test_a_file_that_nobody_began_to_read_is_asked_for_later(content, full, more):
    report = sealing.verify(content + more)
    assert (report.known, report.judged) == (not more, False)
    assert report.facts()["judged"] is False
    page = shown(content + more)
    assert LATER in page
    assert WARNING not in page
