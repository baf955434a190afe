"""Seals by a key at a remote service, and each way in which it doesn't sign."""

import base64
import json

import pytest
from cryptography import x509
from django.test import SimpleTestCase

from tests import bundles
from tests.csc.seals import KEY, PIN, SealService
from tests.csc.service import CLIENT, SECRET
from tests.security.wire import certificate
from tests.security.wire.serving import serving
from tests.tsa import lab as labs
from tests.unit.sealing.pki import Entity
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends import suite
from wagtail_contracts.sealing.backends.remote import RemoteSeal
from wagtail_contracts.sealing.backends.requests import Organisation, request_of
from wagtail_contracts.sealing.errors import SealRefused

pytestmark = pytest.mark.django_db
HOST = "localhost"
BACKEND = "wagtail_contracts.sealing.backends.remote.RemoteSeal"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("remote")
    path = certificate.make(HOST, folder)
    (folder / "secret").write_text(f"{SECRET}\n")
    (folder / "pin").write_text(f"{PIN}\n")
    for name in ("secret", "pin"):
        (folder / name).chmod(0o600)
    with labs.opened(folder) as lab:
        service = SealService(path, HOST, lab.seal, lab.root)
        service.folder, service.server_certificate, service.timed = folder, path, lab
        with serving(service):
            yield service


@pytest.fixture
def service(opened, settings, monkeypatch):
    monkeypatch.setattr("wagtail_contracts.sealing.flows.identities._held", {})
    opened.reset()
    configure(settings, opened)
    return opened


def options_of(service, **changes):
    folder = service.folder
    return {
        "url": f"{service.base}/csc/v2",
        "client_id": CLIENT,
        "client_secret_file": folder / "secret",
        "credential": KEY,
        "pin_file": folder / "pin",
        "rules": {
            "ports": (service.server_port,),
            "inside": ("127.0.0.0/8", "::1/128"),
            "ca": str(service.server_certificate),
        },
        **changes,
    }


def configure(settings, service, **changes):
    folder, ours = service.folder, settings.WAGTAIL_CONTRACTS
    options = options_of(service, **changes)
    sealing_ = {"BACKEND": BACKEND, "OPTIONS": options, "TRUST": [folder / "root.pem"]}
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": {**ours["SEALING"], **sealing_}}


def test_it_seals_and_only_a_hash_leaves(service):
    sealed = sealing.seal(bundles.bundle())

    report = sealing.verify(sealed.content)
    assert (report.verdict, "Eksempel AS seal" in report.signer) == ("intact", True)
    sent = json.dumps([asked for _name, asked in service.seen])
    hashes = {h for _name, asked in service.seen for h in asked.get("hashes", ())}
    assert {len(base64.b64decode(item)) for item in hashes} == {32}
    assert max(len(json.dumps(asked)) for _name, asked in service.seen) < 1000
    assert "Rammeavtale" not in sent


def test_it_seals_at_the_highest_level(service, settings):
    labs.configure(settings, service.timed)
    configure(settings, service)
    sealed = sealing.seal(bundles.bundle())
    report = sealing.verify(sealed.content)
    assert (report.verdict, report.level, sealed.lacks) == ("intact", "B-LTA", "")


def test_it_signs_a_request_for_the_next_certificate(service):
    told = Organisation("Eksempel AS", "NO", "NTRNO-912345678")
    asked = x509.load_pem_x509_csr(request_of(sealing.held(), told))
    assert asked.is_signature_valid
    assert asked.public_key() == service.entity.key.public_key()


def other(said):
    stranger = Entity("Eksempel AS seal", Entity("Stranger", kind="authority"))
    chain = [base64.b64encode(stranger.certificate()).decode()]
    return {**said, "cert": {"certificates": chain}}


@pytest.mark.parametrize(
    ("name", "twist"),
    [
        ("info", lambda said: {"error": "down"}),
        ("token", lambda said: {"error": "invalid_client"}),
        ("token", lambda said: {"access_token": ""}),
        ("credentials/info", lambda said: {**said, "key": {"status": "disabled", "algo": []}}),
        ("credentials/info", lambda said: {**said, "key": {"status": "enabled", "algo": ["1.2"]}}),
        ("credentials/info", lambda said: {**said, "cert": {"certificates": []}}),
        ("credentials/info", lambda said: {**said, "auth": {"mode": "oauth2code"}}),
        ("credentials/info", other),
        ("credentials/authorize", lambda said: {"SAD": None}),
        ("signatures/signHash", lambda said: {"signatures": said["signatures"] * 2}),
        ("signatures/signHash", lambda said: {"signatures": ["not base64!"]}),
        ("signatures/signHash", lambda said: {"signatures": ["MAA="]}),
    ],
)
def test_whatever_it_says_wrong_seals_nothing(service, name, twist):
    service.twists[name] = twist
    with pytest.raises(SealRefused):
        sealing.seal(bundles.bundle())
    service.reset()
    assert sealing.verify(sealing.seal(bundles.bundle()).content).verdict == "intact"


@pytest.mark.parametrize("name", ["secret", "pin"])
def test_with_a_wrong_secret_it_does_not_sign(service, settings, name):
    wrong = service.folder / f"wrong-{name}"
    wrong.write_text("0000")
    option = {"secret": "client_secret_file", "pin": "pin_file"}[name]
    configure(settings, service, **{option: wrong})
    with pytest.raises(SealRefused):
        sealing.seal(bundles.bundle())
    configure(settings, service)
    assert sealing.seal(bundles.bundle())


class TestSuite(suite.SealSuite, SimpleTestCase):
    """The remote service keeps the suite that is public for those who write another backend."""

    @pytest.fixture(autouse=True)
    def _given(self, opened):
        opened.reset()
        self.service = opened

    def seal(self):
        return RemoteSeal(**options_of(self.service))

    def out_of_order(self):
        return RemoteSeal(**options_of(self.service, credential="another"))

    def roots(self):
        return [(self.service.folder / "root.pem").read_bytes()]

    def secrets(self):
        return [SECRET, PIN]
