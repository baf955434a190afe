"""The Ed25519 key that signs checkpoints, in a file of its own."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from wagtail_contracts.audit.errors import CheckpointRefused

Key = Ed25519PrivateKey


def make(path: Path) -> Key:
    """Write a new key, PEM, that only its owner may read. Raises CheckpointRefused."""
    key = Ed25519PrivateKey.generate()
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CheckpointRefused(f"No key was written: {error}.") from error
    with os.fdopen(handle, "wb") as target:
        target.write(content)
    return key


def load(path: str | Path) -> Key:
    """The key in a PEM file. Raises CheckpointRefused."""
    try:
        key = load_pem_private_key(Path(path).read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CheckpointRefused(f"The key in {path} can't be read: {error}.") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CheckpointRefused(f"The key in {path} is none for Ed25519.")
    return key
