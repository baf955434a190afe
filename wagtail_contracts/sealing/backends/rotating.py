"""Another seal in the place of the one that files are sealed with; what was sealed still verifies.

Each step is one file that is renamed: whenever it stops, one of the two seals is there whole, and
the roots of both are. Whoever begins again goes on.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)

from wagtail_contracts.sealing.backends.file import Pkcs12Seal
from wagtail_contracts.sealing.backends.identity import AUTHORITY, PASSWORD, SEAL, exchange
from wagtail_contracts.sealing.errors import SealRefused


@dataclass(frozen=True)
class Rotated:
    """The SHA-256 of both certificates, and where the earlier seal is kept."""

    before: str
    now: str
    kept: Path


def rotate(current: Pkcs12Seal, trusted: Path, following: Path) -> Rotated:
    """Seal from now on with the seal in the folder `following`; its root joins those in `trusted`.

    The password stays. Raises SealRefused, OSError.
    """
    if current.password_file is None:
        raise SealRefused("Rotating takes a seal whose password stands in a file (password_file).")
    with _alone(trusted.resolve().parent):
        password = current.password_file.read_bytes().strip()
        return _exchanged(current.path, password, trusted, following)


def _exchanged(path: Path, password: bytes, trusted: Path, following: Path) -> Rotated:
    key, own, above = _opened(following / SEAL, (following / PASSWORD).read_bytes().strip())
    _before_key, before, _above = _opened(path, password)
    if own == before:
        raise SealRefused("The seal in use is this one already; nothing was changed.")
    container = pkcs12.serialize_key_and_certificates(
        b"seal", key, own, above, BestAvailableEncryption(password)
    )
    kept = path.with_name(f"{path.stem}-{_fingerprint(before)[:16]}.p12")
    exchange(kept, path.read_bytes(), 0o600, like=path)
    exchange(trusted, _joined(trusted, following / AUTHORITY), 0o644)
    exchange(path, container, 0o600)
    return Rotated(_fingerprint(before), _fingerprint(own), kept)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two at once would each write the roots that it had found, and lose the other's."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _opened(
    path: Path, password: bytes
) -> tuple[pkcs12.PKCS12PrivateKeyTypes, x509.Certificate, list[x509.Certificate]]:
    try:
        key, own, above = pkcs12.load_key_and_certificates(path.read_bytes(), password)
    except ValueError as error:
        raise SealRefused(f"The seal in {path} can't be opened: {error}.") from error
    if key is None or own is None:
        raise SealRefused(f"{path} needs a key and its certificate.")
    return key, own, above  # type: ignore[return-value]  # what seals is of these kinds


def _joined(trusted: Path, root: Path) -> bytes:
    """The new root first, then those that were trusted before."""
    there = x509.load_pem_x509_certificates(trusted.read_bytes())
    added = [one for one in x509.load_pem_x509_certificates(root.read_bytes()) if one not in there]
    return b"".join(one.public_bytes(Encoding.PEM) for one in (*added, *there))


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex()
