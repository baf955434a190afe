"""An SMS leaves through a gateway that is told by JSON or by a form."""

import json
from urllib.parse import parse_qs

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.security.wire.conftest import HOST
from tests.security.wire.server import Endpoint
from wagtail_contracts.signing.backends.sms import NotSent
from wagtail_contracts.signing.backends.sms.http import HttpSms
from wagtail_contracts.wire.addresses import Refused

SAID = ("+4790012345", "Æ {to} “x”: https://a.example/c/1/")
TEMPLATE = {"messages": [{"to": "{number}", "body": "{text}", "ref": "id-{id}"}], "flash": False}


@pytest.fixture
def gateway(rules, port):
    def made(path="ok", **options):
        url = f"https://{HOST}:{port}/{path}"
        secret = {"Authorization": "Bearer secret"}
        return HttpSms(url=url, headers=secret, **{**rules(), **options})

    return made


def test_a_gateway_is_told_by_json(gateway):
    gateway(json=TEMPLATE).send(*SAID, identity="m1")

    ((_path, headers, body),) = Endpoint.seen
    assert headers["authorization"] == "Bearer secret"
    assert headers["content-type"] == "application/json"
    (said,) = json.loads(body)["messages"]
    assert said == {"to": "4790012345", "body": SAID[1], "ref": "id-m1"}
    assert json.loads(body)["flash"] is False


def test_a_gateway_is_told_by_a_form(gateway):
    made = gateway(form={"to": "{to}", "text": "{text}", "key": "k"}, method="PUT")
    made.send(*SAID, identity="m1")

    ((_path, headers, body),) = Endpoint.seen
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body.decode()) == {"to": [SAID[0]], "text": [SAID[1]], "key": ["k"]}


@pytest.mark.parametrize("path", ["busy", "redirect"])
def test_what_the_gateway_does_not_take_is_not_sent(gateway, path):
    with pytest.raises(NotSent, match=r"the gateway answered (503|307)"):
        gateway(path, json=TEMPLATE).send(*SAID, identity="m1")
    gateway(json=TEMPLATE).send(*SAID, identity="m1")


def test_a_gateway_inside_is_not_called_unless_it_is_allowed(gateway):
    with pytest.raises(Refused):
        gateway(json=TEMPLATE, inside=()).send(*SAID, identity="m1")
    assert not Endpoint.seen


@pytest.mark.parametrize(
    "options",
    [{}, {"json": {}, "form": {}}, {"json": {}, "method": "GET"}, {"json": {}, "method": "post"}],
)
def test_a_gateway_that_can_t_be_called_is_refused_at_once(options):
    with pytest.raises(ImproperlyConfigured):
        HttpSms(url="https://a.test/", **options)
    HttpSms(url="https://a.test/", json={})
