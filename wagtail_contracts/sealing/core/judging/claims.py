"""What a file says that it is about, though it does not hold: a claim, and no more than that."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from wagtail_contracts import canonical
from wagtail_contracts.sealing.core.names import EVIDENCE

DIGEST = re.compile(r"[0-9a-f]{64}")
CONTRACT = "contract.json"


def job(request: bytes) -> bytes:
    """Entrance for the child process: the digest that a PDF names as its subject, or nothing.

    What can't be read any more is passed over. The record names it where the evidence doesn't.
    """
    found = {}
    with suppress(Exception):  # damaged files raise all kinds in four libraries
        found = dict(_subjects(PdfFileReader(BytesIO(request), strict=False)))
    return next((found[name] for name in (EVIDENCE, CONTRACT) if name in found), "").encode()


def _subjects(reader: PdfFileReader) -> Iterator[tuple[str, str]]:
    """By the name of the attachment that names it."""
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    for place in range(1, len(names), 2):
        with suppress(Exception):
            name = str(names[place]["/UF"])
            subject = _subject(name, names[place]["/EF"]["/F"].data)
            if DIGEST.fullmatch(subject):
                yield name, subject


def _subject(name: str, data: bytes) -> str:
    if name == EVIDENCE:
        return str(json.loads(data)["subject"])
    return canonical.digest_bytes(canonical.CONTRACT_VERSION, data) if name == CONTRACT else ""
