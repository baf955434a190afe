"""S-45: uploads at the door and in the flow: judged by content, limited, private to their author.

The samples themselves are judged in tests/unit/contracts/test_file_sorts.py and test_file_pdfs.py.
"""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests import builders, tables, uploads
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.admin import files as door
from wagtail_contracts.contracts.errors import UploadRefused
from wagtail_contracts.contracts.flows import filing
from wagtail_contracts.contracts.models import StoredFile
from wagtail_contracts.sealing.rendering.worker import Limits

pytestmark = pytest.mark.django_db
UPLOAD = "wagtail_contracts_upload"


@pytest.fixture
def editor(sender):
    """The browser of somebody who may edit contracts."""
    client = Client()
    client.force_login(sender)
    return client


def sent(client, content, name="plan.pdf", sort="exhibit", **more):
    """What the door answers to an upload."""
    form = {"sort": sort, "file": uploads.upload(content, name)}
    return client.post(reverse(UPLOAD), {**form, **more})


def test_a_file_is_kept_under_a_random_name(editor, sender):
    plan = uploads.saying("Floor plan")
    answer = sent(editor, plan, "../Floor plan.pdf")

    said = answer.json()["file"]
    file = StoredFile.objects.get(uuid=said["id"])
    assert (said["name"], said["pages"], said["media_type"]) == (
        "Floor plan.pdf",
        1,
        "application/pdf",
    )
    assert (file.uploader, file.words) == (str(sender.pk), ["Floor plan"])
    assert file.stored_as.removeprefix("files/").isalnum()
    assert said["digest"] not in file.stored_as
    assert contracts.file_content(file) == plan


def test_a_picture_is_made_anew(editor):
    answer = sent(editor, uploads.picture() + uploads.SCRIPT, "a.png", "image")

    content = contracts.file_content(StoredFile.objects.get(uuid=answer.json()["file"]["id"]))
    assert b"script" not in content
    assert Image.open(io.BytesIO(content)).size == (8, 4)


REFUSED = [
    ("a.html", "text/html", uploads.SCRIPT, "Choose a PDF."),
    ("a.pdf", "image/png", uploads.pdf(), "The name says another kind of file than the browser."),
    ("a.pdf", "application/pdf", uploads.SCRIPT, "The file is not what its name says."),
    ("a.pdf", "application/pdf", uploads.pdf(uploads.script), "The PDF holds what a contract may"),
    ("a.pdf", "application/pdf", uploads.pdf() + uploads.archive(), "The file is more than a PDF"),
]


@pytest.mark.parametrize(("name", "declared", "content", "words"), REFUSED)
def test_what_no_contract_may_hold_is_refused_with_a_reason(editor, name, declared, content, words):
    with tables.unchanged():
        form = {"sort": "exhibit", "file": uploads.upload(content, name, declared)}
        answer = editor.post(reverse(UPLOAD), form)

        assert (answer.status_code, list(answer.json())) == (422, ["error"])
        assert answer.json()["error"].startswith(words)
    assert sent(editor, uploads.pdf()).status_code == 200


def test_a_request_that_is_too_large_is_not_read(editor, monkeypatch):
    content = uploads.pdf()
    monkeypatch.setattr(door, "BESIDES", 0)
    monkeypatch.setattr(door.sorts, "LARGEST", len(content))
    with tables.unchanged():
        assert sent(editor, content).status_code == 413
    monkeypatch.setattr(door, "BESIDES", 1000)
    assert sent(editor, content).status_code == 200


def test_a_file_that_is_too_large_is_not_kept(sender, monkeypatch):
    monkeypatch.setattr(filing.sorts, "LARGEST", len(uploads.pdf()))
    by = builders.actor(sender)
    with tables.unchanged(), pytest.raises(UploadRefused, match="too large"):
        contracts.keep_file(uploads.upload(uploads.pdf() + b"\n"), sort="exhibit", by=by)
    assert contracts.keep_file(uploads.upload(uploads.pdf()), sort="exhibit", by=by)


def test_what_another_site_sends_is_refused(sender):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sender)
    with tables.unchanged():
        assert sent(client, uploads.pdf()).status_code == 403
    client.cookies["csrftoken"] = token = "a" * 32
    answer = sent(client, uploads.pdf(), csrfmiddlewaretoken=token)
    assert answer.status_code == 200


def test_a_bomb_ends_the_child_alone(sender, monkeypatch):
    """A few kilobytes that swell to megabytes; from four on, the parser itself refuses."""
    by, bomb = builders.actor(sender), uploads.bomb(2_500_000)
    assert len(bomb) < 10_000
    monkeypatch.setattr(filing, "LIMITS", Limits(memory=1 << 30, cpu=1, wall=30.0, file=1 << 20))
    with tables.unchanged(), pytest.raises(UploadRefused, match="too long or too much memory"):
        contracts.keep_file(uploads.upload(bomb), sort="exhibit", by=by)
    monkeypatch.undo()
    assert contracts.keep_file(uploads.upload(bomb), sort="exhibit", by=by)
    with tables.unchanged(), pytest.raises(UploadRefused, match="can't be read"):
        contracts.keep_file(uploads.upload(uploads.bomb(8 << 20)), sort="exhibit", by=by)


def test_the_limits_of_a_site_are_the_promised_ones():
    assert (filing.LIMITS.memory, filing.LIMITS.cpu, filing.LIMITS.wall) == (1 << 30, 30, 60.0)
