"""Fixtures of a signature of one's own; import the functions."""

from __future__ import annotations

import pytest

from tests.csc import lab as laboratory
from tests.signatures import asked_for


@pytest.fixture(name="servers", scope="session")
def running_servers(tmp_path_factory):
    """They run as long as the tests do."""
    with laboratory.opened(tmp_path_factory.mktemp("csc")) as lab:
        yield lab


@pytest.fixture(name="lab")
def first_day(servers, settings):
    """As on the first day: Kari has a qualified certificate at the service."""
    servers.service.reset()
    servers.authority.revoked.clear()
    servers.responder.authority = servers.authority
    servers.service.holders["kari-1"] = servers.authority.issue()
    laboratory.configure(settings, servers)
    return servers


@pytest.fixture(name="kari")
def kari_with_a_certificate(lab, answered):
    """She is asked to sign with a certificate of her own."""
    return asked_for(answered.kari, signs_by="remote")
