"""What is found by the worker's task rings by mail, in the admin and at the health address, once.

Every damage is done with full rights over the database: no trigger acts.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.signals import request_finished
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import mails, tables
from tests.database import sql
from tests.flows.audit.conftest import attested  # noqa: F401 - a fixture
from tests.flows.audit.damages import take_newest_back
from tests.reliability.rewinding import lifted
from tests.security.s18_damages import (
    EVENT,
    SEAL,
    TRAIL,
    cut,
    event,
    path,
    row,
    swap,
    trail,
    update,
)
from tests.security.test_s18_check import made, whole  # noqa: F401 - fixtures
from wagtail_contracts import append_only, events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Alarm as AuditAlarm
from wagtail_contracts.audit.models import Anchored, Checkpoint, Event, LogEntry, Trail
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import ReasonMissing
from wagtail_contracts.examining import Walk
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.sealing.models import Alarm as SealAlarm
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.errors import AlreadySettled
from wagtail_contracts.signing.flows import examining as examination
from wagtail_contracts.signing.models import Alarm
from wagtail_contracts.signing.tasks import examining

pytestmark = pytest.mark.django_db
GUARD = "guard@eksempel.example"


@pytest.fixture
def watched(whole, attested, settings, section, tmp_path):  # noqa: F811
    """A whole site with a named guard, whose checkpoint stands in a file, too."""
    disk = {
        "BACKEND": "wagtail_contracts.audit.backends.anchors.FileAnchor",
        "OPTIONS": {"path": tmp_path / "notes.txt"},
    }
    section("AUDIT", ANCHORS={"disk": disk})
    section("SIGNING", ALARMS=[GUARD], EXAMINE_SECONDS=60, EXAMINE_HOURS=0, JUDGE_HOURS=0)
    settings.STORAGES = {
        **settings.STORAGES,
        "wagtail_contracts": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": whole.folder},
        },
    }
    for _round in range(2):
        audit.checkpoint()
        audit.anchor()
        contracts.look(whole.sealed.contract, by=whole.sealed.owner)
    audit.checkpoint()
    audit.anchor()
    mails.forget()
    return whole


def later(hours):
    """A clock that is ahead."""
    moment = timezone.now() + timedelta(hours=hours)
    return patch("django.utils.timezone.now", lambda: moment)


def run():
    """What the worker does in a cycle; each takes no time at all."""
    examining.examine()
    outbox.deliver()


def told():
    """The mails to the guard."""
    return [one for one in mail.outbox if one.to == [GUARD]]


def health():
    return Client().get(reverse("wagtail_contracts:health")).json()["checks"]


def admin():
    people = get_user_model()._default_manager
    boss = people.filter(username="boss").first()
    client = Client()
    client.force_login(boss or people.create_superuser("boss", "boss@eksempel.example", "secret"))
    return client


def home():
    return admin().get(reverse("wagtailadmin_home")).content.decode()


def page():
    answer = admin().get(reverse("wagtail_contracts_examination"))
    return answer.content.decode()


def rung():
    every = (AuditAlarm, SealAlarm, Alarm)
    return {code for model in every for code in model.objects.values_list("code", flat=True)}


def garble(site):
    data = path(site).read_bytes()
    path(site).write_bytes(data[:-9] + b"x" + data[-8:])


def exchange(site):
    """The file, its name and its row: another one that nobody sealed."""
    data, kept = b"%PDF-1.7 nobody sealed this", row(site)
    digest = hashlib.sha256(data).hexdigest()
    (site.folder / f"{digest}.pdf").write_bytes(data)
    update(SEAL, kept, digest=digest, name=f"{digest}.pdf", size=len(data))


def insert(site):
    one = Event.objects.of(site.out.contract.trail).last()
    one.pk, one.sequence = None, one.sequence + 1
    one.save(force_insert=True)


def regrow(site):
    cut(site.out, event(site.out, "signature.given").sequence - 1)
    for _event in range(9):
        audit.record(site.out.contract.trail, events.DOCUMENT_DELIVERED, by=SYSTEM)


def regrow_sealed(site):
    """Without a log: the sealed file alone knows better."""
    for model in (Anchored, Checkpoint, LogEntry):
        model.objects.all()._raw_delete(connection.alias)
    settings.WAGTAIL_CONTRACTS["AUDIT"]["ANCHORS"]["disk"]["OPTIONS"]["path"].unlink()
    cut(site.sealed, event(site.sealed, "contract.signed").sequence - 1)


def replace(site):
    sql(f'UPDATE "{TRAIL}" SET key = %s WHERE id = %s', "gone", trail(site.out).pk)
    audit.record(site.out.contract.trail, events.DOCUMENT_DELIVERED, by=SYSTEM)


def roll_back(site):
    take_newest_back()
    own = Trail.objects.get(key=site.sealed.contract.own_trail)
    last = own.events.get(sequence=own.length - 1)
    sql(f'DELETE FROM "{EVENT}" WHERE trail_id = %s AND sequence > %s', own.pk, last.sequence)
    update(TRAIL, own, length=last.sequence, head=last.digest)


def forge(site):
    update(Checkpoint._meta.db_table, Checkpoint.objects.earliest(), root="0" * 64)


def change(site):
    update(EVENT, event(site.out, "contract.sent"), digest="0" * 64)


def remove(site):
    sql(f'DELETE FROM "{EVENT}" WHERE id = %s', event(site.out, "version.created").pk)


DAMAGES = {
    "an event was changed": (change, "trail"),
    "an event was removed": (remove, "trail"),
    "an event was inserted": (insert, "trail"),
    "events changed places": (lambda site: swap(site.out), "trail"),
    "a tail was cut": (
        lambda site: cut(site.out, event(site.out, "signature.given").sequence - 1),
        "log",
    ),
    "a tail was cut and grew anew": (regrow, "log"),
    "a sealed tail was cut, and the log forgotten": (regrow_sealed, "file_trail"),
    "a trail was replaced": (replace, "log"),
    "a checkpoint was forged": (
        lambda site: update(
            Checkpoint._meta.db_table, Checkpoint.objects.earliest(), root="0" * 64
        ),
        "kept",
    ),
    "the database was rolled back": (roll_back, "kept"),
    "a sealed file was changed": (garble, "file_altered"),
    "a sealed file was removed": (lambda site: path(site).unlink(), "file_missing"),
    "a sealed file was swapped": (exchange, "file_unproved"),
    "the row of a sealed file was changed": (
        lambda site: update(SEAL, row(site), level="B-LTA"),
        "file_row",
    ),
    "the row of a sealed file was removed": (
        lambda site: sql(f'DELETE FROM "{SEAL}" WHERE id = %s', row(site).pk),
        "seal_missing",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_each_damage_rings_by_mail_in_the_admin_and_at_the_health_address(watched, name):
    do, code = DAMAGES[name]
    run()
    assert (rung(), told()) == (set(), [])
    assert (health()["evidence"], health()["examination"]) == ("pass", "pass")
    assert "Nothing is to be settled" in page()

    with lifted():
        do(watched)
        run()

    assert code in rung()
    (one,) = told()
    assert "Alarm on" in one.subject
    assert "What to do:" in one.body
    assert health()["evidence"] == "fail"
    assert "What to do" in page()
    assert (
        "What the examination found" in admin().get(reverse("wagtailadmin_home")).content.decode()
    )

    with lifted():
        run()
    assert len(told()) == 1


def test_the_owner_of_the_contract_is_told_and_its_page_says_so(watched):
    contract = watched.sealed.contract
    path(watched).unlink()

    run()

    words = [one.subject for one in mail.outbox if one.to == [contract.owner.email]]
    assert words == [f"Something about {contract.title} is not as it was recorded"]
    shown = admin().get(reverse("wagtail_contracts_contract:inspect", args=[contract.pk]))
    assert "A sealed file is missing" in shown.content.decode()
    last = Event.objects.of(contract.own_trail).named(events.MISMATCH_FOUND).last()
    assert last.data["code"] == "file_missing"


def test_a_lost_trigger_rings(watched):
    append_only.kept()
    with lifted() if connection.vendor == "sqlite" else no_trigger():
        run()
    assert "triggers" in rung()
    assert len(told()) == 1


def no_trigger():
    sql(f'DROP TRIGGER "{EVENT}_no_change" ON "{EVENT}"')
    return patch.object(timezone, "now", timezone.now)


def test_what_was_mended_only_warns_until_somebody_settles_it(watched):
    data = path(watched).read_bytes()
    path(watched).unlink()
    run()
    path(watched).write_bytes(data)
    run()
    assert health()["evidence"] == "warn"
    assert "not found any more" in page()

    (one,) = examination.everything()
    with pytest.raises(ReasonMissing), tables.unchanged():
        examination.settle_alarm(one, " ", by=SYSTEM)
    examination.settle_alarm(one, "The backup brought it back", by=watched.sealed.owner)

    assert health()["evidence"] == "pass"
    assert "The backup brought it back" in page()
    with pytest.raises(AlreadySettled), tables.unchanged():
        examination.settle_alarm(one, "Again", by=SYSTEM)
    trail = Event.objects.of(watched.sealed.contract.own_trail)
    assert trail.named(events.MISMATCH_SETTLED).count() == 1


def test_what_was_erased_by_law_is_no_mismatch(watched):
    sent = event(watched.sealed, "contract.sent")
    audit.erase(watched.sealed.contract.trail, sent.commitments["label"], "art. 17", by=SYSTEM)

    run()

    assert rung() == set()


def test_a_whole_cycle_is_recorded_once(watched, section):
    named = Event.objects.of("site").named(events.SITE_CHECKED)
    before = named.count()
    run()
    section("SIGNING", EXAMINE_HOURS=24)
    run()
    assert named.count() == before + 1
    assert named.last().data["damages"] == 0


def damages():
    """What the newest record of a whole cycle says."""
    return Event.objects.of("site").named(events.SITE_CHECKED).last().data["damages"]


def test_what_was_settled_is_still_not_whole_and_is_once_it_was_mended(watched):
    data = path(watched).read_bytes()
    path(watched).unlink()
    run()
    (one,) = examination.everything()
    examination.settle_alarm(one, "We look for a copy", by=SYSTEM)
    run()
    assert damages() == 1
    path(watched).write_bytes(data)
    run()
    assert damages() == 0


def test_a_strangers_copy_is_no_damage_of_ours(watched):
    assert show(path(watched).read_bytes() + b"\n% more")
    run()
    assert ("copy_altered" in rung(), damages()) == (True, 0)


def test_nothing_is_said_of_the_whole_before_the_files_were_looked_at(watched):
    named, go_on = Event.objects.of("site").named(events.SITE_CHECKED), Walk.go_on
    before = named.count()
    garble(watched)

    def idle(walk, seconds):
        return [] if walk.kind == "files" else go_on(walk, seconds)

    with patch.object(Walk, "go_on", idle):
        run()
    assert named.count() == before
    run()
    assert (named.count(), damages()) == (before + 1, 1)


# -- nobody looks ------------------------------------------------------------------------------


@pytest.fixture
def beside():
    """A web process that looks after the examination after each request."""
    examining.watch.next = 0.0
    request_finished.connect(examining.beside_requests, dispatch_uid="a test")
    yield
    request_finished.disconnect(dispatch_uid="a test")
    examining.watch.next = float("inf")


def look_again():
    """Ten minutes have passed for the web process."""
    examining.watch.next = 0.0


def test_where_no_worker_runs_the_web_process_tells_within_an_hour_and_once(watched, beside):
    run()
    assert (health()["examination"], told()) == ("pass", [])

    with later(hours=2):
        look_again()
        assert health()["examination"] == "fail"
        assert [one.subject.split(": ")[-1] for one in told()] == [
            "This site did not examine itself"
        ]
        look_again()
        assert "Nobody looks" in page()
        assert "nobody looks" in home()
    assert len(told()) == 1

    run()  # the worker is back, and does not tell it again
    assert len(told()) == 1
    assert (health()["examination"], health()["evidence"]) == ("pass", "warn")


def test_a_worker_that_comes_back_tells_that_nobody_looked(watched):
    run()
    with later(hours=2):
        run()

    (one,) = told()
    assert "This site did not examine itself" in one.body


def test_the_web_process_tries_again_where_the_mail_did_not_leave(watched, beside, settings):
    run()
    with later(hours=2):
        with patch("django.core.mail.EmailMessage.send", side_effect=OSError("no")):
            health()
        assert told() == []
        look_again()
        health()
    assert len(told()) == 1


def test_a_new_site_is_not_late(db):
    assert health()["examination"] == "pass"


def test_too_slow_is_told_once(watched, section):
    section("SIGNING", EXAMINE_SECONDS=0)
    for _minute in range(3):
        run()
    kinds = [alarm.code for alarm in Alarm.objects.all()]
    assert kinds == ["examination_slow"]


# -- copies that are shown ---------------------------------------------------------------------


def show(data):
    upload = SimpleNamespace(read=lambda: data)
    found = signing.verify(upload.read())
    return examination.note_shown(data, found, by=SYSTEM)


def test_an_altered_copy_of_a_contract_of_ours_rings_once(watched):
    genuine = path(watched).read_bytes()
    altered = genuine + b"\n% more"
    run()

    with tables.unchanged():
        assert not show(genuine)
        assert not show(b"%PDF-1.7 something else")
    assert show(altered)
    assert not show(altered + b"\n")
    run()

    (one,) = told()
    assert one.subject.endswith("Somebody showed an altered copy")
    assert hashlib.sha256(altered).hexdigest() in one.body
    assert health()["evidence"] == "warn"
    owner = watched.sealed.contract.owner.email
    assert any("altered copy" in letter.subject for letter in mail.outbox if letter.to == [owner])


def test_a_sealed_file_that_our_trail_contradicts_rings(watched):
    data = path(watched).read_bytes()
    with lifted():
        cut(watched.sealed, event(watched.sealed, "contract.signed").sequence - 1)
        assert show(data)
    assert rung() == {"copy_contradicts"}
    assert health()["evidence"] == "fail"
