"""Help for signers, in our words and a workspace's own; a new link for whoever lost theirs."""

import re
from dataclasses import replace

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import builders, mails, tables
from tests.public import visits
from tests.public.markup import faults, read
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.errors import TextRefused
from wagtail_contracts.contracts.models import WorkspaceText, digests_of
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.flows import losing
from wagtail_contracts.signing.models import Invitation, RateWindow

pytestmark = pytest.mark.django_db(transaction=True)
HELP, LOST = reverse("wagtail_contracts:help"), reverse("wagtail_contracts:lost")
PARTS = ["genuine", "binding", "lost", "wrong", "stored"]
VALUE = re.compile(r"'[^']*'|\b\d+\b")
HEADINGS = {"en": "Is this genuine?", "nb": "Er dette ekte?", "nn": "Er dette ekte?"}


def anchors(found):
    return [section["id"] for section in found.all("section")]


def _end_links(person):
    Invitation.objects.filter(participant=person).update(revoked_at=timezone.now())


def _withdraw(sent):
    contracts.withdraw(sent.contract, "No.", by=sent.owner)


def ask(email, **more):
    return Client().post(LOST, {"email": email}, **more)


@pytest.mark.parametrize("language", HEADINGS)
def test_everybody_reads_the_general_help_in_a_language_of_the_site(client, language):
    answer = client.get(HELP, {"language": language})
    found = read(answer.content)
    assert (answer.status_code, answer["Content-Language"]) == (200, language)
    assert (found.all("html")[0]["lang"], anchors(found)) == (language, PARTS)
    assert HEADINGS[language] in found.text
    assert faults(answer.content) == []


def test_an_unknown_language_is_the_one_of_the_browser(client):
    answer = client.get(HELP, {"language": "xx"}, headers={"Accept-Language": "nb"})
    assert answer["Content-Language"] == "nb"


def test_a_participant_reads_the_words_of_the_workspace_and_the_rest_in_ours(sent, sales):
    contracts.write_text(sales, "help_wrong", "en", "Not you?", "Call 22 33 44 55.", by=SYSTEM)
    browser = visits.enter(sent.kari)
    mine = read(browser.get(visits.page("my_help", sent.kari)).content)
    assert ("Call 22 33 44 55." in mine.text, anchors(mine)) == (True, PARTS)
    assert "Is this genuine?" in mine.text
    general = read(Client().get(HELP, {"language": "en"}).content)
    assert ("Call 22 33 44 55." in general.text, "Not you?" in general.text) == (False, False)
    contracts.write_text(sales, "help_wrong", "en", "", "", by=SYSTEM)
    assert not WorkspaceText.objects.exists()


def test_the_help_says_nothing_of_the_contract(sent):
    browser = visits.enter(sent.kari)
    page = browser.get(visits.page("my_help", sent.kari)).content.decode()
    title = sent.contract.title
    assert (title in page, sent.contract.number in page) == (False, False)
    assert title in browser.get(visits.page("contract", sent.kari)).content.decode()


def test_each_page_leads_to_the_help(sent):
    mine = visits.page("my_help", sent.kari)
    browser = visits.enter(sent.kari)
    for name in ("contract", "my_help", "decline"):
        assert f'href="{mine}"' in browser.get(visits.page(name, sent.kari)).content.decode()
    general = f'href="{HELP}?language=en'
    places = (
        visits.landing(sent.kari),
        reverse("wagtail_contracts:verify"),
        visits.page("contract", sent.kari),
    )
    for address in places:  # the last without a session: the page that says "not found"
        assert general in Client().get(address).content.decode(), address


def test_in_help_nothing_stands_for_something(sales):
    with tables.unchanged(), pytest.raises(TextRefused):
        contracts.write_text(sales, "help_lost", "en", "Lost?", "It is {title}.", by=SYSTEM)
    contracts.write_text(sales, "invitation", "en", "Lost?", "It is {title}.", by=SYSTEM)
    contracts.write_text(sales, "help_lost", "en", "Lost?", "It is lost.", by=SYSTEM)
    assert WorkspaceText.objects.count() == 2


def test_whoever_lost_the_link_gets_a_new_one_and_nobody_learns_whether(sent):
    mails.sent()
    mail.outbox.clear()
    known, unknown = ask(sent.kari.email.upper()), ask("nobody@kunde.example")
    assert (known.status_code, unknown.status_code) == (200, 200)
    words = [read(answer.content).text for answer in (known, unknown)]
    assert words[0] == words[1]
    (letter,) = mails.sent()
    assert (letter.to, letter.subject) == (
        [sent.kari.email],
        f"Your new link to {sent.contract.title}",
    )


