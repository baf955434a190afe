"""A key in a token or security module, by PKCS#11 (OASIS, version 2.40): it never leaves.

Takes the package python-pkcs11: pip install wagtail-contracts[pkcs11].
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from wagtail_contracts.sealing.errors import SealRefused

_turn = threading.Lock()  # a token knows one log-in of a process


class TokenSeal:
    """The key `key` in the token `token`, by the vendor's `library`; both are labels.

    The PIN stands in a file or in the environment. The certificates are those in the token that
    lead up from the one beside the key. Raises SealRefused.
    """

    def __init__(
        self,
        library: str | Path,
        token: str,
        key: str,
        pin_file: str | Path | None = None,
        pin_env: str | None = None,
    ) -> None:
        self.library, self.token, self.key = str(library), token, key
        self.pin_file, self.pin_env = (Path(pin_file) if pin_file else None), pin_env

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.token}>"

    @property
    def private_files(self) -> list[Path]:
        """What nobody else on the machine may read."""
        return [self.pin_file] if self.pin_file else []

    def certificate(self) -> bytes:
        """The certificate beside the key, DER."""
        return self._certificates[0]

    def chain(self) -> list[bytes]:
        """Those above it in the token, DER, without the root."""
        return self._certificates[1:]

    def public_key(self) -> bytes:
        """That of the key, DER, also where no certificate stands beside it yet."""
        from pkcs11 import KeyType, ObjectClass
        from pkcs11.util import ec, rsa

        with self._session() as session:
            key = session.get_key(object_class=ObjectClass.PUBLIC_KEY, label=self.key)
            if key.key_type == KeyType.EC:
                return bytes(ec.encode_ec_public_key(key))
            plain = keys.RSAPublicKey.load(rsa.encode_rsa_public_key(key))
        return bytes(keys.PublicKeyInfo.wrap(plain, "rsa").dump())

    def sign(self, data: bytes, algorithm: str) -> bytes:
        """The signature by the token; of an EC key it gets the digest, as not all can hash."""
        from pkcs11 import KeyType, Mechanism, ObjectClass

        with self._session() as session:
            key = session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=self.key)
            if key.key_type == KeyType.EC:
                hashed = hashlib.new(algorithm, data).digest()
                return _der(key.sign(hashed, mechanism=Mechanism.ECDSA))
            mechanism = Mechanism[f"{algorithm.upper()}_RSA_PKCS"]
            return bytes(key.sign(data, mechanism=mechanism))

    @cached_property
    def _certificates(self) -> list[bytes]:
        from pkcs11 import Attribute, ObjectClass

        with self._session() as session:
            objects = session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
            there = [(item[Attribute.LABEL], item[Attribute.VALUE]) for item in objects]
        own = [value for label, value in there if label == self.key]
        if len(own) != 1:
            words = f"The token {self.token} has {len(own)} certificates named {self.key}, not one."
            raise SealRefused(words)
        return list(_led_up(own[0], [value for _label, value in there]))

    @contextmanager
    def _session(self) -> Iterator[Any]:
        try:
            import pkcs11
        except ImportError as error:
            words = "A key in a token takes python-pkcs11: pip install wagtail-contracts[pkcs11]."
            raise SealRefused(words) from error
        try:
            with _turn, self._opened(pkcs11) as session:
                yield session
        except (pkcs11.PKCS11Error, RuntimeError, OSError, KeyError) as error:
            why = str(error) or type(error).__name__
            raise SealRefused(f"The token {self.token} does not sign: {why}.") from error

    def _opened(self, pkcs11: Any) -> Any:
        pin = self.pin_file.read_text().strip() if self.pin_file else os.environ[self.pin_env or ""]
        return pkcs11.lib(self.library).get_token(token_label=self.token).open(user_pin=pin)


def _led_up(certificate: bytes, there: list[bytes]) -> Iterator[bytes]:
    """From the certificate up to below the root."""
    known, current = (
        [x509.Certificate.load(item) for item in there],
        x509.Certificate.load(certificate),
    )
    yield certificate
    for _step in known:
        above = [item for item in known if item.subject == current.issuer and not item.self_issued]
        if not above:
            return
        current = above[0]
        yield current.dump()


def _der(raw: bytes) -> bytes:
    """Two integers side by side, as tokens give them, in the form of RFC 3279."""
    half = len(raw) // 2
    return encode_dss_signature(int.from_bytes(raw[:half]), int.from_bytes(raw[half:]))
