"""The remote signature keeps the suite that every means has to keep."""

import pytest
from django.test import SimpleTestCase

from tests.csc.stage import first_day, running_servers  # noqa: F401 - fixtures
from wagtail_contracts.signing.backends.methods import method
from wagtail_contracts.signing.backends.methods.suite import MethodSuite


@pytest.mark.usefixtures("lab")
class TestRemoteSignature(MethodSuite, SimpleTestCase):
    """At the service of the tests."""

    @pytest.fixture(autouse=True)
    def _at(self, lab):
        self.lab = lab

    def means(self):
        return method("remote")

    def comes_back(self, address):
        return self.lab.agree(address)
