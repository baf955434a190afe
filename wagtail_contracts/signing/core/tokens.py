"""Secrets of links and cookies: 256 bits, kept as their SHA-256 alone."""

import hashlib
import re
import secrets

LENGTH = 43  # of a secret, in characters
TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}")


def issue() -> str:
    """A new secret of 43 characters."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> bytes:
    """What is stored instead of the secret."""
    return hashlib.sha256(secret.encode()).digest()


def new_code() -> str:
    """A one-time code of six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"
