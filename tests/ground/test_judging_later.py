"""A file that this machine can't judge just now is accused of nothing in Django's admin."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from test_admin import FILES, JUDGE, at, member, sealed  # noqa: F401 - a fixture

from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.flows import verifying
from wagtail_contracts.sealing.rendering.worker import Limits

LATER = "This file can’t be checked just now. Try again in a few minutes."


@pytest.fixture
def busy(monkeypatch):
    monkeypatch.setattr(verifying, "LIMITS", Limits(wall=0.001))


def test_a_file_that_is_handed_in_is_asked_for_later(sealed, busy):  # noqa: F811
    upload = SimpleUploadedFile("a.pdf", sealing.content(sealed))
    shown = member("view_sealedfile").post(at(JUDGE), {"file": upload}).text
    assert LATER in shown
    assert "No PDF that can be read." not in shown
    assert "errornote" not in shown


def test_a_kept_file_is_asked_for_later(sealed, busy):  # noqa: F811
    posted = {"action": "judge", "_selected_action": [sealed.pk]}
    shown = html.unescape(member("view_sealedfile").post(at(FILES), posted, follow=True).text)
    assert f"File {sealed.digest[:16]} can’t be checked just now: too slow." in shown
    assert "is not what was sealed" not in shown
