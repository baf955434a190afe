"""evidence.json: what a sealed file says about itself. The verifier recomputes all of it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wagtail_contracts import canonical

FORMAT = 1


def evidence(
    subject: str,
    *,
    files: Iterable[tuple[str, str | None, bytes]],
    statements: Sequence[Mapping[str, Any]],
    trail: Mapping[str, Any],
    checkpoint: Mapping[str, Any] | None = None,
) -> bytes:
    """The canonical bytes of evidence.json.

    `subject` is the digest that the seal is about: that of one of the files. Each file is a name,
    the tag of its digest (None: the plain SHA-256 of its bytes) and its bytes. Each statement is
    a record whose `digest` is the subject. `trail` is key, length, head and records of the trail
    of events; `checkpoint` is the signed note of a log that covers the first `length` of them,
    `index` and `path` of that leaf, and the verifier `key` of the note. Raises NotCanonical.
    """
    listed = [
        {"name": name, "tag": tag, "digest": _digest(tag, content)} for name, tag, content in files
    ]
    return canonical.encode(
        {
            "v": FORMAT,
            "subject": subject,
            "files": listed,
            "statements": [dict(item) for item in statements],
            "trail": _trail(trail),
            "checkpoint": None if checkpoint is None else dict(checkpoint),
        }
    )


def identifier(record: bytes) -> str:
    """The identifier of the PDF that holds this evidence.json: 32 hexadecimal characters."""
    return canonical.digest_bytes(canonical.EVIDENCE, record)[:32]


def _trail(trail: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: trail[name] for name in ("key", "length", "head")}
    return {**told, "records": list(trail["records"])}


def _digest(tag: str | None, content: bytes) -> str:
    if tag is None:
        return hashlib.sha256(content).hexdigest()
    canonical.decode(content)
    return canonical.digest_bytes(tag, content)
