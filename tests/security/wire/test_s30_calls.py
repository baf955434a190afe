"""S-30: wherever a call to another server leads and whatever answers, it stays harmless."""

import time

import pytest

from tests.security.wire.conftest import HOST
from tests.security.wire.server import Endpoint
from wagtail_contracts.wire import addresses
from wagtail_contracts.wire.addresses import Refused
from wagtail_contracts.wire.calls import Answer, Rules, Undelivered, call

LATE = 1.0  # seconds that a call which never ends is given
MARGIN = 20.0  # for a loaded machine: without the deadline each would take for ever


@pytest.fixture
def post(rules, port):
    def made(path, *answers, host=HOST, headers=None, **options):
        url = f"https://{host}:{port}/{path}"
        return call(url, b"{}", headers or {}, Rules(**rules(*answers, host=host, **options)))

    return made


def test_what_is_said_arrives(post):
    assert post("ok?a=1", headers={"X-Id": "m1"}) == Answer(204, b"")
    ((path, headers, body),) = Endpoint.seen
    assert (path, body, headers["x-id"]) == ("/ok?a=1", b"{}", "m1")
    assert headers["host"].startswith(HOST)
    assert headers["accept-encoding"] == "identity"


def test_a_certificate_for_another_name_is_refused(post):
    with pytest.raises(Undelivered, match="SSLCertVerificationError"):
        post("ok", host="other.test")
    assert not Endpoint.seen


@pytest.mark.parametrize(
    "answers", [["10.0.0.1"], ["127.0.0.1", "10.0.0.1"], ["169.254.169.254"], ["::1"]]
)
def test_a_name_that_leads_inside_is_refused_also_among_good_ones(post, answers):
    with pytest.raises(Refused):
        post("ok", answers)
    assert not Endpoint.seen


def test_our_own_machine_is_inside_unless_it_is_allowed(post):
    with pytest.raises(Refused):
        post("ok", inside=())
    assert not Endpoint.seen
    assert post("ok").taken


def test_a_name_is_asked_once(post):
    """Rebinding: the second answer would lead elsewhere."""
    assert post("ok", ["127.0.0.1"], ["10.0.0.1"]).taken
    with pytest.raises(Refused):
        post("ok", ["10.0.0.1"], ["127.0.0.1"])


@pytest.mark.parametrize(("path", "wait"), [("drip_header", 0.0), ("drip", 0.0), ("ok", 60.0)])
def test_what_never_ends_ends_at_the_deadline(post, path, wait):
    started = time.monotonic()
    with pytest.raises(Undelivered, match="deadline"):
        post(path, wait=wait, deadline=LATE)
    assert time.monotonic() - started < MARGIN


@pytest.mark.parametrize("path", ["big", "bomb"])
def test_a_large_answer_is_cut(post, path):
    answer = post(path)
    assert answer.code == 200
    assert 0 < len(answer.start) <= Rules().most


def test_too_many_headers_are_a_failure(post):
    with pytest.raises(Undelivered, match="HTTPException"):
        post("many_headers")


def test_a_redirect_is_not_followed(post):
    answer = post("redirect")
    assert (answer.code, answer.taken) == (307, False)
    assert [path for path, *_ in Endpoint.seen] == ["/redirect"]


def test_proxies_of_the_environment_are_not_used(post, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert post("ok").taken


def test_a_header_cannot_be_split(post):
    with pytest.raises(Undelivered, match="ValueError"):
        post("ok", headers={"X-Id": "m1\r\nX-Evil: 1"})
    assert not Endpoint.seen


@pytest.mark.parametrize(
    "url",
    [
        "http://a.test/",
        "https://u:p@a.test/",
        "https://@a.test/",
        "https://a.test:22/",
        "https://a.test:x/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https:///x",
        "https://a.test\\@b.test/",
        "https://a.test/\n",
        "https://å.test/",
        "ftp://a.test/",
        "",
    ],
)
def test_an_address_of_another_shape_is_never_called(url):
    with pytest.raises(Refused):
        addresses.checked(url, (443, 8443))
    assert addresses.checked("https://a.test/", (443, 8443)).hostname == "a.test"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - called by nobody
        "100.64.0.1",
        "168.63.129.16",
        "192.88.99.1",
        "224.0.0.1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2001::1",
        "2002:a00:1::",
        "fec0::1",
        "fe80::1%eth0",
        "ff02::1",
    ],
)
def test_addresses_that_are_inside_or_lead_there_are_refused(address):
    with pytest.raises(Refused):
        addresses.allowed([address], [])
    assert str(addresses.allowed(["93.184.215.14"], [])) == "93.184.215.14"


def test_plain_http_is_called_only_where_it_is_asked_for():
    """Revocation lists are: they are signed by themselves (RFC 5280)."""
    both = ("http", "https")
    assert addresses.port(addresses.checked("http://pki.test/list.crl", (80,), both)) == 80
    assert addresses.port(addresses.checked("https://pki.test/", (443,), both)) == 443
    for address, schemes in (("http://pki.test/", ("https",)), ("ftp://pki.test/", both)):
        with pytest.raises(Refused, match="only http"):
            addresses.checked(address, (80, 443), schemes)
