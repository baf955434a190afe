"""A key in a PKCS#12 file, loaded once and held in memory."""

import os
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from wagtail_contracts.sealing.errors import SealRefused

HeldKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Pkcs12Seal:
    """The seal in the file at `path`, opened with the password in a file or in the environment.

    Raises SealRefused when there is no such file or it doesn't open.
    """

    def __init__(
        self,
        path: str | Path,
        password_file: str | Path | None = None,
        password_env: str | None = None,
    ) -> None:
        self.path = Path(path)
        self.password_file = Path(password_file) if password_file else None
        try:
            loaded = pkcs12.load_key_and_certificates(
                self.path.read_bytes(), _password(password_file, password_env)
            )
        except (OSError, ValueError) as error:
            raise SealRefused(f"The seal in {self.path} can't be opened: {error}.") from error
        key, certificate, chain = loaded
        if not isinstance(key, HeldKey) or certificate is None:
            raise SealRefused(f"{self.path} needs an RSA or EC key and its certificate.")
        self._key, self._certificate, self._chain = key, certificate, chain

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    @property
    def private_files(self) -> list[Path]:
        """What nobody else on the machine may read."""
        return [path for path in (self.path, self.password_file) if path]

    def certificate(self) -> bytes:
        """The signer's certificate, DER."""
        return self._certificate.public_bytes(Encoding.DER)

    def chain(self) -> list[bytes]:
        """Those above the certificate that are in the file, DER; without the root and strangers."""
        found, below = [], self._certificate
        while above := [
            item
            for item in self._chain
            if item.subject == below.issuer != item.issuer and item not in found
        ]:
            below = above[0]
            found.append(below)
        return [item.public_bytes(Encoding.DER) for item in found]

    def sign(self, data: bytes, algorithm: str) -> bytes:
        """The signature of the held key: no reloading, no second check of an RSA key."""
        return signature(self._key, data, algorithm)


def signature(key: HeldKey, data: bytes, algorithm: str) -> bytes:
    """By a key in memory: ECDSA, or RSA with PKCS#1 v1.5 padding."""
    digest: hashes.HashAlgorithm = getattr(hashes, algorithm.upper())()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(digest))
    return key.sign(data, padding.PKCS1v15(), digest)


def _password(file: str | Path | None, variable: str | None) -> bytes | None:
    if file:
        return Path(file).read_bytes().strip()
    if variable and variable not in os.environ:
        raise ValueError(f"the environment has no {variable}")
    return os.environ[variable].encode() if variable else None
