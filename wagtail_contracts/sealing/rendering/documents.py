"""A bundle with all that its verifier asks for, made of a page and the record that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from wagtail_contracts import canonical, chain
from wagtail_contracts.sealing.core.names import EVIDENCE
from wagtail_contracts.sealing.rendering.bundle import Attached, Bundle
from wagtail_contracts.sealing.rendering.evidence import evidence, identifier

RECORD = "record.json"


class Document(NamedTuple):
    """`subject` is the digest that the seal is about, `bundle` what `seal` takes."""

    subject: str
    bundle: Bundle


def document(
    html: str,
    record: Mapping[str, Any],
    *,
    tag: str,
    at: datetime,
    files: Mapping[str, bytes] | None = None,
    trail: Mapping[str, Any] | None = None,
) -> Document:
    """A page with its record as record.json, `files` beside it, and evidence.json about them.

    `tag` says what such a record is, as a path of your own with a version: `shop/receipt/v1`.
    `record` has lower-case keys and no floats. `trail` is an excerpt of the audit trail that tells
    of it, if there is one. What the page names besides is put in by `replace(bundle, resources=…)`.
    Raises NotCanonical.
    """
    content, more = canonical.encode(dict(record)), dict(files or {})
    subject = canonical.digest_bytes(tag, content)
    listed = [(RECORD, tag, content), *((name, None, held) for name, held in more.items())]
    told = evidence(subject, files=listed, statements=[], trail=trail or _empty(subject))
    attachments = [
        Attached(RECORD, content, "Source", at),
        *(Attached(name, held, "Supplement", at) for name, held in more.items()),
        Attached(EVIDENCE, told, "Data", at),
    ]
    bundle = Bundle(html, identifier(told), attachments=tuple(attachments))
    return Document(subject, bundle)


def _empty(key: str) -> dict[str, Any]:
    length, head = chain.genesis(key)
    return {"key": key, "length": length, "head": head, "records": []}
