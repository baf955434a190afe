"""A provider of identities, a contract whose signatory shows there who they are, and a browser."""

import pytest

from tests.security.oidc.configuration import ACR, SECRET
from tests.security.oidc.provider import HOST, running
from tests.security.oidc.visitor import Visitor
from tests.security.wire import certificate
from tests.security.wire.serving import calling
from wagtail_contracts.contracts.models import Participant
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.rendering.addresses import absolute
from wagtail_contracts.signing.backends.oidc import providers

CLASS = "wagtail_contracts.signing.backends.methods.oidc.OpenIDConnect"


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return certificate.make(HOST, tmp_path_factory.mktemp("oidc"))


@pytest.fixture(scope="session")
def server(authority):
    with running(authority, absolute("/c/return/bankid/")) as server:
        yield server


@pytest.fixture
def op(server):
    yield server
    server.twist, server.said = None, {}
    server.asked.clear()
    providers.forget()


@pytest.fixture
def options(op, authority):
    """Those of the means `bankid`."""
    return {
        "label": "BankID",
        "issuer": op.issuer,
        "client_id": "contracts",
        "client_secret": SECRET,
        "scope": "openid profile nnin",
        "acr": [ACR],
        "claims": {"national_id": "nnin"},
        "rules": {
            "ports": (op.port,),
            "inside": ("127.0.0.0/8",),
            "ca": str(authority),
            "program": calling({HOST: [["127.0.0.1"]]}),
        },
    }


@pytest.fixture
def bankid(options, settings):
    """Set the means up, with these options changed."""

    def made(**changes):
        ours = settings.WAGTAIL_CONTRACTS["SIGNING"]
        means = {"BACKEND": CLASS, "OPTIONS": {**options, **changes}}
        methods = {**ours.get("METHODS", {}), "bankid": means}
        signing = {**ours, "METHODS": methods, "LEVELS": {"bankid": "advanced"}}
        settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SIGNING": signing}

    made()
    return made


@pytest.fixture
def asked(answered, bankid):
    """Kari signs by BankID, and everything is filled in."""
    with unguarded():
        Participant.objects.filter(pk=answered.kari.pk).update(signs_by="bankid")
    answered.kari.refresh_from_db()
    return answered


@pytest.fixture
def kari(asked):
    """Kari, in a browser."""
    return Visitor(asked.kari)
