"""What a backend can do. It knows no PDF: it is asked for a signature over some bytes."""

from typing import Protocol


class Seal(Protocol):
    """Holds a key with its certificate, or speaks to what holds it."""

    def certificate(self) -> bytes:
        """The signer's certificate, DER."""

    def chain(self) -> list[bytes]:
        """The certificates between the signer's and its root, DER, without the root."""

    def sign(self, data: bytes, algorithm: str) -> bytes:
        """The signature over `data` with the digest `algorithm`, such as sha256.

        ECDSA (DER) or RSA with PKCS#1 v1.5 padding, as the key is.
        """
