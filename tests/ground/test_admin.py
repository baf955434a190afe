"""Trails, checkpoints, sealed files in Django's admin: read by whoever may, changed by nobody."""

import html
import uuid
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import formats, timezone

from wagtail_contracts import append_only
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit import permissions
from wagtail_contracts.audit.backends import keys
from wagtail_contracts.audit.models import Alarm, Event, Trail
from wagtail_contracts.examining import Fault, ring
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing import permissions as files
from wagtail_contracts.sealing.models import Alarm as FileAlarm
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.sealing.rendering import document

KARI = Actor("user", "1", "Kari Nordmann")
OURS = ("wagtail_contracts_audit", "wagtail_contracts_sealing")


def member(*codenames):
    """Somebody of the staff, with these permissions and no others, logged in."""
    user = User.objects.create_user("ola", password="x", is_staff=True)
    found = Permission.objects.filter(codename__in=codenames)
    assert found.count() == len(codenames)
    user.user_permissions.set(found)
    client = Client()
    client.force_login(user)
    return client


def grown(count=2):
    key = uuid.uuid4().hex
    with transaction.atomic():
        for _number in range(count):
            audit.record(key, "shelf.counted", {"count": 3}, by=KARI, disclose={"note": "A <b>"})
    return Trail.objects.get(key=key)


def at(name, *args):
    return reverse(f"admin:{name}", args=args)


TRAILS, TRAIL = "wagtail_contracts_audit_trail_changelist", "wagtail_contracts_audit_trail_change"


@pytest.mark.django_db
def test_a_trail_is_told_to_whoever_may_view_it_and_is_not_found_by_others():
    trail = grown()
    page = member("view_trail").get(at(TRAIL, trail.pk))
    assert "user 1 counted 3" in page.text
    assert "Kari" not in page.text
    assert "A &lt;b&gt;" not in page.text

    User.objects.all().delete()
    assert member().get(at(TRAIL, trail.pk)).status_code == 403
    assert Client().get(at(TRAIL, trail.pk)).status_code == 302


@pytest.mark.django_db
def test_personal_data_are_shown_to_whoever_may_view_disclosures():
    trail = grown()
    client = member("view_trail", "view_disclosure")
    text = client.get(at(TRAIL, trail.pk)).text
    assert "Kari Nordmann counted 3" in text
    assert "note: A &lt;b&gt;" in text

    commitment = Event.objects.of(trail.key)[0].commitments["note"]
    audit.erase(trail.key, commitment, "they asked for it", by=KARI)
    text = client.get(at(TRAIL, trail.pk)).text
    assert "note: erased on " in text
    assert "because they asked for it" in text
    assert "Personal data were erased" in text


@pytest.mark.django_db
def test_a_long_trail_has_pages():
    trail, client = grown(101), member("view_trail")
    first, second = (client.get(at(TRAIL, trail.pk), {"p": page}) for page in (1, 2))
    assert "Events 1 to 100 of 101" in first.text
    assert first.text.count("counted 3") == 100
    assert second.text.count("counted 3") == 1


@pytest.mark.django_db
def test_verifying_names_the_first_fault():
    whole, cut = grown(), grown()
    client = member("view_trail")
    with connection.cursor() as cursor:
        for name in [n for rule in append_only.kept() for n in rule.triggers["sqlite"]]:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute(
            "UPDATE wagtail_contracts_audit_event SET record = replace(record, '3', '4') "
            "WHERE trail_id = %s AND sequence = 2",
            [cut.pk],
        )
    posted = {"action": "verify", "_selected_action": [whole.pk, cut.pk]}
    text = client.post(at(TRAILS), posted, follow=True).text
    assert f"Trail {whole.key} is whole: events 1 to 2." in text
    assert f"Trail {cut.key}, event 2: was changed." in text


@pytest.mark.django_db
def test_a_trail_that_can_not_be_read_says_so():
    trail, client = grown(), member("view_trail")
    with connection.cursor() as cursor:
        for name in [n for rule in append_only.kept() for n in rule.triggers["sqlite"]]:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute("UPDATE wagtail_contracts_audit_event SET record = '{}'")
    assert "can’t be read" in client.get(at(TRAIL, trail.pk)).text


