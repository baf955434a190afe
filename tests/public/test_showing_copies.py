"""What the page for verifying is shown is not kept; that an altered copy was shown, is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import signatures, tables
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Alarm


@pytest.fixture
def copy(answered: Any) -> bytes:
    """The sealed file of a contract."""
    signatures.sign_all(answered)
    return sealing.content(signing.seal(answered.version, by=SYSTEM))


def show(data: bytes) -> str:
    upload = SimpleUploadedFile("copy.pdf", data, "application/pdf")
    page = Client().post(reverse("wagtail_contracts:verify"), {"file": upload})
    assert page.status_code == 200
    return page.content.decode()


def test_an_altered_copy_of_a_contract_of_ours_is_told_of_and_another_is_not(copy, answered):
    with tables.unchanged(but=("ratewindow",)):
        assert "It is unchanged" in show(copy)

    assert "was changed after sealing" in show(copy + b"\n% more")

    alarm = Alarm.objects.get()
    assert (alarm.code, alarm.about) == ("copy_altered", answered.version.digest)
    with tables.unchanged(but=("ratewindow", "signing_alarm")):
        show(copy + b"\n% even more")
    assert Alarm.objects.count() == 1
