"""S-48: sealed files are private; nobody fetches one by its name."""

import re
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import models, transaction
from django.test import Client

from tests import bundles
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.conf import sealing as configured
from wagtail_contracts.sealing.models import SealedFile

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sealed():
    return sealing.seal(bundles.bundle())


@pytest.fixture
def row(sealed, ola):
    with transaction.atomic():
        return sealing.keep("5" * 64, sealed, sealing.store(sealed), by=ola)


@pytest.mark.parametrize("root", ["/media/", "/static/", "/", "/documents/1/", "/private/"])
def test_a_file_has_no_address(row, root):
    names = (row.name, row.digest, row.subject, f"../private/{row.name}", f"%2e%2e/{row.name}")
    answers = [Client().get(root + name, follow=True) for name in names]
    assert {answer.status_code for answer in answers} == {404}
    assert not [answer for answer in answers if b"%PDF" in answer.content]


def test_it_lies_outside_of_what_a_server_hands_out(row):
    place = Path(storages[configured().storage].path(row.name)).resolve()
    assert place.is_file()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert not place.is_relative_to(Path(root).resolve())


def test_its_name_tells_nothing_and_cannot_be_guessed(row, sealed):
    assert re.fullmatch(r"[0-9a-f]{64}\.pdf", row.name)
    assert row.name != sealing.store(sealing.seal(bundles.bundle()))


def test_no_ready_made_page_lists_or_serves_it():
    kinds = {type(field) for field in SealedFile._meta.get_fields()}
    assert not any(issubclass(kind, models.FileField) for kind in kinds)
    assert not hasattr(SealedFile, "get_absolute_url")
    assert not hasattr(SealedFile, "snippet_viewset")
