"""Reports of abuse: by anybody, to the administrators and the trail; nobody learns by it."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import mails, tables
from tests.public import visits
from tests.public.markup import faults, read
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.signing.flows import alerting
from wagtail_contracts.signing.models import Invitation

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = reverse("wagtail_contracts:report")
SAID = {"kind": "fraud", "words": "They want\nmoney.", "about": "S-1", "email": "k@kunde.example"}
NOBODY = f"/c/{'x' * 43}/report/"
BOSS = "boss@eksempel.example"


@pytest.fixture(autouse=True)
def boss(db):
    """A superuser, who is told where the settings name nobody; one more who has left."""
    make = get_user_model().objects.create_superuser
    make("left", "left@eksempel.example", "x", is_active=False)
    return make("boss", BOSS, "x")


def link(person):
    return f"{visits.landing(person)}report/"


def send(place=REPORT, client=None, **changes):
    return (client or Client()).post(place, {**SAID, **changes})


def letters():
    mail.outbox.clear()
    return [one for one in mails.sent() if "Abuse reported" in one.subject]


def reported():
    return list(Event.objects.of(alerting.TRAIL).named("abuse.reported"))


def test_landing_and_help_lead_to_it_and_the_landing_still_has_one_button(sent):
    place = visits.landing(sent.kari)
    page = Client().get(place).content.decode()
    assert f'href="{place}report/?language=en"' in page
    assert page.count("<button") == page.count("<form") == 1
    help_page = Client().get(reverse("wagtail_contracts:help"), {"language": "nb"})
    assert f'href="{REPORT}?language=nb"' in help_page.content.decode()
    mine = visits.enter(sent.kari).get(visits.page("my_help", sent.kari)).content.decode()
    assert f'href="{REPORT}?language=en&amp;of={sent.kari.public_id}"' in mine


def test_a_report_by_a_link_reaches_the_administrators_and_the_trail(sent):
    mails.forget()
    answer = send(link(sent.kari))
    assert (answer.status_code, faults(answer.content)) == (200, [])
    [event] = reported()
    assert event.data == {"kind": "fraud", "participant": sent.kari.public_id}
    assert event.disclosures["words"] == "They want\nmoney."
    assert "money" not in event.record
    [letter] = letters()
    assert (letter.to, letter.reply_to) == ([BOSS], ["k@kunde.example"])
    for said in ("I think that this is a fraud", "They want money.", "S-1", sent.contract.number):
        assert said in letter.body
    assert sent.contract.title not in letter.body
    assert mails.swallowed(letter) == []
    assert f"/admin/contracts/inspect/{sent.contract.pk}/" in letter.body


def test_the_sender_and_the_workspace_are_told_nothing(sent):
    mails.forget()
    place = link(sent.kari)
    before = Event.objects.exclude(trail__key=alerting.TRAIL).count()
    send(place)
    assert [one.to for one in mails.sent()] == [[BOSS]]
    assert Event.objects.exclude(trail__key=alerting.TRAIL).count() == before


def test_a_report_from_a_page_that_is_open_names_its_contract(sent):
    mine = f"{REPORT}?of={sent.kari.public_id}"
    send(mine, visits.enter(sent.kari))
    send(mine)  # another browser knows the name alone
    assert [one.data["participant"] for one in reported()] == [sent.kari.public_id, ""]


def test_known_unknown_and_dead_links_have_one_answer(sent):
    dead = link(sent.kari)
    Invitation.objects.update(revoked_at=timezone.now())
    places = [link(sent.kari), NOBODY, dead, REPORT, f"{REPORT}?of={'N' * 22}"]
    asked = [Client().get(place) for place in places]
    assert {one.status_code for one in asked} == {200}
    assert len({read(one.content).text for one in asked}) == 1
    told = [send(place) for place in places]
    assert {one.status_code for one in told} == {200}
    assert len({read(one.content).text for one in told}) == 1
    known = [sent.kari.public_id, "", sent.kari.public_id, "", ""]
    assert [one.data["participant"] for one in reported()] == known


@pytest.mark.parametrize(
    "over",
    [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}],
    ids=lambda over: [*over],
)
def test_a_report_by_a_link_that_is_over_names_its_contract_and_is_nobodys_act(sent, over):
    mails.forget()
    place = link(sent.kari)
    send(place)
    Invitation.objects.update(**over)
    send(place)
    live, dead = reported()
    assert live.data == dead.data
    assert (live.actor_kind, dead.actor_kind) == ("participant", "system")
    assert [sent.contract.number in letter.body for letter in letters()] == [True, True]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": ""}, "Choose what is wrong."),
        ({"kind": "nice"}, "Choose what is wrong."),
        ({"kind": "other", "words": " "}, "Say what is wrong."),
        ({"words": "x" * 2001}, "Use at most 2000 characters."),
        ({"about": "x" * 201}, "Use at most 200 characters."),
        ({"email": "kari"}, "Enter an e-mail address"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "Enter an e-mail address"),
    ],
)
def test_what_is_no_report_is_said_and_stays_in_the_form(changes, said):
    with tables.unchanged():
        answer = send(**changes)
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (422, True)
    if "words" not in changes:
        assert "They want\nmoney.</textarea>" in page
    assert send().status_code == 200


def test_least_is_enough(sent):
    assert Client().post(link(sent.kari), {"kind": "unknown"}).status_code == 200
    [event] = reported()
    assert set(event.disclosures) >= {"network"}
    assert not {"words", "about", "email"} & set(event.disclosures)


def test_reports_are_limited_by_network_aloud_and_their_mails_in_all_in_silence(monkeypatch):
    moment = timezone.now().replace(minute=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    most = alerting.REPORTS_AN_HOUR
    assert [send().status_code for _turn in range(most + 1)] == [200] * most + [429]
    for number in range(alerting.MAILS_AN_HOUR):
        assert Client(REMOTE_ADDR=f"192.0.2.{number}").post(REPORT, SAID).status_code == 200
    assert len(reported()) == most + alerting.MAILS_AN_HOUR
    assert len(letters()) == alerting.MAILS_AN_HOUR


def test_the_settings_name_who_is_told(settings):
    named = {"ADMINISTRATORS": ["abuse@eksempel.example"]}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": named}
    mails.forget()
    send()
    assert [one.to for one in letters()] == [["abuse@eksempel.example"]]


def test_where_nobody_can_be_told_the_log_says_so_and_the_trail_has_it(boss, caplog):
    boss.delete()
    mails.forget()
    send()
    assert letters() == []
    assert "no administrator has an address" in caplog.text
    assert len(reported()) == 1


def test_a_report_ends_nothing(sent):
    place = link(sent.kari)
    with tables.unchanged(but=("_ratewindow", "_event", "_trail", "_disclosure", "_message")):
        send(place)
    contracts.withdraw(sent.contract, "No.", by=sent.owner)
    assert send(link(sent.kari)).status_code == 200
