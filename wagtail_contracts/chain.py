"""A hash chain of canonical records. Pure: audit stores it, the verifier replays it offline."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from wagtail_contracts import canonical

FIELDS = ("at", "by", "commitments", "data", "name", "prev", "seq", "trail", "v")


class Broken(ValueError):
    """The records do not form the chain; `sequence` says where it breaks."""

    def __init__(self, sequence: int, why: str) -> None:
        super().__init__(f"record {sequence}: {why}")
        self.sequence, self.why = sequence, why


class Link(NamedTuple):
    """`record` is the canonical text that was hashed, `digest` its digest."""

    record: str
    digest: str


class Head(NamedTuple):
    """How long a trail is and the digest of its last event."""

    length: int
    digest: str


def genesis(trail: str) -> Head:
    """The head of an empty trail, different for each trail."""
    return Head(0, canonical.digest(canonical.AUDIT_GENESIS, trail))


def link(trail: str, head: Head, content: dict[str, Any]) -> Link:
    """The next link after `head`; content holds at, by, commitments, data and name."""
    record = {**content, "prev": head.digest, "seq": head.length + 1, "trail": trail, "v": 1}
    if tuple(sorted(record)) != FIELDS:
        raise canonical.NotCanonical("a record has exactly the fields " + ", ".join(FIELDS))
    text = canonical.encode(record)
    return Link(text.decode(), canonical.digest_bytes(canonical.AUDIT_EVENT, text))


def replay(trail: str, records: Iterable[str], *, deep: bool = False) -> Head:
    """Walk the stored texts and return the head they lead to; `deep` also re-canonicalises each."""
    length, previous = genesis(trail)
    tag, sha256, loads = canonical.AUDIT_EVENT.encode() + b"\n", hashlib.sha256, json.loads
    for text in records:
        length += 1
        try:
            record = loads(text)
            found = record["seq"], record["prev"], record["trail"]
        except (ValueError, KeyError, TypeError) as error:
            raise Broken(length, "unreadable") from error
        if found != (length, previous, trail):
            raise Broken(length, "does not follow its predecessor")
        data = text.encode()
        if deep and not _canonical(record, data):
            raise Broken(length, "is not canonical")
        previous = sha256(tag + data).hexdigest()
    return Head(length, previous)


def _canonical(record: Any, data: bytes) -> bool:
    try:
        return canonical.encode(record) == data
    except canonical.NotCanonical:
        return False
