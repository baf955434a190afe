"""A hash chain of canonical records. Pure: audit stores it, the verifier replays it offline."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from wagtail_contracts import canonical

FIELDS = ("at", "by", "commitments", "data", "name", "prev", "seq", "trail", "v")
EXACTLY = frozenset(FIELDS)
DECODE = json.JSONDecoder().raw_decode  # json.loads takes half as long again, to pass over spaces


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
    if record.keys() != EXACTLY:
        raise canonical.NotCanonical("a record has exactly the fields " + ", ".join(FIELDS))
    text = canonical.encode(record)
    return Link(text.decode(), canonical.digest_bytes(canonical.AUDIT_EVENT, text))


def replay(trail: str, records: Iterable[str], *, deep: bool = False) -> Head:
    """Walk the stored texts and return the head they lead to; `deep` also re-canonicalises each."""
    return follow(trail, ((text, None) for text in records), deep=deep)


def follow(trail: str, links: Iterable[tuple[str, str | None]], *, deep: bool = False) -> Head:
    """Like `replay`, for texts with the digest stored beside them: names the very record."""
    length, previous = genesis(trail)
    tag, sha256 = canonical.AUDIT_EVENT.encode() + b"\n", hashlib.sha256
    for text, stored in links:
        length += 1
        data = text.encode(errors="surrogatepass")
        digest = sha256(tag + data).hexdigest()
        if stored is not None and stored != digest:
            raise Broken(length, "was changed")
        try:
            record, end = DECODE(text)
            found = record["seq"], record["prev"], record["trail"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Broken(length, "unreadable") from error
        if end < len(text):
            raise Broken(length, "unreadable")
        if found != (length, previous, trail):
            raise Broken(length, "does not follow its predecessor")
        if deep and not _is_canonical(record, data):
            raise Broken(length, "not canonical")
        previous = digest
    return Head(length, previous)


def _is_canonical(record: dict[str, Any], data: bytes) -> bool:
    try:
        return canonical.encode(record) == data and tuple(sorted(record)) == FIELDS
    except canonical.NotCanonical:
        return False
