"""One canonical form and one digest in the whole house.

The form is the subset of RFC 8785 (JSON Canonicalization Scheme) that `json.dumps` produces: no
floats, integers within
2**53 - 1, keys in lower-case ASCII, text in NFC.
"""

import hashlib
import hmac
import json
import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

CONTRACT_CONTENT = "wagtail-contracts/contract-content/v1"
CONTRACT_VERSION = "wagtail-contracts/contract-version/v1"
CONTRACT_OFFER = "wagtail-contracts/contract-offer/v1"
AUDIT_GENESIS = "wagtail-contracts/audit-genesis/v1"
AUDIT_EVENT = "wagtail-contracts/audit-event/v1"
AUDIT_DISCLOSURE = "wagtail-contracts/audit-disclosure/v1"
EVIDENCE = "wagtail-contracts/evidence/v1"
TEMPLATE = "wagtail-contracts/template/v1"
APPROVAL = "wagtail-contracts/approval/v1"
COMPARISON = "wagtail-contracts/comparison/v1"
COMMENT = "wagtail-contracts/comment/v1"
SUGGESTION = "wagtail-contracts/suggestion/v1"
DISCLOSURE = "wagtail-contracts/disclosure/v1"
STAMP = "wagtail-contracts/stamp/v1"

_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)
LARGEST = 2**53 - 1
KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")


class NotCanonical(ValueError):
    """The value has no canonical form; nothing is ever converted silently."""


def encode(value: Any) -> bytes:
    """The canonical bytes of a value made of None, bool, int, str, list and dict."""
    _check(value)
    try:
        return _ENCODER.encode(value).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("lone surrogate") from error


def decode(data: bytes) -> Any:
    """The value behind canonical bytes. Raises NotCanonical for any other form of it."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotCanonical("not JSON") from error
    if encode(value) != data:
        raise NotCanonical("not in canonical form")
    return value


def digest(tag: str, value: Any) -> str:
    """SHA-256 over tag, newline and the canonical form: 64 lower-case hexadecimal characters."""
    return digest_bytes(tag, encode(value))


def digest_bytes(tag: str, data: bytes) -> str:
    """Digest of stored canonical text, hashed as it is and never serialised again."""
    return hashlib.sha256(tag.encode() + b"\n" + data).hexdigest()


def commitment(salt: bytes, value: Any) -> str:
    """Salted commitment to personal data: HMAC-SHA-256 under a fresh 32-byte salt per value."""
    if len(salt) != 32:
        raise NotCanonical("a salt has 32 bytes")
    return hmac.new(
        salt, AUDIT_DISCLOSURE.encode() + b"\n" + encode(value), hashlib.sha256
    ).hexdigest()


def moment(value: datetime) -> str:
    """UTC with six decimals: 2026-01-02T03:04:05.000006Z."""
    if value.tzinfo is None:
        raise NotCanonical("moment without a zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"


def day(value: date) -> str:
    """ISO 8601: 2026-01-02."""
    return f"{value.year:04}-{value.month:02}-{value.day:02}"  # strftime cuts years before 1000


def decimal(value: Decimal, places: int) -> str:
    """Fixed places, no exponent, never rounded: a value with more places is refused."""
    fixed = value.quantize(Decimal(1).scaleb(-places))
    if fixed != value:
        raise NotCanonical("too many decimals")
    return format(fixed if fixed else abs(fixed), "f")


def _check(value: Any) -> None:
    """By the very type, not by isinstance: lazy strings and subclasses of int are refused."""
    kind = type(value)
    if kind is str:
        if not value.isascii() and not unicodedata.is_normalized("NFC", value):
            raise NotCanonical("text is not in NFC")
    elif kind is dict:
        _check_dict(value)
    elif kind is int:
        _check_number(value)
    elif kind is list:
        for item in value:
            _check(item)
    elif kind is not bool and value is not None:
        raise NotCanonical(f"{kind.__name__} has no canonical form")


def _check_number(value: int) -> None:
    if not -LARGEST <= value <= LARGEST:
        raise NotCanonical("integer outside 2**53 - 1")


def _check_dict(value: dict[Any, Any]) -> None:
    for key, item in value.items():
        if type(key) is not str or not _is_key(key):
            raise NotCanonical(f"key {key!r}")
        _check(item)


@lru_cache(maxsize=1024)
def _is_key(text: str) -> bool:
    return KEY.fullmatch(text) is not None