def test_a_link_that_opens_nothing_has_the_form_at_once(sent):
    mails.sent()
    mail.outbox.clear()
    browser = Client(enforce_csrf_checks=True)
    with tables.unchanged():
        page = browser.get(f"/c/{'x' * 43}/")
    found = read(page.content)
    assert (page.status_code, faults(page.content), dict(browser.cookies)) == (404, [], {})
    (form,) = found.all("form")
    assert (form["method"], form["action"]) == ("post", f"{LOST}?language=en")
    typed = {"email": sent.kari.email}
    with tables.unchanged():
        foreign = browser.post(form["action"], typed, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert browser.post(form["action"], typed).status_code == 200
    assert [letter.to for letter in mails.sent()] == [[sent.kari.email]]


def test_asking_costs_the_same_whether_an_address_is_known_or_not(sent, template, sender):
    """The same statements, but for what stands in them: known, ours, unknown, strange but valid."""
    asked = [sent.kari.email, sender.email, "nobody@kunde.example", '"a@b"@kunde.example']
    made = []
    for place, email in enumerate(asked):
        with CaptureQueriesContext(connection) as found:
            assert ask(email, REMOTE_ADDR=f"192.0.2.{place}").status_code == 200
        made.append([VALUE.sub("?", query["sql"]) for query in found])
    assert [len(one) for one in made] == [len(made[0])] * len(asked)
    assert made == [made[0]] * len(asked)
    assert any("outbox_message" in said for said in made[0])
    assert not [said for said in made[0] if "participant" in said or "searchtext" in said]


def test_no_row_keeps_an_address_that_was_typed(sent):
    mails.sent()
    asked = [sent.kari.email, "nobody@kunde.example"]
    for email in asked:
        ask(email)
    waiting = Message.objects.filter(topic=events.LINKS_DUE)
    assert all(
        message.keys["address"] == " ".join(digests_of(email))
        for message, email in zip(waiting.order_by("pk"), asked, strict=True)
    )
    mails.sent()
    assert [message.keys for message in waiting] == [{}, {}]
    mail.outbox.clear()
    waiting.update(done_at=None)  # a worker died before it marked them
    assert mails.sent() == []


def test_a_new_key_takes_no_new_link_from_anybody(sent, settings):
    mails.sent()
    mail.outbox.clear()
    keys = [Fernet.generate_key().decode(), *settings.WAGTAIL_CONTRACTS["KEYS"]]
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "KEYS": keys}
    ask(sent.kari.email)
    assert [letter.to for letter in mails.sent()] == [[sent.kari.email]]


def test_no_new_link_of_what_was_withdrawn_or_to_whose_links_were_ended(sent):
    for end in (lambda: _end_links(sent.kari), lambda: _withdraw(sent)):
        mails.sent()
        mail.outbox.clear()
        assert ask(sent.kari.email).status_code == 200
        assert len(mails.sent()) == 1
        end()
        mails.forget()
        assert ask(sent.kari.email).status_code == 200
        assert mails.sent() == []
        visits.landing(sent.kari)  # a link again
        RateWindow.objects.all().delete()


def _send(template, sender, parties):
    draft = builders.contract(template, sender, parties=parties)
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    mails.sent()
    mail.outbox.clear()


def test_new_links_go_to_nobody_beside(template, sender):
    ours, theirs = builders.parties(sender)
    both = [*theirs.people, contracts.PersonDraft("Per Hansen", "per@customer.example")]
    _send(template, sender, [ours, replace(theirs, people=both)])
    assert ask("per@customer.example").status_code == 200
    assert [letter.to for letter in mails.sent()] == [["per@customer.example"]]


def test_of_our_own_staff_only_who_cannot_enter_the_admin_gets_a_new_link(template, sender, sales):
    """Vidar was sent a link as long as he could not open the contract in the admin."""
    vidar = builders.staff("vidar", sales, ("view",))
    vidar.groups.get().permissions.clear()
    _send(template, sender, builders.parties(vidar))
    assert ask(vidar.email).status_code == 200
    (letter,) = mails.sent()
    assert (letter.to, "/c/" in letter.body) == ([vidar.email], True)
    vidar.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    mail.outbox.clear()
    assert ask(vidar.email).status_code == 200
    assert mails.sent() == []


def test_what_is_no_address_is_said_and_stays_in_the_form():
    with tables.unchanged():
        answer = ask("kari")
    found = read(answer.content)
    (control,) = [one for one in found.all("input") if one.get("name") == "email"]
    assert (answer.status_code, control["value"], control["aria-invalid"]) == (422, "kari", "true")


def test_new_links_are_limited_by_mailbox_in_silence_and_by_network_aloud(sent, monkeypatch):
    moment = timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    mails.sent()
    mail.outbox.clear()
    answers = [ask(sent.kari.email) for _turn in range(losing.MAILED_AN_HOUR + 1)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({read(answer.content).text for answer in answers}) == 1
    assert len(mails.sent()) == losing.MAILED_AN_HOUR
    left = losing.ASKED_AN_HOUR - len(answers)
    assert [ask("a@b.example").status_code for _turn in range(left + 1)] == [200] * left + [429]
    assert ask("a@b.example", REMOTE_ADDR="192.0.2.7").status_code == 200
