"""What every backend that seals has to keep: a suite for the tests of those who write one.

Mix it into a TestCase and say what is tried:

    class TestMyToken(SealSuite, SimpleTestCase):
        def seal(self) -> Seal:
            return MyToken(**OPTIONS)

        def out_of_order(self) -> Seal:
            return MyToken(**{**OPTIONS, "pin_file": WRONG})

        def roots(self) -> list[bytes]:
            return [ROOT.read_bytes()]
"""

from __future__ import annotations

import stat
from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from wagtail_contracts.errors import Refusal
from wagtail_contracts.sealing.backends.base import Seal

ALGORITHMS = ("sha256", "sha384", "sha512")  # seals are made by the first
SMALLEST = 2048  # bits of an RSA key
OTHERS = stat.S_IRWXO


class SealSuite(ABC):
    """Mix it into a TestCase; `seal` makes what is tried."""

    @abstractmethod
    def seal(self) -> Seal:
        """The backend as the settings would make it, ready to seal."""

    @abstractmethod
    def out_of_order(self) -> Seal:
        """The same where it can't sign: a wrong password, a service that is away."""

    @abstractmethod
    def roots(self) -> list[bytes]:
        """The certificates that a verifier would trust, DER or PEM."""

    def secrets(self) -> list[str]:
        """What nobody may read: passwords, PINs, licences."""
        return []

    def test_its_certificate_is_der_and_good_for_seals(self: Any) -> None:
        """With a key of RSA or on a curve, that may sign documents."""
        certificate = x509.load_der_x509_certificate(self.seal().certificate())
        key = certificate.public_key()
        self.assertIsInstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey)
        if isinstance(key, rsa.RSAPublicKey):
            self.assertGreaterEqual(key.key_size, SMALLEST)
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        self.assertTrue(usage.digital_signature or usage.content_commitment)

    def test_its_chain_leads_to_a_root_and_leaves_the_root_out(self: Any) -> None:
        """In order: each is issued by the next, the last by a root."""
        found = self.seal()
        path = [x509.load_der_x509_certificate(found.certificate())]
        path += [x509.load_der_x509_certificate(item) for item in found.chain()]
        for below, above in pairwise(path):
            below.verify_directly_issued_by(above)
        roots = [_certificate(item) for item in self.roots()]
        self.assertFalse({item.fingerprint(hashes.SHA256()) for item in path} & _known(roots))
        self.assertTrue(any(_issued(path[-1], root) for root in roots))

    def test_it_signs_with_the_key_of_its_certificate(self: Any) -> None:
        """These bytes and no others; what it can't do beside SHA-256 it refuses."""
        found = self.seal()
        for algorithm in ALGORITHMS:
            try:
                signature = found.sign(b"one", algorithm)
            except Refusal:
                self.assertNotEqual(algorithm, ALGORITHMS[0])
                continue
            self.assertTrue(_holds(found, b"one", signature, algorithm))
            self.assertFalse(_holds(found, b"two", signature, algorithm))

    def test_it_signs_large_files_and_nothing_alike(self: Any) -> None:
        """The bytes are hashed there or here, whatever their number."""
        found = self.seal()
        for data in (b"", b"x" * (1 << 20)):
            self.assertTrue(_holds(found, data, found.sign(data, "sha256"), "sha256"))

    def test_it_signs_again_and_for_several_at_once(self: Any) -> None:
        """A worker holds it for long, and may have threads."""
        found, data = self.seal(), [str(number).encode() for number in range(8)]
        with ThreadPoolExecutor(4) as threads:
            signed = list(threads.map(lambda one: found.sign(one, "sha256"), data))
        for one, signature in zip(data, signed, strict=True):
            self.assertTrue(_holds(found, one, signature, "sha256"))

    def test_what_can_not_sign_refuses(self: Any) -> None:
        """With a Refusal, which is told to people, and no other error."""
        with self.assertRaises(Refusal):
            self.out_of_order().sign(b"one", "sha256")
        self.assertTrue(self.seal().sign(b"one", "sha256"))

    def test_it_shows_no_secret(self: Any) -> None:
        """Not where it is printed, as in a traceback."""
        found = self.seal()
        for secret in self.secrets():
            self.assertNotIn(secret, repr(found) + str(found))

    def test_its_private_files_are_open_to_nobody_else(self: Any) -> None:
        """If it names any: a check looks after those."""
        for path in getattr(self.seal(), "private_files", ()):
            self.assertFalse(path.stat().st_mode & OTHERS, path)


def _holds(seal: Seal, data: bytes, signature: bytes, algorithm: str) -> bool:
    key = x509.load_der_x509_certificate(seal.certificate()).public_key()
    digest: hashes.HashAlgorithm = getattr(hashes, algorithm.upper())()
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(digest))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), digest)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _certificate(content: bytes) -> x509.Certificate:
    is_pem = content.lstrip().startswith(b"-----BEGIN")
    load = x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate
    return load(content)


def _known(certificates: list[x509.Certificate]) -> set[bytes]:
    return {item.fingerprint(hashes.SHA256()) for item in certificates}


def _issued(below: x509.Certificate, above: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
