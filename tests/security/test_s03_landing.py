"""S-03: the page behind a link has one button and shows nothing; contracts never mix."""

import re

import pytest
from django.test import Client

from tests import builders, mails, tables
from tests.journeys import stage
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import AnswerDraft
from wagtail_contracts.signing.models import SigningSession

SCANNERS = ("Slackbot-LinkExpanding 1.0", "SafeLinks/1.0", "facebookexternalhit/1.1", "curl/8.0")


@pytest.fixture
def other(template, sender):
    """Another contract, with people of its own."""
    draft = builders.contract(template, sender, title="Support 2027")
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return stage(draft, sender)


def test_fifty_looks_of_scanners_leave_the_link_usable(sent):
    link = visits.landing(sent.kari)

    with tables.unchanged():
        for number in range(50):
            agent = SCANNERS[number % len(SCANNERS)]
            assert Client(headers={"user-agent": agent}).get(link).status_code == 200

    assert Client().post(link).status_code == 303


def test_the_landing_shows_who_sent_it_and_one_button_and_nothing_else(sent):
    page = Client().get(visits.landing(sent.kari)).content.decode()

    assert "Eksempel AS" in page
    assert page.count("<button") == page.count("<form") == 1
    for secret in ("Hosting 2027", "Kari", "customer.example", "Customer AS", "og:", "5300"):
        assert secret not in page
    assert 'name="robots" content="noindex' in page


def test_the_exchange_leads_to_an_address_without_the_secret(sent):
    client, link = Client(), visits.landing(sent.kari)
    answer = client.post(link)

    secret = link.split("/")[2]
    assert secret not in answer["Location"]
    assert secret not in answer.cookies.output()
    assert client.get(answer["Location"]).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(sent):
    client = Client()
    answer = client.post(visits.landing(sent.kari), secure=True)
    (cookie,) = [found for name, found in answer.cookies.items() if name.startswith("__Host-")]

    assert cookie.key == f"__Host-c-{sent.kari.public_id}"
    assert cookie["secure"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Lax", "/", "")
    assert 0 < cookie["max-age"] <= 12 * 3600


def test_without_https_the_cookie_goes_without_the_prefix_that_browsers_would_refuse(sent):
    answer = Client().post(visits.landing(sent.kari))
    (cookie,) = [found for name, found in answer.cookies.items() if name.startswith("c-")]

    assert not cookie["secure"]
    assert cookie["httponly"]


def test_two_contracts_in_one_browser_never_mix(sent, other):
    client = visits.enter(other.kari, visits.enter(sent.kari))
    form = {**visits.shown(sent.kari), **visits.TYPED, "do": "save"}
    client.post(visits.page("answers", sent.kari), form)

    assert [draft.participant for draft in AnswerDraft.objects.all()] == [sent.kari]
    assert "Support 2027" in client.get(visits.page("contract", other.kari)).content.decode()
    assert "Hosting 2027" in client.get(visits.page("contract", sent.kari)).content.decode()


def test_the_cookie_of_one_opens_nothing_of_another(sent, other):
    client = visits.enter(sent.kari)
    secret = client.cookies[f"c-{sent.kari.public_id}"].value
    thief = Client()
    thief.cookies[f"c-{other.kari.public_id}"] = secret

    with tables.unchanged():
        assert thief.get(visits.page("contract", other.kari)).status_code == 404
        assert thief.post(visits.page("answers", other.kari), visits.TYPED).status_code == 404
    assert client.get(visits.page("contract", sent.kari)).status_code == 200


def test_an_old_cookie_is_refused_once_its_browser_has_exchanged_again(sent):
    client = visits.enter(sent.kari)
    old = client.cookies[f"c-{sent.kari.public_id}"].value
    visits.enter(sent.kari, client)
    left_behind = Client()
    left_behind.cookies[f"c-{sent.kari.public_id}"] = old

    assert left_behind.get(visits.page("contract", sent.kari)).status_code == 404
    assert client.get(visits.page("contract", sent.kari)).status_code == 200
    assert SigningSession.objects.filter(ended_at=None).count() == 1


def test_a_link_leads_only_to_pages_that_it_may_name(sent):
    link = visits.landing(sent.kari)

    assert Client().post(f"{link}?to=changes")["Location"] == visits.page("changes", sent.kari)
    for elsewhere in ("//evil.example", "https://evil.example", "../../admin/", "sealed"):
        found = Client().post(f"{link}?to={elsewhere}")["Location"]
        assert found == visits.page("contract", sent.kari)


def test_links_in_mails_have_the_configured_host_whatever_host_the_sender_named(
    draft, sender, settings
):
    """S-33, at the door that sends: a forged Host header must not reach a mail."""
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(headers={"host": "evil.example"})
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    at = stage(draft, sender)
    client.post(visits.landing(at.kari))
    visits.answer(client, at.kari)
    visits.agree(client, at.kari)

    addresses = [link for letter in mails.sent() for link in mails.links(letter)]
    assert addresses
    assert {re.match(r"https?://([^/]+)", link)[1] for link in addresses} == {"127.0.0.1:8000"}
