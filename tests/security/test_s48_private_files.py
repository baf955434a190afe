"""S-48: sealed and uploaded files are private; nobody fetches one by its name."""

import json
import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.storage import storages
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext
from wagtail.models import GroupPagePermission

from tests import builders, bundles, tables, uploads
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import ContractStream
from wagtail_contracts.contracts.blocks.files import UNKNOWN, FileBlock
from wagtail_contracts.contracts.models import Exhibit, StoredFile
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


@pytest.fixture
def uploaded(sender):
    """A file that somebody has uploaded and no text names yet."""
    return uploads.stored("image", uploads.picture(), "red.png", builders.actor(sender))


def browser(user):
    """Somebody of staff."""
    client = Client()
    client.force_login(user)
    return client


def fetched(user, file):
    """What the admin answers to somebody who asks for a file."""
    return browser(user).get(reverse("wagtail_contracts_file", args=[file.digest]))


@pytest.mark.parametrize("root", ["/media/", "/static/", "/", "/documents/1/", "/images/1/"])
def test_an_upload_has_no_public_address(uploaded, root):
    names = (uploaded.stored_as, uploaded.digest, uploaded.name, str(uploaded.uuid))
    assert {Client().get(root + name, follow=True).status_code for name in names} == {404}


def test_an_upload_lies_outside_of_what_a_server_hands_out(uploaded):
    place = Path(storages["wagtail_contracts"].path(uploaded.stored_as)).resolve()
    assert place.is_file()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    for root in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert not place.is_relative_to(Path(root).resolve())


def test_an_upload_is_its_authors_until_a_text_names_it(uploaded, sales, sender):
    colleague = builders.staff("kari", sales)
    foreign = builders.staff("per", builders.workspace("legal"))
    assert fetched(sender, uploaded).status_code == 200
    assert {fetched(user, uploaded).status_code for user in (colleague, foreign)} == {404}

    body = ContractStream().to_python([uploads.image(uploaded.facts())])
    contracts.use_files(body, sales, in_templates=False, by=builders.actor(sender))
    assert {fetched(user, uploaded).status_code for user in (sender, colleague)} == {200}
    assert fetched(foreign, uploaded).status_code == 404
    assert (
        Client().get(reverse("wagtail_contracts_file", args=[uploaded.digest])).status_code == 302
    )


def test_who_edits_the_templates_sees_their_files_and_no_contracts(uploaded, sales, sender):
    page = builders.template(sales)
    author = builders.staff("author")
    index = page.get_parent()
    for codename in ("change_page", "add_page"):
        right = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=author.groups.get(), page=index, permission=right)
    body = ContractStream().to_python([uploads.image(uploaded.facts())])
    by = builders.actor(sender)
    contracts.use_files(body, sales, in_templates=False, by=by)
    assert fetched(author, uploaded).status_code == 404
    contracts.use_files(body, sales, in_templates=True, by=by)
    assert fetched(author, uploaded).status_code == 200


def test_an_upload_is_offered_and_never_a_page(uploaded, sender):
    answer = fetched(sender, uploaded)
    assert answer["Content-Disposition"].startswith('attachment; filename="red.png"')
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("no-store, private")


def test_a_foreign_id_is_no_file(uploaded, sales, sender):
    """What a post names is looked up among what its author may see."""
    colleague = builders.staff("kari", sales)
    block = FileBlock("image")
    for user, found in ((sender, uploaded.facts()), (colleague, UNKNOWN)):
        with LogContext(user=user):
            assert block.value_from_form(json.dumps({"id": str(uploaded.uuid)})) == found
            forged = {"id": str(uploaded.uuid), "name": "forged.png", "digest": "0" * 64}
            assert block.value_from_form(json.dumps(forged)) == found
    # Where it is forgotten who asks, as when a page is rendered, there is no file.
    assert block.value_from_form(json.dumps({"id": str(uploaded.uuid)})) == UNKNOWN
    for nonsense in ("x", "[]", '{"id": "x"}', '{"id": 1}', "null"):
        assert block.value_from_form(nonsense) == UNKNOWN
    assert block.value_from_form("") is None
    with LogContext(user=sender):
        assert FileBlock("exhibit").value_from_form(json.dumps(uploaded.facts())) == UNKNOWN


def test_what_a_version_names_is_kept(sent, uploaded, sender):
    row = Exhibit.objects.create(version=sent.version, file=uploaded)
    for change in (
        lambda: StoredFile.objects.filter(pk=uploaded.pk).update(digest="0" * 64),
        lambda: StoredFile.objects.filter(pk=uploaded.pk)._raw_delete("default"),
        lambda: Exhibit.objects.filter(pk=row.pk).update(file=uploaded),
        lambda: Exhibit.objects.filter(pk=row.pk)._raw_delete("default"),
    ):
        with tables.unchanged(), pytest.raises(DatabaseError), transaction.atomic():
            change()
    other = uploads.stored("image", uploads.picture(), "other.png", builders.actor(sender))
    assert StoredFile.objects.filter(pk=other.pk).update(scan="clean") == 1
    assert StoredFile.objects.filter(pk=other.pk).delete()[0] == 1


def test_what_no_text_names_goes_after_a_week(uploaded, sales, sender):
    by = builders.actor(sender)
    named = uploads.stored("image", uploads.picture(), "named.png", by)
    young = uploads.stored("image", uploads.picture(), "young.png", by)
    body = ContractStream().to_python([uploads.image(named.facts())])
    contracts.use_files(body, sales, in_templates=False, by=by)
    old = timezone.now() - timedelta(days=8)
    StoredFile.objects.exclude(pk=young.pk).update(kept_at=old)

    assert contracts.drop_unnamed(by=SYSTEM) == [uploaded.stored_as]
    assert set(StoredFile.objects.values_list("name", flat=True)) == {"named.png", "young.png"}
    assert contracts.file_fault(uploaded) == "missing"
    assert contracts.file_fault(named) == contracts.file_fault(young) == ""
