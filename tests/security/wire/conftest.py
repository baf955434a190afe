"""The call of production, with name answers, authority and port of the tests."""

import pytest

from tests.security.wire import certificate
from tests.security.wire.server import Endpoint, running
from tests.security.wire.serving import calling

HOST = "gateway.test"


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return certificate.make(HOST, tmp_path_factory.mktemp("wire"))


@pytest.fixture(scope="session")
def port(authority):
    with running(authority) as port:
        yield port


@pytest.fixture
def rules(port, authority):
    """What `Rules` is given, by what the name server answers in turn."""
    Endpoint.seen.clear()

    def made(*answers, host=HOST, wait=0.0, deadline=20.0, inside=("127.0.0.0/8",)):
        names = {host: answers or [["127.0.0.1"]], "": wait}
        return {
            "ports": (port,),
            "inside": inside,
            "deadline": deadline,
            "ca": str(authority),
            "program": calling(names),
        }

    return made
