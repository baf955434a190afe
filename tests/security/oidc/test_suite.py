"""OpenID Connect keeps the suite that is public for every means."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import SimpleTestCase

from tests.security.oidc.visitor import location
from wagtail_contracts.contracts.rendering.addresses import absolute
from wagtail_contracts.signing.backends.methods.oidc import OpenIDConnect
from wagtail_contracts.signing.backends.methods.suite import MethodSuite


class TestOpenIDConnect(MethodSuite, SimpleTestCase):
    """Against the provider of the tests."""

    @pytest.fixture(autouse=True)
    def given(self, options):
        self.options = options

    def means(self):
        return OpenIDConnect("bankid", **self.options)

    def leaving(self):
        return replace(super().leaving(), redirect=absolute("/c/return/bankid/"))

    def comes_back(self, address):
        return dict(parse_qsl(urlsplit(location(address)).query))


del MethodSuite
