"""The backend of files keeps the suite that is public for authors of others; bad ones fail it."""

import tempfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import SimpleTestCase

from tests.unit.sealing.pki import Lab
from wagtail_contracts.sealing.backends import identity, suite
from wagtail_contracts.sealing.backends.file import Pkcs12Seal
from wagtail_contracts.sealing.errors import SealRefused

LAB = Lab()


class TestPkcs12(suite.SealSuite, SimpleTestCase):
    """A key in a file, as `sealing_identity create` makes it."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "seal"
        identity.make(self.folder, "Example")

    def seal(self):
        return Pkcs12Seal(self.folder / identity.SEAL, self.folder / identity.PASSWORD)

    def out_of_order(self):
        return Pkcs12Seal(self.folder / identity.SEAL, self.folder / identity.AUTHORITY)

    def roots(self):
        return [(self.folder / identity.AUTHORITY).read_bytes()]

    def secrets(self):
        return [(self.folder / identity.PASSWORD).read_text().strip()]


class Good:
    """The laboratory's seal; each of the others does one thing badly."""

    entity, secret = LAB.seal, "s3cret"

    def __init__(self, *, broken=False):
        self.broken = broken

    def certificate(self):
        return self.entity.certificate()

    def chain(self):
        return [LAB.issuer.certificate()]

    def sign(self, data, algorithm):
        if self.broken:
            raise SealRefused("The service is away.")
        return self.entity.sign(data, algorithm)


class Armoured(Good):
    def certificate(self):
        return self.entity.signed.public_bytes(Encoding.PEM)


class Stamping(Good):
    """Its certificate is an authority's, which may sign certificates and nothing else."""

    entity = LAB.issuer

    def chain(self):
        return []


class Chainless(Good):
    def chain(self):
        return []


class Rooted(Good):
    def chain(self):
        return [*super().chain(), LAB.root.certificate()]


class Stubborn(Good):
    """It hashes by SHA-256, whatever was asked for."""

    def sign(self, data, algorithm):
        return super().sign(data, "sha256")


class Foreign(Good):
    def sign(self, data, algorithm):
        return super().sign(data, algorithm) if self.broken else LAB.issuer.sign(data, algorithm)


class Short(Good):
    """It takes the first kilobyte for the whole."""

    def sign(self, data, algorithm):
        return super().sign(data[:1024], algorithm)


class Exhausted(Good):
    """It signs once, as a session that nobody opens again."""

    signed = 0

    def sign(self, data, algorithm):
        self.signed += 1
        return super().sign(data, algorithm) if self.signed <= 6 else b""


class Blunt(Good):
    def sign(self, data, algorithm):
        if self.broken:
            raise KeyError("PIN")
        return super().sign(data, algorithm)


class Telling(Good):
    def __repr__(self):
        return f"<Telling {self.secret}>"


class Open(Good):
    def __init__(self, **options):
        super().__init__(**options)
        self.private_files = [Path(__file__)]


BAD = {
    Armoured: "test_its_certificate_is_der_and_good_for_seals",
    Stamping: "test_its_certificate_is_der_and_good_for_seals",
    Chainless: "test_its_chain_leads_to_a_root_and_leaves_the_root_out",
    Rooted: "test_its_chain_leads_to_a_root_and_leaves_the_root_out",
    Stubborn: "test_it_signs_with_the_key_of_its_certificate",
    Foreign: "test_it_signs_with_the_key_of_its_certificate",
    Short: "test_it_signs_large_files_and_nothing_alike",
    Exhausted: "test_it_signs_again_and_for_several_at_once",
    Blunt: "test_what_can_not_sign_refuses",
    Telling: "test_it_shows_no_secret",
    Open: "test_its_private_files_are_open_to_nobody_else",
}
SUITE = {name for name in dir(suite.SealSuite) if name.startswith("test_")}


def failed(kind):
    class Trial(suite.SealSuite, SimpleTestCase):
        def seal(self):
            return kind()

        def out_of_order(self):
            return kind(broken=True)

        def roots(self):
            return [LAB.root.certificate()]

        def secrets(self):
            return [Good.secret]

    ran = {name: Trial(name).run() for name in SUITE}
    return {name for name, result in ran.items() if not result.wasSuccessful()}


def test_a_good_seal_keeps_the_suite():
    assert failed(Good) == set()


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_seal_fails_the_suite_where_it_is_bad(bad):
    assert BAD[bad] in failed(bad)
    assert set(BAD.values()) == SUITE
