"""A program of the site writes to evidence and is refused: recorded, told, shown, settled."""

import pytest
from django.core import mail
from django.core.signals import request_finished
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse

from tests import mails
from tests.database import sql
from wagtail_contracts import events
from wagtail_contracts.audit.models import Alarm, Event
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing.tasks import examining

pytestmark = pytest.mark.django_db
GUARD = "guard@eksempel.example"
TABLE = Event._meta.db_table
SAID = "Somebody tried to change evidence, and was refused"
FOUND = "What the examination found"


def tamper():
    """Has another actor for everything; the database takes it back."""
    with transaction.atomic():
        sql(f"UPDATE {TABLE} SET actor_key = '9'")


def read(request):
    return HttpResponse(str(Event.objects.count()))


def write(request):
    tamper()


@pytest.fixture
def site(sent, addresses, section):
    """A site with two pages of its own, in a web process that looks after itself."""
    own = [path("read/", read), path("write/", write)]
    addresses(path("", include("wagtail_contracts.urls")), *own)
    section("SIGNING", ALARMS=[GUARD], EXAMINE_SECONDS=60, EXAMINE_HOURS=0)
    request_finished.connect(examining.beside_requests, dispatch_uid="a test")
    work()
    mails.forget()
    yield sent
    request_finished.disconnect(dispatch_uid="a test")


def work():
    """What the worker does in a minute."""
    examining.examine()
    outbox.deliver()


def ask(page):
    return Client(raise_request_exception=False).get(f"/{page}/").status_code


def told():
    return [letter for letter in mail.outbox if letter.to == [GUARD]]


def evidence():
    return Client().get(reverse("wagtail_contracts:health")).json()["checks"]["evidence"]


def noted(name):
    """In the trail about no contract: of which alarms it says so."""
    return [event.data["alarm"] for event in Event.objects.of("site").named(name)]


def refused():
    return Alarm.objects.filter(code="refused", about=TABLE, why="UPDATE")


def test_a_request_that_writes_to_evidence_is_seen_and_one_that_reads_is_not(site):
    assert ask("read") == 200
    work()
    assert (list(refused()), told(), evidence()) == ([], [], "pass")

    assert ask("write") == 500
    (alarm,) = refused()  # before any worker looks: the web process itself has kept it
    assert not Event.objects.filter(actor_key="9").exists()
    work()
    work()

    (letter,) = told()
    assert letter.subject.endswith(SAID)
    assert noted(events.MISMATCH_FOUND) == [alarm.pk]
    assert evidence() == "warn"


def test_what_the_worker_is_refused_is_seen_too(site):
    with pytest.raises(IntegrityError, match="append-only"):
        tamper()
    assert not refused().exists()
    work()
    assert (refused().count(), len(told()), evidence()) == (1, 1, "warn")


def test_the_admin_shows_it_until_it_is_settled_and_again_when_it_happens_again(site, admin_client):
    lists, home = reverse("wagtail_contracts_examination"), reverse("wagtailadmin_home")
    assert SAID not in admin_client.get(lists).text
    assert FOUND not in admin_client.get(home).text
    ask("write")
    work()
    (alarm,) = refused()
    settle = reverse("wagtail_contracts_settle", args=[f"audit-{alarm.pk}"])
    assert settle in admin_client.get(lists).text
    assert SAID in admin_client.get(settle).text
    assert FOUND in admin_client.get(home).text

    assert admin_client.post(settle, {"reason": "Our script; it is gone"}).url == lists
    assert (noted(events.MISMATCH_SETTLED), evidence()) == ([alarm.pk], "pass")
    assert "Our script; it is gone" in admin_client.get(lists).text
    assert FOUND not in admin_client.get(home).text

    ask("write")
    work()
    assert (refused().count(), len(told()), evidence()) == (2, 2, "warn")
