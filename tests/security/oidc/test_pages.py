"""The way by the pages: leave, come back to a page that does nothing by itself, and sign."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests import tables
from tests.public import visits
from tests.security.oidc import lies, visitor
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.signing.models import Identification, Signature, SignIn

pytestmark = pytest.mark.django_db
RETURN = "/c/return/bankid/"
SCANNERS = ("Mozilla/5.0 (compatible; bingbot/2.0)", "Slackbot-LinkExpanding 1.0", "curl/8.5")


@pytest.fixture
def browser(asked):
    return visits.enter(asked.kari)


def left(page):
    """Where a page leads to by itself."""
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    assert page.status_code == 200, page.content
    assert found
    return unescape(found[1])


def brought(address):
    """What the provider sends the browser back with."""
    parts = urlsplit(visitor.location(address))
    assert parts.path == RETURN
    return dict(parse_qsl(parts.query))


def agree(browser, person):
    """Press “I agree – sign with BankID”, log in there, and come back."""
    return brought(left(visits.agree(browser, person)))


def test_whoever_agrees_leaves_comes_back_and_has_signed(browser, asked):
    page = browser.get(visits.page("sign", asked.kari)).content.decode()
    assert "I agree – sign with BankID" in page
    assert "Sending the code" not in page
    answer = agree(browser, asked.kari)

    with tables.unchanged():
        back = browser.get(RETURN, answer)
    assert "You are back from BankID" in back.content.decode()
    assert "data-at-once" in back.content.decode()
    done = browser.post(RETURN, answer, follow=True)
    assert "You have signed" in done.content.decode()
    assert "with BankID" in done.content.decode()
    given = Signature.objects.get()
    assert (given.name, given.level) == ("Kari Nordmann", "advanced")
    assert given.identification.method == "bankid"


def test_looking_at_the_answer_uses_nothing_up(browser, asked):
    answer = agree(browser, asked.kari)
    with tables.unchanged():
        for agent in SCANNERS:
            for client in (Client(user_agent=agent), browser):
                for verb in ("get", "head", "options"):
                    assert getattr(client, verb)(RETURN, answer).status_code == 200

    assert browser.post(RETURN, answer).status_code == 303
    assert Signature.objects.count() == 1


def test_another_browser_signs_nothing_and_learns_nothing(browser, asked):
    answer, other = agree(browser, asked.kari), Client()
    for client in (other, visits.enter(asked.ola)):
        assert "BankID" not in client.get(RETURN, answer).content.decode()
        refused = client.post(RETURN, answer)
        assert refused.status_code == 409
        for name in ("code", "state"):
            assert answer[name] not in refused.content.decode()
    assert not Signature.objects.exists()

    browser.post(RETURN, answer)
    assert Signature.objects.count() == 1


def test_another_site_signs_nothing(browser, asked):
    answer = agree(browser, asked.kari)
    foreign = browser.post(RETURN, answer, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert not Signature.objects.exists()

    browser.post(RETURN, answer)
    assert Signature.objects.count() == 1


def test_the_same_answer_twice_signs_once(browser, asked):
    answer = agree(browser, asked.kari)
    browser.post(RETURN, answer)
    again = browser.post(RETURN, answer)

    assert again.status_code == 422
    assert "(used)" in again.content.decode()
    assert Signature.objects.count() == 1


def test_whoever_cancels_reads_so_and_may_begin_again(browser, asked):
    answer = agree(browser, asked.kari)
    cancelled = {"state": answer["state"], "iss": answer["iss"], "error": "access_denied"}
    page = browser.post(RETURN, cancelled)

    assert page.status_code == 422
    assert "BankID was cancelled. Nothing is signed." in page.content.decode()
    assert visits.page("sign", asked.kari) in page.content.decode()
    browser.post(RETURN, agree(browser, asked.kari))
    assert Signature.objects.count() == 1


def test_somebody_else_is_shown_two_names_and_no_more(browser, asked, op):
    op.twist = lies.claim(name="Somebody Else", nnin="01018510002")
    page = browser.post(RETURN, agree(browser, asked.kari)).content.decode()
    assert "BankID says you are Somebody Else; this contract is for Kari Nordmann." in page
    assert "01018510002" not in page
    assert not Signature.objects.exists()

    op.twist = None
    browser.post(RETURN, agree(browser, asked.kari))
    assert Signature.objects.count() == 1


def test_a_lie_is_told_by_the_check_that_it_failed(browser, asked, op):
    op.twist = lies.claim(acr="low")
    page = browser.post(RETURN, agree(browser, asked.kari))
    assert page.status_code == 422
    assert "(level)" in page.content.decode()
    assert not Signature.objects.exists()


def test_a_changed_text_is_not_signed(browser, asked):
    answer = agree(browser, asked.kari)
    more = {**visits.TYPED, "a-remarks": "Later, please.", "do": "review"}
    browser.post(visits.page("answers", asked.kari), {**visits.shown(asked.kari), **more})
    page = browser.post(RETURN, answer)

    assert page.status_code == 409
    assert not Signature.objects.exists()
    browser.post(RETURN, agree(browser, asked.kari))
    assert Signature.objects.count() == 1


def test_a_service_that_is_down_is_told_before_anybody_leaves(browser, asked, op):
    op.said = {"issuer": "https://evil.example"}
    page = visits.agree(browser, asked.kari)
    assert page.status_code == 422
    assert "can’t be used now" in page.content.decode()

    op.said = {}
    assert left(visits.agree(browser, asked.kari))


@pytest.fixture
def closed(answered, bankid):
    """Kari opens by BankID."""
    with unguarded():
        Participant.objects.filter(pk=answered.kari.pk).update(opens_by="bankid")
    return answered


def test_whoever_opens_by_it_reads_after_it(closed):
    browser = visits.enter(closed.kari)
    contract = visits.page("contract", closed.kari)
    gate = browser.get(contract)["Location"]
    assert "Go to BankID" in browser.get(gate).content.decode()
    answer = brought(left(browser.post(gate, {"do": "leave"})))

    assert "Read the contract" in browser.get(RETURN, answer).content.decode()
    assert browser.post(RETURN, answer)["Location"] == contract
    assert browser.get(contract).status_code == 200
    assert Identification.objects.get().purpose == "opening"


def test_it_leads_back_to_the_page_that_one_was_going_to(closed):
    for name in ("sign", "threads"):
        browser, wanted = visits.enter(closed.kari), f"{visits.page(name, closed.kari)}?a=b"
        gate = browser.get(wanted)["Location"]
        answer = brought(left(browser.post(gate, {"do": "leave"})))
        assert "to" not in answer
        assert browser.post(RETURN, answer)["Location"] == wanted
        assert browser.get(wanted).status_code == 200


@pytest.mark.parametrize("place", ["//evil.example/", "changes/../../../admin/", "state/"])
def test_no_place_leads_away_from_the_pages_of_the_same_person(closed, place):
    browser, contract = visits.enter(closed.kari), visits.page("contract", closed.kari)
    gate = f"{visits.page('identify', closed.kari)}?{urlencode({'to': place})}"
    answer = brought(left(browser.post(gate, {"do": "leave"})))
    assert SignIn.objects.get().place == ""
    SignIn.objects.update(place=place)  # however it came there

    asked = {**answer, "to": place, "place": place, "next": place}
    assert browser.post(f"{RETURN}?{urlencode({'to': place})}", asked)["Location"] == contract


def test_the_page_of_somebody_else_is_not_led_to(closed):
    kari, theirs = closed.kari, f"../{closed.ola.public_id}/sign/"
    for place, led in ((theirs, "contract"), ("sign/", "sign")):
        browser = visits.enter(kari)
        gate = f"{visits.page('identify', kari)}?{urlencode({'to': place})}"
        answer = brought(left(browser.post(gate, {"do": "leave"})))
        assert browser.post(RETURN, answer)["Location"] == visits.page(led, kari)


def test_the_address_is_the_same_for_all_contracts():
    assert reverse("wagtail_contracts:return", args=["bankid"]) == RETURN


def test_without_what_was_affirmed_one_affirms_again(browser, asked):
    answer = agree(browser, asked.kari)
    for name in [name for name in browser.cookies if name.endswith("-act")]:
        del browser.cookies[name]
    page = browser.post(RETURN, answer)
    assert page["Location"] == visits.page("sign", asked.kari)
    assert not Signature.objects.exists()

    # What was shown is good for ten minutes, so the button signs by now.
    again = browser.get(page["Location"]).content.decode()
    assert "You showed who you are with BankID" in again
