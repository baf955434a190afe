"""Every means of ours keeps the suite that is public for those who write another."""

from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.test import SimpleTestCase, override_settings

from tests.methods import Elsewhere
from wagtail_contracts.signing.backends.methods import method
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


def test_a_means_that_believes_any_answer_fails_the_suite():
    class Gullible(Elsewhere):
        def finish(self, leaving, parameters):
            return super().finish(leaving, {**parameters, "nonce": leaving.nonce})

    class Trial(TestElsewhere):
        def means(self):
            return Gullible("elsewhere")

    one = Trial("test_the_answer_to_somebody_else_is_refused")
    result = one.run()
    assert [case for case, _why in result.failures] == [one]


del MethodSuite
