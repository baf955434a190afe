"""Every means of ours keeps the suite that is public for those who write another."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.test import SimpleTestCase, override_settings

from tests.methods import Elsewhere
from wagtail_contracts.signing.backends.methods import method
from wagtail_contracts.signing.backends.methods.email_code import EmailCode
from wagtail_contracts.signing.backends.methods.suite import MethodSuite

CONSOLE = {"BACKEND": "wagtail_contracts.signing.backends.sms.console.ConsoleSms"}
OURS = settings.WAGTAIL_CONTRACTS
SMS = {**OURS, "SIGNING": {**OURS.get("SIGNING", {}), "SMS": CONSOLE}}


class TestLink(MethodSuite, SimpleTestCase):
    """The personal link."""

    def means(self):
        return method("link")


class TestEmailCode(MethodSuite, SimpleTestCase):
    """The code by mail."""

    def means(self):
        return method("email_code")


@override_settings(WAGTAIL_CONTRACTS=SMS)
class TestSmsCode(MethodSuite, SimpleTestCase):
    """The code by SMS."""

    def means(self):
        return method("sms_code")


class TestDevice(MethodSuite, SimpleTestCase):
    """The device of one of the staff."""

    def means(self):
        return method("totp")


class TestInPerson(MethodSuite, SimpleTestCase):
    """On the device of a host."""

    def means(self):
        return method("in_person")


class TestElsewhere(MethodSuite, SimpleTestCase):
    """One that is somewhere else."""

    def means(self):
        return Elsewhere("elsewhere")

    def comes_back(self, address):
        return {**dict(parse_qsl(urlsplit(address).query)), "name": "Kari Nordmann"}


class Gullible(Elsewhere):
    """It believes whatever came."""

    def finish(self, leaving, parameters):
        return super().finish(leaving, {**parameters, "nonce": leaving.nonce})


class Nameless(Elsewhere):
    """Nobody is told what it is."""

    name = how = " "


class Shouting(Elsewhere):
    """Its key is none."""

    def __init__(self, key):
        super().__init__(key.upper())


class Magical(Elsewhere):
    """It is done in no way that there is."""

    kind = "magic"


class Talkative(Elsewhere):
    """It sends along what has to stay."""

    def begin(self, leaving):
        return f"{super().begin(leaving)}&verifier={leaving.verifier}"


class Hoarding(Elsewhere):
    """It keeps what could be used once more."""

    def finish(self, leaving, parameters):
        return replace(super().finish(leaving, parameters), answer=leaving.state)


class Foreign(Elsewhere):
    """What it shows goes by the name of another."""

    def finish(self, leaving, parameters):
        return replace(super().finish(leaving, parameters), method="bankid")


class Carefree(EmailCode):
    """It misses nothing, whoever it is."""

    def missing(self, participant):
        return ""


class Unmasked(EmailCode):
    """It shows where a code went."""

    def masked(self, participant):
        return self.contact(participant)


BAD = {
    Gullible: "test_the_answer_to_somebody_else_is_refused",
    Nameless: "test_people_are_told_what_it_is_in_every_language",
    Shouting: "test_it_has_a_key_that_settings_and_tables_take",
    Magical: "test_it_says_how_it_is_done_and_what_for",
    Talkative: "test_it_leads_elsewhere_by_an_address_without_the_secrets",
    Hoarding: "test_what_it_shows_has_the_form_of_all_and_keeps_no_secret",
    Foreign: "test_what_it_shows_has_the_form_of_all_and_keeps_no_secret",
    Carefree: "test_it_says_what_is_missing",
    Unmasked: "test_where_a_code_goes_is_shown_to_nobody_else",
}
SUITE = {name for name in dir(MethodSuite) if name.startswith("test_")}
# What it asks of the levels themselves: no means can break it.
OF_US = {"test_settings_lower_its_level_and_never_raise_it"}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_means_fails_the_suite_where_it_is_bad(bad):
    class Trial(TestElsewhere):
        def means(self):
            return bad("elsewhere")

    ran = {name: Trial(name).run() for name in SUITE}
    failed = {name for name, result in ran.items() if not result.wasSuccessful()}
    assert BAD[bad] in failed
    assert set(BAD.values()) == SUITE - OF_US


del MethodSuite
