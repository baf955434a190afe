"""Seals by a key in a token: SoftHSM, whose keys are as far away as those in a box of steel."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.test import SimpleTestCase

from tests import bundles
from tests.tsa import lab as labs
from tests.unit.sealing.pki import Entity
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.backends import suite
from wagtail_contracts.sealing.backends.requests import Organisation, request_of
from wagtail_contracts.sealing.backends.token import TokenSeal
from wagtail_contracts.sealing.errors import SealRefused

pytestmark = pytest.mark.django_db
LIBRARY, UTILITY = Path("/usr/lib/softhsm/libsofthsm2.so"), "/usr/bin/softhsm2-util"
BACKEND = "wagtail_contracts.sealing.backends.token.TokenSeal"
FILL = """
import sys
import pkcs11
from pathlib import Path
from pkcs11 import Attribute, ObjectClass
from pkcs11.util import ec, rsa, x509
folder = Path(sys.argv[2])
token = pkcs11.lib(sys.argv[1]).get_token(token_label="contracts")
with token.open(rw=True, user_pin="1234") as session:
    for kind, decode in (("ec", ec.decode_ec_private_key), ("rsa", rsa.decode_rsa_private_key)):
        key = decode((folder / f"{kind}.key").read_bytes())
        uses = {Attribute.TOKEN: True, Attribute.SENSITIVE: True, Attribute.SIGN: True}
        session.create_object({**key, **uses, Attribute.LABEL: kind, Attribute.ID: kind.encode()})
        public = (folder / f"{kind}.public").read_bytes()
        public = {"ec": ec.decode_ec_public_key, "rsa": rsa.decode_rsa_public_key}[kind](public)
        verifies = {Attribute.TOKEN: True, Attribute.LABEL: kind, Attribute.ID: kind.encode()}
        session.create_object({**public, **verifies})
        bare = {**key, **uses, Attribute.LABEL: f"{kind}-new", Attribute.ID: b"new" + kind.encode()}
        session.create_object(bare)
        session.create_object({**public, **verifies, Attribute.LABEL: f"{kind}-new"})
        for name in (kind, "issuing"):
            found = x509.decode_x509_certificate((folder / f"{name}.der").read_bytes())
            session.create_object({**found, Attribute.LABEL: name, Attribute.TOKEN: True})
"""


@pytest.fixture(scope="module")
def timed(tmp_path_factory):
    """An authority for time, and issuers whose lists can be fetched."""
    with labs.opened(tmp_path_factory.mktemp("time")) as lab:
        yield lab


@pytest.fixture(scope="module")
def folder(tmp_path_factory, timed):
    """A token with two keys and their certificates."""
    assert LIBRARY.exists(), "apt-get install softhsm2"
    folder, lab = tmp_path_factory.mktemp("token"), timed
    other = Entity("Eksempel RSA", lab.issuer, rsa_key=True, lists=lab.issuer.lists)
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    (folder / "pin").write_text("1234\n")
    (folder / "pin").chmod(0o600)
    (folder / "root.pem").write_bytes(lab.root.pem)
    (folder / "issuing.der").write_bytes(lab.issuer.certificate())
    for kind, entity in (("ec", lab.seal), ("rsa", other)):
        form = PrivateFormat.TraditionalOpenSSL
        content = entity.key.private_bytes(Encoding.DER, form, NoEncryption())
        (folder / f"{kind}.key").write_bytes(content)
        (folder / f"{kind}.der").write_bytes(entity.certificate())
        form = PublicFormat.SubjectPublicKeyInfo if kind == "ec" else PublicFormat.PKCS1
        public = entity.key.public_key().public_bytes(Encoding.DER, form)
        (folder / f"{kind}.public").write_bytes(public)
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    words = ["--init-token", "--free", "--label", "contracts", "--so-pin", "0000", "--pin", "1234"]
    subprocess.run([UTILITY, *words], check=True, capture_output=True)  # noqa: S603
    subprocess.run([sys.executable, "-c", FILL, LIBRARY, folder], check=True)  # noqa: S603
    for kind in ("ec", "rsa"):
        (folder / f"{kind}.key").unlink()
    yield folder
    del os.environ["SOFTHSM2_CONF"]


def configure(settings, folder, **changes):
    ours = settings.WAGTAIL_CONTRACTS
    given = {"library": LIBRARY, "token": "contracts", "key": "ec", "pin_file": folder / "pin"}
    chosen = {"BACKEND": BACKEND, "OPTIONS": {**given, **changes}, "TRUST": [folder / "root.pem"]}
    settings.WAGTAIL_CONTRACTS = {**ours, "SEALING": {**ours["SEALING"], **chosen}}


@pytest.mark.parametrize("key", ["ec", "rsa"])
@pytest.mark.parametrize("level", ["B-B", "B-LTA"])
def test_a_token_seals(folder, timed, settings, key, level):
    labs.configure(settings, timed, level)
    configure(settings, folder, key=key)
    sealed = sealing.seal(bundles.bundle())
    report = sealing.verify(sealed.content)
    assert (report.verdict, report.level, sealed.lacks) == ("intact", level, "")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"pin_file": None, "pin_env": "NO_SUCH_PIN"}, "does not sign"),
        ({"token": "another"}, "does not sign"),
        ({"key": "another"}, "0 certificates"),
        ({"library": "/nowhere/libnothing.so"}, "does not sign"),
    ],
)
def test_what_is_configured_wrong_is_refused_with_its_cause(folder, settings, changes, why):
    configure(settings, folder, **changes)
    with pytest.raises(SealRefused, match=why):
        sealing.seal(bundles.bundle())
    configure(settings, folder)
    assert sealing.seal(bundles.bundle())


@pytest.mark.parametrize("key", ["ec", "rsa", "ec-new", "rsa-new"])
def test_a_key_in_a_token_asks_for_a_certificate_also_where_it_has_none(folder, settings, key):
    configure(settings, folder, key=key)
    told = Organisation("Eksempel AS", "NO", "NTRNO-912345678")
    asked = x509.load_pem_x509_csr(request_of(sealing.held(), told))

    own = x509.load_der_x509_certificate((folder / f"{key[:3].strip('-')}.der").read_bytes())
    assert asked.is_signature_valid
    assert asked.public_key() == own.public_key()


def test_a_wrong_pin_is_refused(folder, settings, tmp_path):
    wrong = tmp_path / "pin"
    wrong.write_text("9999")
    configure(settings, folder, pin_file=wrong)
    with pytest.raises(SealRefused, match="does not sign"):
        sealing.seal(bundles.bundle())


def test_no_pin_is_told_by_what_prints_the_seal(folder):
    seal = TokenSeal(LIBRARY, "contracts", "ec", pin_file=folder / "pin")
    assert "1234" not in f"{seal!r} {vars(seal)}"
    assert seal.private_files == [folder / "pin"]


class TestSuite(suite.SealSuite, SimpleTestCase):
    """The token keeps the suite that is public for those who write another backend."""

    key = "ec"

    @pytest.fixture(autouse=True)
    def _given(self, folder):
        self.folder = folder

    def seal(self):
        return TokenSeal(LIBRARY, "contracts", self.key, pin_file=self.folder / "pin")

    def out_of_order(self):
        return TokenSeal(LIBRARY, "another", self.key, pin_file=self.folder / "pin")

    def roots(self):
        return [(self.folder / "root.pem").read_bytes()]

    def secrets(self):
        return ["1234"]


class TestSuiteOfRsa(TestSuite):
    """With a key of the other kind."""

    key = "rsa"
