"""Each check is silent where all is well, and names what is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks.registry import registry
from django.db import DatabaseError
from django.test import override_settings
from wagtail.models import PageViewRestriction

from wagtail_contracts.contracts import checks
from wagtail_contracts.contracts.template_pages.models import TemplateIndexPage


def ids(check: Any) -> list[str]:
    return [found.id.removeprefix("wagtail_contracts.") for found in check(None)]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://contracts.example.org", []),
        ("https://contracts.example.org/sub", []),
        ("http://127.0.0.1:8000", ["W010"]),
        ("", ["E010"]),
        ("contracts.example.org", ["E010"]),
        ("ftp://contracts.example.org", ["E010"]),
    ],
)
def test_mails_need_an_address_to_lead_to(address, found):
    with override_settings(WAGTAIL_CONTRACTS={"CONTRACTS": {"PUBLIC_BASE_URL": address}}):
        assert ids(checks.public_address) == found


CLAMAV = "wagtail_contracts.contracts.backends.clamav.ClamAV"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"SCANNER": CLAMAV}, []),
        ({"SCANNER": CLAMAV, "SCANNER_OPTIONS": {"seconds": 5}}, []),
        ({"SCANNER": CLAMAV, "SCANNER_OPTIONS": {"minutes": 5}}, ["E019"]),
        ({"SCANNER": "no.such.Scanner"}, ["E019"]),
        ({}, ["W012"]),
        ({"SCANER": CLAMAV}, []),  # E015 tells
    ],
)
def test_somebody_looks_for_viruses(given, found):
    with override_settings(WAGTAIL_CONTRACTS={"CONTRACTS": given}):
        assert ids(checks.scanner) == found


def located(place):
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": place},
    }


def test_uploads_lie_where_nobody_fetches_them(settings, tmp_path):
    media, private = tmp_path / "media", tmp_path / "private"
    settings.MEDIA_ROOT = media
    for place, found in ((private, []), (media, ["E018"]), (media / "private", ["E018"])):
        settings.STORAGES = {**settings.STORAGES, "wagtail_contracts": located(place)}
        assert ids(checks.file_storage) == found
    settings.STORAGES = {name: settings.STORAGES[name] for name in ("default", "staticfiles")}
    assert ids(checks.file_storage) == ["E017"]
    with override_settings(WAGTAIL_CONTRACTS={"CONTRACTS": {"STORAGE": "default"}}):
        assert ids(checks.file_storage) == ["E018"]


@pytest.mark.parametrize(
    ("most", "found"), [(None, []), (10_000, []), (9_999, ["W011"]), (1000, ["W011"])]
)
def test_long_templates_need_long_forms(most, found):
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=most):
        assert ids(checks.long_forms) == found


def test_a_template_index_needs_a_restriction(template):
    assert ids(checks.hidden_templates) == ["E012"]
    index = TemplateIndexPage.objects.get()
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert ids(checks.hidden_templates) == []


def test_a_restriction_above_the_index_is_enough(template):
    above = TemplateIndexPage.objects.get().get_parent()
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    assert ids(checks.hidden_templates) == []


def test_an_index_that_is_not_published_hides_none_of_its_templates(template):
    TemplateIndexPage.objects.get().unpublish()
    assert ids(checks.hidden_templates) == ["E012"]


def test_without_tables_the_check_is_silent(monkeypatch):
    def fail() -> None:
        raise DatabaseError

    monkeypatch.setattr(checks, "indexes", fail)
    assert ids(checks.hidden_templates) == []


def test_they_are_all_registered():
    deploy = registry.deployment_checks
    assert {checks.public_address, checks.hidden_templates} <= deploy
    assert {checks.no_api, checks.long_forms} <= registry.registered_checks


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("", []),
        ("tests.flows.contracts.test_approving.manager", []),
        ("tests.approvals.nobody", ["E029"]),
        ("tests.approvals.BOSS", ["E029"]),
    ],
)
def test_managers_are_named_by_a_function(named, found):
    with override_settings(WAGTAIL_CONTRACTS={"CONTRACTS": {"MANAGER": named}}):
        assert ids(checks.manager) == found
