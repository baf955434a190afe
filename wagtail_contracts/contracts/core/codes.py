"""Second factors on paper and on screens: what a code app is given, and how people type codes."""

from __future__ import annotations

import secrets
from base64 import b32encode
from collections.abc import Iterable
from urllib.parse import quote, urlencode

# Without the four that are read as others: no zero and o, no one and l.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
RECOVERY = 10  # characters of a recovery code, 50 bits; codes of devices have six digits, or eight


def recovery_code() -> str:
    """A new one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(RECOVERY))


def typed(code: str) -> str:
    """A code without what people put between its parts."""
    return "".join(code.replace("-", " ").split()).lower()


def is_recovery(code: str) -> bool:
    """Whether a typed code has the length of a recovery code."""
    return len(code) == RECOVERY


def grouped(text: str, size: int) -> str:
    """The text in groups of so many characters."""
    return " ".join(text[at : at + size] for at in range(0, len(text), size))


def key(secret: bytes) -> str:
    """A secret as code apps take it by hand: RFC 4648, base 32, without padding."""
    return b32encode(secret).decode().rstrip("=")


def address(secret: bytes, account: str, issuer: str) -> str:
    """What the QR code says, as the Key URI Format of code apps has it: six digits, 30 seconds."""
    issuer = issuer.replace(":", "")
    said = {"secret": key(secret), "issuer": issuer, "algorithm": "SHA1", "digits": 6, "period": 30}
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{urlencode(said, quote_via=quote)}"


def outline(rows: Iterable[Iterable[int]]) -> str:
    """The dark squares of a QR code as one path of an SVG, a square being one unit."""
    return "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
