"""The page about trust is read from the site as it is now; so is security.txt."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import StringIO

import pytest
from asn1crypto.pem import unarmor
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import identity, tables
from tests.public import visits
from tests.public.markup import faults, read
from tests.security import s18
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.sealing.backends.identity import make
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
TRUST, PEM = reverse("wagtail_contracts:trust"), reverse("wagtail_contracts:certificate")
TXT = "/.well-known/security.txt"
NOBODY = "no independent time"
STAMPER = {
    "NAME": "Tidsstempel AS",
    "PURPOSE": "confirms the time",
    "COUNTRY": "Norway",
    "URL": "https://tsa.example/policy",
    "SERVES": ["time"],
}
CHECK = {"en": "Check a signed PDF", "nb": "Kontroller en signert PDF"}
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(autouse=True)
def nothing_said(settings):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "TRUST_PAGE": {}}


def said(**query):
    answer = Client().get(TRUST, query)
    assert answer.status_code == 200
    return " ".join(unescape(TAG.sub(" ", answer.content.decode())).split())


def sealed_at(level):
    SealedFile.objects.create(
        subject="1" * 64,
        name="x",
        digest=level.ljust(64, "0"),
        size=1,
        pages=1,
        level=level,
        signer_fingerprint=signing.trust().seal.fingerprint,
        sealed_at=timezone.now(),
        generation=SealedFile.objects.count() + 1,
    )


@pytest.mark.parametrize("language", CHECK)
def test_everybody_reads_it_in_a_language_of_the_site(language):
    answer = Client().get(TRUST, {"language": language})
    assert answer["Content-Language"] == language
    found = read(answer.content)
    assert (found.all("html")[0]["lang"], CHECK[language] in found.text) == (language, True)
    assert faults(answer.content) == []


def test_a_new_certificate_is_another_page_and_another_file(section, tmp_path):
    before, file = said(), Client().get(PEM)
    make(tmp_path, "Andre AS")
    options = {"path": tmp_path / "seal.p12", "password_file": tmp_path / "seal.password"}
    section("SEALING", OPTIONS=options)
    after, other = said(), Client().get(PEM)
    assert ("O=Eksempel AS" in before, "O=Andre AS" in before) == (True, False)
    assert ("O=Eksempel AS" in after, "O=Andre AS" in after) == (False, True)
    for text, answer in ((before, file), (after, other)):
        digest = fingerprint(answer.content)
        assert digest in text.replace(" ", "")
        assert answer["Content-Disposition"] == 'attachment; filename="seal.pem"'
    assert file.content != other.content


def fingerprint(pem):
    """As OpenSSL would make it."""
    return hashlib.sha256(unarmor(pem)[2]).hexdigest()


def test_where_nothing_seals_it_says_so_and_names_no_path(section, tmp_path):
    section("SEALING", OPTIONS={"path": tmp_path / "gone.p12"})
    text = said()
    assert "Nothing can be sealed at the moment." in text
    assert Client().get(PEM).status_code == 404
    assert str(tmp_path) not in text
    assert "gone.p12" not in text


def test_the_level_that_was_reached_last_is_shown(section):
    assert "Nothing was sealed with it yet." in said()
    sealed_at("B-B")
    assert "Reached last B-B" in said()
    sealed_at("B-LTA")
    assert "Reached last B-LTA" in said()


def test_the_level_of_another_certificate_is_not_shown(section, tmp_path):
    sealed_at("B-B")
    assert "Reached last B-B" in said()
    make(tmp_path, "Andre AS")
    options = {"path": tmp_path / "seal.p12", "password_file": tmp_path / "seal.password"}
    section("SEALING", OPTIONS=options)
    assert "Reached last Nothing was sealed with it yet." in said()


def test_who_confirms_the_time_is_named_once_a_seal_holds_it(section, tmp_path):
    assert (NOBODY in said(), "Tidsstempel" in said()) == (True, False)
    section("TRUST_PAGE", PROCESSORS=[STAMPER])
    sealed_at("B-B")
    assert NOBODY in said()
    roots = [tmp_path / "root.pem"]
    section("SEALING", LEVEL="B-T", TIMESTAMP="http://tsa.example/", TIMESTAMP_TRUST=roots)
    assert NOBODY in said()
    assert "An authority at tsa.example is asked, and stands in no seal yet." in said()
    sealed_at("B-T")
    assert NOBODY not in said()
    assert "is confirmed by a time-stamping authority at tsa.example." in said()
    assert "Who confirms the time for us: Tidsstempel AS (tsa.example)" in said()
    section("TRUST_PAGE", PROCESSORS=[{**STAMPER, "NAME": "Annen Tid AS"}])
    assert "Who confirms the time for us: Annen Tid AS" in said()
    section("SEALING", LEVEL="B-B")
    assert "Level that is wanted B-B" in said()
    assert "in the last seal. None is asked any more." in said()


def test_each_full_check_is_a_new_day_on_the_page(sent):
    assert "Last full check None yet." in said()
    call_command("contracts_check", "--contract", sent.contract.number, stdout=StringIO())
    assert "Last full check None yet." in said()
    signing.note_check(3, 0, 1, by=SYSTEM)
    whole = said()
    assert "whole" in whole
    signing.note_check(3, 2, 0, by=SYSTEM)
    assert "Something was not as it should be." in said()
    assert "Something was not as it should be." not in whole


def test_the_command_records_what_it_found(sent):
    with tables.unchanged(but=("audit_event", "audit_trail")):
        code, (counts,) = s18.said()
    (event,) = Event.objects.of("site")
    assert (code, event.name) == (0, events.SITE_CHECKED)
    assert event.data == {"contracts": 1, "damages": 0, "warnings": 0}
    assert counts == "contracts: 1, damages: 0, warnings: 0."
    assert s18.said()[0] == 0  # its own trail is whole, too


def test_processors_are_named_with_purpose_and_country(section):
    assert "Nobody is named." in said()
    section("TRUST_PAGE", PROCESSORS=[{**STAMPER, "SERVES": []}])
    assert "Tidsstempel AS , Norway confirms the time" in said()
    page = Client().get(TRUST).content.decode()
    assert 'href="https://tsa.example/policy"' in page


def test_it_leads_to_what_the_site_says_elsewhere(section):
    links = ("https://a.example/privacy", "https://a.example/access", "mailto:sec@a.example")
    before = Client().get(TRUST).content.decode()
    section("TRUST_PAGE", PRIVACY_NOTICE=links[0], ACCESSIBILITY=links[1], CONTACT="sec@a.example")
    after = Client().get(TRUST).content.decode()
    assert 'href="/c/report/?language=en"' in before
    for link in links:
        assert (link in before, link in after) == (False, True)


def test_it_tells_nothing_of_any_contract_and_no_secret(sent, settings):
    page = Client().get(TRUST).content.decode()
    hidden = [sent.contract.title, sent.contract.number, sent.kari.name, sent.kari.email]
    hidden += [str(identity.folder()), str(settings.VAR), settings.SECRET_KEY, "PRIVATE KEY"]
    assert [word for word in hidden if word in page] == []
    assert "PRIVATE KEY" not in Client().get(PEM).content.decode()


def test_each_page_for_outsiders_leads_to_it(sent):
    browser, link = visits.enter(sent.kari), f'href="{TRUST}?language='
    for name in ("contract", "my_help", "decline"):
        assert link in browser.get(visits.page(name, sent.kari)).content.decode()
    for address in (visits.landing(sent.kari), reverse("wagtail_contracts:verify"), "/c/help/"):
        assert link in Client().get(address).content.decode(), address
    assert link in Client().get(visits.page("contract", sent.kari)).content.decode()  # not found


def test_looking_writes_nothing_and_costs_the_same_however_much_there_is(sent):
    def asked():
        with CaptureQueriesContext(connection) as queries, tables.unchanged():
            said()
        return len(queries)

    first = asked()
    for level in ("B-B", "B-T"):
        sealed_at(level)
        signing.note_check(1, 0, 0, by=SYSTEM)
    assert asked() == first


def fields():
    answer = Client().get(TXT)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_security_txt_says_whom_to_tell(section):
    base = "https://contracts.example"
    section("CONTRACTS", PUBLIC_BASE_URL=base)
    assert fields() | {"Expires": ""} == {
        "Contact": f"{base}/c/report/",
        "Expires": "",
        "Preferred-Languages": "en, nb, nn",
        "Canonical": f"{base}{TXT}",
        "Policy": f"{base}{TRUST}",
    }
    section(
        "TRUST_PAGE", CONTACT="sec@a.example", POLICY="https://a.example/p", LANGUAGES=["nb", "en"]
    )
    told = fields()
    assert told["Contact"] == "mailto:sec@a.example"
    assert (told["Policy"], told["Preferred-Languages"]) == ("https://a.example/p", "nb, en")
    section("TRUST_PAGE", CONTACT="https://a.example/hole")
    assert fields()["Contact"] == "https://a.example/hole"


@pytest.mark.parametrize(
    "now", [datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 7, 1, tzinfo=UTC)]
)
def test_it_is_always_good_for_half_a_year(now, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: now)
    ends = datetime.fromisoformat(fields()["Expires"])
    assert now + timedelta(days=170) < ends < now + timedelta(days=365)


def test_the_host_of_a_request_is_never_named(section, settings):
    settings.ALLOWED_HOSTS = ["*"]
    section("CONTRACTS", PUBLIC_BASE_URL="https://contracts.example")
    answer = Client().get(TXT, headers={"host": "evil.example"})
    assert b"evil" not in answer.content
    assert re.search(rb"^Canonical: https://contracts\.example/", answer.content, re.MULTILINE)


def test_how_long_contracts_are_kept_is_on_the_page(sales):
    Workspace.objects.update(retention_months=84)
    assert ("7 years after it was signed" in said(), "12 years" in said()) == (True, False)
    Workspace.objects.update(retention_months=144)
    assert ("7 years" in said(), "12 years after it was signed" in said()) == (False, True)