@pytest.fixture
def point(db, settings, tmp_path):
    """A checkpoint over a trail, at its anchor."""
    keys.make(tmp_path / "key.pem")
    kept = {"file": {"BACKEND": "wagtail_contracts.audit.backends.anchors.FileAnchor"}}
    kept["file"]["OPTIONS"] = {"path": tmp_path / "kept.txt"}
    settings.WAGTAIL_CONTRACTS = {
        **settings.WAGTAIL_CONTRACTS,
        "AUDIT": {"ORIGIN": "shop.example/audit", "KEY": tmp_path / "key.pem", "ANCHORS": kept},
    }
    grown()
    point = audit.checkpoint()
    audit.anchor()
    return point


def test_a_checkpoint_is_shown_with_its_note_and_places(point):
    client = member("view_checkpoint", "view_anchored")
    listed = client.get(at("wagtail_contracts_audit_checkpoint_changelist")).text
    assert ">file<" in listed
    shown = client.get(at("wagtail_contracts_audit_checkpoint_change", point.pk)).text
    assert "shop.example/audit" in shown
    assert "file" in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("label", "alarms", "place"), [("audit", Alarm, permissions), ("sealing", FileAlarm, files)]
)
def test_alarms_are_seen_by_whoever_may_and_settled_ones_stay(
    label, alarms, place, admin_client, monkeypatch
):
    alarm, _new = ring(alarms, Fault("refused", "the_table", "UPDATE"))
    command = f"{label}_examine"
    call_command(command, settle=alarm.pk, reason="Our <test>", stdout=StringIO())
    pages = (f"wagtail_contracts_{label}_alarm_{page}" for page in ("changelist", "change"))
    listed, shown = at(next(pages)), at(next(pages), alarm.pk)

    assert "the_table" in admin_client.get(listed).text
    assert "Our &lt;test&gt;" in admin_client.get(shown).text
    assert member().get(shown).status_code == 403
    monkeypatch.setattr(place.readers, "apps", {"contracts": ""})
    assert admin_client.get(shown).status_code == 403


@pytest.fixture
def sealed(db, settings, tmp_path):
    """A file that was sealed and kept."""
    call_command("sealing_identity", "create", folder=tmp_path, name="Shop")
    options = {"path": tmp_path / "seal.p12", "password_file": tmp_path / "seal.password"}
    seal = {"BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal", "OPTIONS": options}
    seal["TRUST"] = [tmp_path / "authority.pem"]
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": seal}
    page = '<html lang="en"><head><title>Receipt</title></head><body><p>120.00</p></body></html>'
    told = document(page, {"amount": "120.00"}, tag="shop/receipt/v1", at=datetime.now(UTC))
    made = sealing.seal(told.bundle)
    with transaction.atomic():
        return sealing.keep(told.subject, made, sealing.store(made), by=KARI)


@pytest.mark.django_db
def test_nobody_adds_changes_or_deletes(admin_client, point, sealed):
    for alarms in (Alarm, FileAlarm):
        ring(alarms, Fault("refused", "a", "UPDATE"))
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            base = f"{label}_{model._meta.model_name}"
            if not admin.site.is_registered(model):
                continue
            row = model._default_manager.first()
            assert admin_client.get(at(f"{base}_add")).status_code == 403
            before = list(model._default_manager.values())
            assert admin_client.post(at(f"{base}_change", row.pk), {}).status_code == 403
            assert (
                admin_client.post(at(f"{base}_delete", row.pk), {"post": "yes"}).status_code == 403
            )
            posted = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            admin_client.post(at(f"{base}_changelist"), posted)
            assert list(model._default_manager.values()) == before


@pytest.mark.django_db
def test_trails_that_another_app_answers_for_are_not_shown(admin_client, monkeypatch):
    trail = grown()
    assert admin_client.get(at(TRAIL, trail.pk)).status_code == 200
    monkeypatch.setattr(permissions.readers, "apps", {"contracts": ""})
    assert admin_client.get(at(TRAIL, trail.pk)).status_code == 403
    assert admin_client.get(at(TRAILS)).status_code == 403


