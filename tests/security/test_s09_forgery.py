"""S-09: no fixation, no forged requests, no framing."""

import re

import pytest
from django.test import Client

from tests import mails, tables
from tests.public import visits
from wagtail_contracts.signing.models import SigningSession

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORMS = {  # name of a page: what its form sends, and how that is answered
    "contract": ({"quietly": "1"}, 204),
    "answers": ({**visits.TYPED, "do": "save"}, 303),
    "sign": ({"name": "Kari"}, 303),
    "code": ({"code": "000000"}, 303),
    "decline": ({"kind": "price"}, 303),
    "sealed": ({}, 303),
}


@pytest.fixture
def strict(answered):
    """A browser that Django does not trust just because a test drives it."""
    client, link = Client(enforce_csrf_checks=True), visits.landing(answered.kari)
    token = TOKEN.search(client.get(link).content.decode())[1]
    assert client.post(link, {"csrfmiddlewaretoken": token}).status_code == 303
    return client


def token(client, participant):
    """The token of a form on one of the pages."""
    return TOKEN.search(client.get(visits.page("decline", participant)).content.decode())[1]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_without_its_token_is_refused_and_with_it_accepted(strict, answered, name):
    given, status = FORMS[name]
    form, address = {**visits.shown(answered.kari), **given}, visits.page(name, answered.kari)
    proof = {"csrfmiddlewaretoken": token(strict, answered.kari)}

    with tables.unchanged():
        refused = strict.post(address, form)
    assert refused.status_code == 403
    assert "Nothing was stored" in refused.content.decode()
    assert refused["X-Frame-Options"] == "DENY"
    assert strict.post(address, {**form, **proof}).status_code == status


@pytest.mark.parametrize("address", ["landing", "verify"])
def test_so_are_the_forms_that_anybody_may_send(answered, address):
    known = {"landing": visits.landing(answered.kari), "verify": "/verify/"}[address]
    client = Client(enforce_csrf_checks=True)
    proof = {"csrfmiddlewaretoken": TOKEN.search(client.get(known).content.decode())[1]}

    with tables.unchanged():
        assert client.post(known).status_code == 403
    assert client.post(known, proof).status_code in (303, 422)


@pytest.mark.parametrize("name", FORMS)
def test_what_another_site_sends_is_refused_even_with_a_token(strict, answered, name):
    given, status = FORMS[name]
    proof = {"csrfmiddlewaretoken": token(strict, answered.kari)}
    form = {**visits.shown(answered.kari), **given, **proof}
    address = visits.page(name, answered.kari)

    with tables.unchanged():
        foreign = strict.post(address, form, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    ours = strict.post(address, form, headers={"sec-fetch-site": "same-origin"})
    assert ours.status_code == status


def test_a_site_without_the_middleware_is_protected_all_the_same(answered, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "Csrf" not in name]
    client, link = Client(enforce_csrf_checks=True), visits.landing(answered.kari)
    client.get(link)

    with tables.unchanged():
        assert client.post(link).status_code == 403


def test_a_planted_cookie_is_not_honoured(answered):
    victim = Client()
    victim.cookies[f"c-{answered.kari.public_id}"] = "A" * 43
    visits.enter(answered.kari, victim)
    attacker = Client()
    attacker.cookies[f"c-{answered.kari.public_id}"] = "A" * 43

    assert attacker.get(visits.page("contract", answered.kari)).status_code == 404
    assert victim.get(visits.page("contract", answered.kari)).status_code == 200


def test_the_secret_is_new_after_the_exchange_and_after_the_code(answered):
    client = visits.enter(answered.kari)
    name = f"c-{answered.kari.public_id}"
    first = client.cookies[name].value
    visits.agree(client, answered.kari)
    mails.sent()
    client.post(visits.page("code", answered.kari), {"code": visits.code()})
    second = client.cookies[name].value

    assert second != first
    assert client.get(visits.page("done", answered.kari)).status_code == 200
    stale = Client()
    stale.cookies[name] = first
    assert stale.get(visits.page("contract", answered.kari)).status_code == 404
    assert SigningSession.objects.count() == 1


def test_no_page_can_be_framed(answered):
    client = visits.enter(answered.kari)
    for address in (visits.landing(answered.kari), visits.page("sign", answered.kari), "/verify/"):
        answer = client.get(address)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
