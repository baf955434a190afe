"""S-19: what is wrong with an installation is named, with the cure; what is right is not.

There is no default key to sign or encrypt with, so none can be left as it was: E002 and E020.
"""

import re
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import Error, run_checks
from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests.house.laws import HOUSE
from wagtail_contracts import APPS
from wagtail_contracts.audit import flows as audit

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"
# The tests keep mails in memory and have neither a certificate for https nor a scanner.
OUTSIDE = {"E004", "W010", "W012"}


def found(*, deploy: bool = True) -> dict[str, Any]:
    """Our checks that complain, by id."""
    messages = run_checks(include_deployment_checks=deploy)
    ours = [message for message in messages if message.id.startswith("wagtail_contracts.")]
    return {message.id.removeprefix("wagtail_contracts."): message for message in ours}


def test_the_list_in_the_documentation_is_that_of_the_code():
    code = "".join(path.read_text() for path in HOUSE.glob("*/checks.py"))
    page = (HOUSE.parent / "docs/reference/checks.md").read_text()
    known = set(re.findall(r"[{.](?:ID}\.)?([EW]\d{3})\"", code))
    assert len(known) > 25
    assert set(re.findall(r"^\| `([EW]\d{3})` \|", page, re.MULTILINE)) == known


OURS, PAGES = path("", include("wagtail_contracts.urls")), path("", include(wagtail_urls))


def test_the_settings_of_the_tests_pass_but_for_mail_and_https():
    assert found().keys() == OUTSIDE
    assert found(deploy=False) == {}


def test_every_complaint_that_refuses_says_how_to_mend_it(settings, addresses, section):
    settings.DEBUG, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = True, 1000
    section("CONTRACTS", TEMPLATE_PAGE="no.Page", PUBLIC_BASE_URL="")
    section("SEALING", STORAGE="nowhere")
    addresses(PAGES)
    complaints = found()
    assert complaints.keys() >= {"E004", "E010", "E014", "E016", "E025", "E030", "W011"}
    assert [name for name, message in complaints.items() if not message.hint] == []


@pytest.mark.parametrize("backend", ["console", "dummy", "filebased", "locmem"])
def test_e004_mails_that_reach_nobody(settings, backend):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    assert isinstance(found()["E004"], Error)
    settings.EMAIL_BACKEND = SMTP
    assert "E004" not in found()


BESIDES = [name for name in APPS if ".contracts" not in name]  # whose own check it is


@pytest.mark.parametrize(
    ("mailers", "ids"),
    [
        ({"default": {"OPTIONS": {"timeout": 20}}}, set()),
        ({"default": {"BACKEND": SMTP, "OPTIONS": {"timeout": 60}}}, {"W002"}),
        ({"default": {"BACKEND": SMTP.replace("smtp", "console")}}, {"E004", "W002"}),
        ({}, {"W002"}),
    ],
)
def test_e004_and_w002_where_django_has_mailers(settings, mailers, ids):
    settings.MAILERS = mailers
    assert found().keys() & {"E004", "W002"} == ids


@pytest.mark.parametrize("app", BESIDES)
def test_e013_an_app_of_ours_is_missing(monkeypatch, app):
    [label] = [config.label for config in apps.get_app_configs() if config.name == app]
    monkeypatch.delitem(apps.app_configs, label)
    assert app in found(deploy=False)["E013"].msg
    assert "*wagtail_contracts.APPS" in found(deploy=False)["E013"].hint


def test_e013_the_ready_made_template_pages_may_be_left_out(monkeypatch, section):
    [ready] = [config for config in apps.get_app_configs() if "template_pages" in config.name]
    monkeypatch.delitem(apps.app_configs, ready.label)
    assert found(deploy=False).keys() == {"E014"}


@pytest.mark.parametrize("name", ["", "nothing", "no.Page", "wagtailcore.Page", "auth.User"])
def test_e014_a_page_type_that_is_none_for_templates(section, name):
    section("CONTRACTS", TEMPLATE_PAGE=name)
    assert found(deploy=False).keys() == {"E014"}
    assert repr(name) in found(deploy=False)["E014"].msg
    section("CONTRACTS", TEMPLATE_PAGE="wagtail_contracts_template_pages.ContractTemplate")
    assert found(deploy=False) == {}