FILES, FILE = (f"wagtail_contracts_sealing_sealedfile_{page}" for page in ("changelist", "change"))
DOWNLOAD, JUDGE = (f"wagtail_contracts_sealing_sealedfile_{p}" for p in ("download", "judge"))


def test_a_sealed_file_is_seen_and_only_with_the_permission_downloaded(sealed):
    seeing = member("view_sealedfile")
    assert "B-B" in seeing.get(at(FILES)).text
    shown = seeing.get(at(FILE, sealed.pk)).text
    assert sealed.digest in shown
    assert at(DOWNLOAD, sealed.pk) not in shown
    assert seeing.get(at(DOWNLOAD, sealed.pk)).status_code == 403

    User.objects.all().delete()
    taking = member("view_sealedfile", "download_sealedfile")
    assert at(DOWNLOAD, sealed.pk) in taking.get(at(FILE, sealed.pk)).text
    taken = taking.get(at(DOWNLOAD, sealed.pk))
    assert taken.content == sealing.content(sealed)
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert taking.get(at(DOWNLOAD, sealed.pk + 1)).status_code == 404


def test_the_list_says_until_when_a_file_proves_itself_and_when_the_seal_ends(
    sealed, settings, monkeypatch
):
    client, words = member("view_sealedfile"), "The certificate of the seal"
    ends = formats.date_format(timezone.localtime(sealed.renew_before))
    shown = client.get(at(FILES)).text
    assert f"{words} ends on {ends}." in shown
    assert ends in shown.split("<tbody>")[1]
    assert "errornote" not in shown
    assert ends in client.get(at(FILE, sealed.pk)).text

    monkeypatch.setattr(sealing, "SOON", timedelta(days=36500))
    assert "errornote" in client.get(at(FILES)).text
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": {}}
    assert f"{words} can't be read" in html.unescape(client.get(at(FILES)).text)


def test_whoever_may_only_download_does_not_see_files(sealed):
    client = member("download_sealedfile")
    for address in (at(DOWNLOAD, sealed.pk), at(FILE, sealed.pk), at(JUDGE)):
        assert client.get(address).status_code == 403


def test_a_kept_file_is_judged_anew(sealed):
    client = member("view_sealedfile", "download_sealedfile")
    posted = {"action": "judge", "_selected_action": [sealed.pk]}
    assert "is what was sealed" in client.post(at(FILES), posted, follow=True).text

    kept = Path(storages["wagtail_contracts"].path(sealed.name))
    kept.chmod(0o600)
    kept.write_bytes(kept.read_bytes() + b"x")
    assert "is not what was sealed" in client.post(at(FILES), posted, follow=True).text
    assert client.get(at(DOWNLOAD, sealed.pk)).status_code == 404


def test_a_file_that_is_handed_in_is_judged_and_not_stored(sealed):
    client, content = member("view_sealedfile"), sealing.content(sealed)
    there = storages["wagtail_contracts"].listdir("")
    assert "Judge it" in client.get(at(JUDGE)).text
    good = client.post(at(JUDGE), {"file": SimpleUploadedFile("a.pdf", content)})
    assert "Intact: sealed by" in good.text
    assert "Shop seal" in good.text
    bad = client.post(at(JUDGE), {"file": SimpleUploadedFile("a.pdf", content + b"x")})
    assert "Altered: the seal does not fit this file." in bad.text
    none = client.post(at(JUDGE), {"file": SimpleUploadedFile("a.pdf", b"no pdf")})
    assert "No PDF that can be read." in none.text
    assert SealedFile.objects.count() == 1
    assert storages["wagtail_contracts"].listdir("") == there


@pytest.mark.django_db
def test_files_that_another_app_answers_for_are_not_shown(sealed, admin_client, monkeypatch):
    places = (at(FILES), at(FILE, sealed.pk), at(DOWNLOAD, sealed.pk), at(JUDGE))
    assert [admin_client.get(place).status_code for place in places] == [200] * 4
    monkeypatch.setattr(files.readers, "apps", {"contracts": ""})
    assert [admin_client.get(place).status_code for place in places] == [403] * 4
