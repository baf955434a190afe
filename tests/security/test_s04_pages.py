"""S-04: the pages of outsiders leak no link, neither in headers nor in logs nor in reports."""

import io
import logging

import pytest
from django.core import mail
from django.test import Client
from django.utils.log import AdminEmailHandler

from tests.public import visits
from wagtail_contracts.redaction import RedactingFormatter
from wagtail_contracts.signing import flows as signing


@pytest.fixture
def log():
    """All that Django and we write, as a site that follows the documentation writes it."""
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(RedactingFormatter())
    loggers = [logging.getLogger(name) for name in ("django", "wagtail_contracts")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def reports(settings):
    """What administrators get by mail when something crashes, the long form."""
    settings.ADMINS = [("Admin", "admin@eksempel.example")]
    settings.DEBUG = False
    logger, handler = logging.getLogger("django.request"), AdminEmailHandler(include_html=True)
    handler.setLevel("ERROR")
    logger.addHandler(handler)
    yield mail.outbox
    logger.removeHandler(handler)


def words(reports):
    """All that the reports say, plain and with markup."""
    parts = [content for report in reports for content, _kind in report.alternatives]
    return "".join([report.body for report in reports] + parts)


def broken(*args, **kwargs):
    raise RuntimeError("the database is on fire")


def test_no_page_names_its_address_to_others(sent, settings):
    client = visits.enter(sent.kari)
    ours = settings.WAGTAIL_CONTRACTS["CONTRACTS"]["PUBLIC_BASE_URL"]  # is printed for its reader

    for address in (visits.landing(sent.kari), visits.page("contract", sent.kari), "/verify/"):
        answer = client.get(address)
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["Cache-Control"] == "no-store, private"
        assert answer["X-Robots-Tag"].startswith("noindex")
        said = answer.content.decode().replace("http://testserver", "").replace(ours, "")
        assert "http://" not in said
        assert "https://" not in answer.content.decode()


def test_the_log_of_a_journey_with_a_404_and_a_crash_holds_no_secret(sent, log, monkeypatch):
    link, client = visits.landing(sent.kari), Client(raise_request_exception=False)
    client.post(link)
    assert client.get(f"{link}nothing/").status_code == 404
    monkeypatch.setattr(signing, "admit", broken)
    assert client.post(link).status_code == 500

    written = log.stream.getvalue()
    assert "Traceback" in written
    assert "status=500" in written
    assert link.split("/")[2] not in written
    assert "kari@" not in written


def test_the_report_of_a_crash_in_the_exchange_holds_neither_link_nor_cookie(
    sent, reports, monkeypatch
):
    link, client = visits.landing(sent.kari), Client(raise_request_exception=False)
    client.post(link)
    cookie = client.cookies[f"c-{sent.kari.public_id}"].value
    monkeypatch.setattr("wagtail_contracts.signing.core.tokens.issue", broken)
    client.post(link)

    text = words(reports)
    assert "the database is on fire" in text
    for secret in (link.split("/")[2], cookie, "kari@customer.example"):
        assert secret not in text


def test_the_report_would_hold_it_without_the_protection(sent, reports, monkeypatch):
    from wagtail_contracts.signing.public.page import Page

    link, client = visits.landing(sent.kari), Client(raise_request_exception=False)
    monkeypatch.setattr(Page, "dispatch", Page.dispatch.__wrapped__)
    monkeypatch.setattr("wagtail_contracts.signing.core.tokens.issue", broken)
    client.post(link)

    assert link.split("/")[2] in words(reports)