WRONG = [
    {"SEALINGS": {}},
    {"sealing": {}},
    {"CONTRACTS": {"PUBLIC_URL": "https://contracts.example.org"}},
    {"CONTRACTS": None},
    None,
]


@pytest.mark.parametrize("wrong", WRONG)
def test_e015_what_is_set_but_read_by_nobody(settings, wrong):
    right = settings.WAGTAIL_CONTRACTS
    settings.WAGTAIL_CONTRACTS = {**right, **wrong} if wrong else wrong
    assert "E015" in found(deploy=False)
    settings.WAGTAIL_CONTRACTS = right
    assert found(deploy=False) == {}


def test_e016_debugging(settings):
    settings.DEBUG = True
    assert found().keys() == OUTSIDE | {"E016"}
    settings.DEBUG = False
    assert found().keys() == OUTSIDE


def test_e030_no_addresses(addresses):
    addresses(PAGES)
    assert found(deploy=False).keys() == {"E030"}
    addresses(OURS, PAGES)
    assert found(deploy=False) == {}
    addresses(path("agreements/", include("wagtail_contracts.urls")), PAGES)
    assert found(deploy=False) == {}


def test_e031_the_pages_of_the_site_answer_first(addresses):
    addresses(PAGES, OURS)
    assert found(deploy=False).keys() == {"E031"}
    assert "/verify/" in found(deploy=False)["E031"].msg
    addresses(OURS, PAGES)
    assert found(deploy=False) == {}


@pytest.mark.parametrize("wrong", [{"LINK_DAY": 3}, {"METHOD": ()}])
def test_e032_a_key_of_signing_that_there_is_none(section, settings, wrong):
    right = settings.WAGTAIL_CONTRACTS
    section("SIGNING", **wrong)
    assert found().keys() == OUTSIDE | {"E032"}
    settings.WAGTAIL_CONTRACTS = right
    assert found().keys() == OUTSIDE


def test_w030_a_proxy_that_is_not_counted(settings, section):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert found().keys() == OUTSIDE | {"W030"}
    section("SIGNING", PROXIES=1)
    assert found().keys() == OUTSIDE


def test_w032_authorities_that_may_take_longer_than_a_lease(section, settings):
    trust = settings.WAGTAIL_CONTRACTS["SEALING"]["TRUST"]
    wants = {"LEVEL": "B-LTA", "TIMESTAMP": "https://time.example.org/", "TIMESTAMP_TRUST": trust}
    section("SEALING", **wants, CALLS={"deadline": 60})
    assert found().keys() == OUTSIDE | {"W032"}
    section("SEALING", **wants, CALLS={"deadline": 30})
    assert found().keys() == OUTSIDE


def test_w033_stamps_over_checkpoints_that_are_not_trusted_where_files_are_judged(
    section, settings, tmp_path
):
    trust = settings.WAGTAIL_CONTRACTS["SEALING"]["TRUST"]
    section("AUDIT", TIMESTAMP="https://time.example.org/", TIMESTAMP_TRUST=[])
    assert "names no root" in found()["W033"].msg
    section("AUDIT", TIMESTAMP_TRUST=trust)
    named = [audit.roots()[place].subject.human_friendly for place in range(2)]
    assert all(name in found()["W033"].msg for name in named)
    section("SEALING", TIMESTAMP_TRUST=trust[:1])
    assert [name in found()["W033"].msg for name in named] == [False, True]
    section("AUDIT", TIMESTAMP_TRUST=[*trust, tmp_path / "none.pem"])
    assert "none.pem can't be read" in found()["W033"].msg
    section("AUDIT", TIMESTAMP_TRUST=trust)
    section("SEALING", TIMESTAMP_TRUST=trust)
    assert found().keys() == OUTSIDE
    section("SEALING", TIMESTAMP_TRUST=[])
    section("AUDIT", TIMESTAMP="")
    assert found().keys() == OUTSIDE


@pytest.mark.parametrize("app", ["otp_totp", "otp_static"])
def test_w031_no_tables_for_second_factors(monkeypatch, app):
    monkeypatch.delitem(apps.app_configs, app)
    assert found(deploy=False).keys() == {"W031"}
    monkeypatch.undo()
    assert found(deploy=False) == {}
