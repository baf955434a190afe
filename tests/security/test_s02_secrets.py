"""S-02: no secret of a link, a cookie or a code stands in any row or log line."""

import logging
import re

import pytest
from django.core import mail
from django.test import Client

from tests import mails, tables
from tests.public import visits
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/c/([A-Za-z0-9_-]{43})/")
CODE = re.compile(r"^(\d{6}) is your code")


class Browser(Client):
    """Remembers every cookie that it was ever given."""

    def __init__(self):
        super().__init__()
        self.secrets = set()

    def request(self, **request):
        answer = super().request(**request)
        self.secrets |= {cookie.value for cookie in self.cookies.values() if cookie.value}
        return answer


@pytest.fixture
def journey(sent, caplog):
    """From the mail to the sealed file through the doors; gives all secrets and the log."""
    caplog.set_level(logging.DEBUG)
    browsers = []
    for participant in (sent.kari, sent.ola):
        browser = Browser()
        browsers.append(browser)
        visits.enter(participant, browser)
        if participant == sent.kari:
            visits.answer(browser, participant)
        visits.sign(browser, participant)
        browser.get("/c/" + "A" * 43 + "/")
    mails.sent()
    assert Contract.objects.get().state == "signed"
    links = {found for letter in mail.outbox for found in LINK.findall(letter.body)}
    codes = {found for letter in mail.outbox for found in CODE.findall(letter.subject)}
    cookies = {secret for browser in browsers for secret in browser.secrets}
    assert len(codes) == 2
    assert len(links) >= 2
    assert len([cookie for cookie in cookies if len(cookie) == 43]) >= 4
    return links, cookies, codes, caplog.text


def test_no_row_holds_a_secret(journey):
    links, cookies, codes, _log = journey
    everything = tables.texts()

    assert "Kari Nordmann" in everything
    assert [secret for secret in links | cookies if secret in everything] == []
    # Six digits may stand in a number or a digest by chance, alone they stand for a code.
    alone = re.compile("|".join(rf"(?<![0-9a-zA-Z.]){code}(?![0-9a-zA-Z])" for code in codes))
    assert alone.findall(everything) == []


def test_no_log_line_holds_a_secret(journey):
    links, cookies, codes, log = journey

    assert log
    assert [secret for secret in links | cookies | codes if secret in log] == []


def test_what_leaves_in_the_evidence_holds_no_secret(journey):
    links, cookies, codes, _log = journey
    trail = repr(audit.excerpt(Contract.objects.get().trail))

    assert [secret for secret in links | cookies | codes if secret in trail] == []


def test_the_dump_would_find_a_secret(sent):
    """The same look finds what does stand in a row, encrypted or not."""
    secret = signing.invite(sent.kari, by=SYSTEM)
    assert secret not in tables.texts()

    sent.sender.last_name = secret
    sent.sender.save()
    assert secret in tables.texts()
    assert "kari@customer.example" in tables.texts()  # encrypted in its column
