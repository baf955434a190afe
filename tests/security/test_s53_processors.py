"""S-53: people are told who gets their data; `check --deploy` wants somebody named for each."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.files.storage import Storage
from django.urls import include, path

from tests.public.test_trusting import STAMPER
from wagtail_contracts.signing.backends.methods import AwayMethod, Leaving, Onward
from wagtail_contracts.signing.core.shown import Shown

pytestmark = pytest.mark.django_db
MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}


class Gateway:
    """An SMS backend that says nothing of where it sends to."""

    def send(self, number: str, text: str, *, identity: str) -> None:
        """Send it away."""


class Cloud(Storage):
    """A storage that is on no disk of ours."""


class Abroad(AwayMethod):
    """Somebody elsewhere says who a person is."""

    name = how = "abroad"

    def begin(self, leaving: Leaving) -> str:
        """Its address."""
        return "https://abroad.example/"

    def finish(self, leaving: Leaving, parameters: Any) -> Shown | Onward:
        """Nobody comes back."""
        raise NotImplementedError


@pytest.fixture(autouse=True)
def alone(settings):
    """A site that sends nothing away, and names nobody."""
    before = settings.WAGTAIL_CONTRACTS
    signing = {**before["SIGNING"], "METHODS": {}, "LEVELS": {}}
    settings.WAGTAIL_CONTRACTS = {**before, "SIGNING": signing, "TRUST_PAGE": {}}


def found() -> dict[str, Any]:
    """The complaints by number."""
    messages = run_checks(include_deployment_checks=True)
    return {str(message.id).rpartition(".")[2]: message for message in messages}


def serve(section, word):
    section("TRUST_PAGE", PROCESSORS=[{**STAMPER, "SERVES": [word]}])


def test_w040_mails_leave_by_a_host_of_somebody_else(section, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "W040" not in found()
    settings.EMAIL_HOST = "smtp.mail.example"
    assert "by mail," in found()["W040"].msg
    serve(section, "sms")
    assert "W040" in found()
    serve(section, "mail")
    assert "W040" not in found()


def test_w040_mails_leave_by_an_interface_of_somebody_else(section, settings):
    settings.EMAIL_BACKEND = "anymail.example.Backend"
    assert "by mail," in found()["W040"].msg
    serve(section, "mail")
    assert "W040" not in found()


def test_w040_sms_leave(section):
    assert "W040" not in found()
    section("SIGNING", SMS={"BACKEND": f"{__name__}.Gateway"})
    assert "by sms," in found()["W040"].msg
    serve(section, "sms")
    assert "W040" not in found()


def test_w040_somebody_is_sent_away_to_identify(section):
    letters = "wagtail_contracts.signing.backends.methods.email_code.EmailCode"
    section("SIGNING", METHODS={"letters": {"BACKEND": letters}})
    assert "W040" not in found()
    section("SIGNING", METHODS={"abroad": {"BACKEND": f"{__name__}.Abroad"}})
    assert "by abroad," in found()["W040"].msg
    serve(section, "abroad")
    assert "W040" not in found()


def test_w040_files_are_kept_elsewhere(section, settings):
    away = {"BACKEND": f"{__name__}.Cloud"}
    settings.STORAGES = {**settings.STORAGES, "more": MEMORY}
    assert "W040" not in found()
    settings.STORAGES = {**settings.STORAGES, "more": away}
    assert "by files," in found()["W040"].msg
    serve(section, "files")
    assert "W040" not in found()


@pytest.mark.parametrize("wrong", [{"CONTAKT": "x"}, {"PROCESSORS": [{"NAME": "Half AS"}]}])
def test_e040_what_the_page_shall_show_can_not_be_read(section, settings, wrong):
    right = settings.WAGTAIL_CONTRACTS
    section("TRUST_PAGE", **wrong)
    assert "E040" in found()
    settings.WAGTAIL_CONTRACTS = right
    assert "E040" not in found()


def test_w041_nobody_is_told_of_a_weakness(addresses):
    ours = path("", include("wagtail_contracts.urls"))
    root = path("", include("wagtail_contracts.urls.root"))
    addresses(ours)
    assert "W041" in found()
    addresses(ours, root)
    assert "W041" not in found()
    addresses(path("contracts/", include([ours, root])))
    assert "W041" in found()  # below a prefix nobody looks for it
