"""What a file says that it is about, though it does not hold: a claim, and no more than that."""

import json
import re
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader

from wagtail_contracts import canonical
from wagtail_contracts.sealing.core.judging import contents
from wagtail_contracts.sealing.core.names import EVIDENCE

DIGEST = re.compile(r"[0-9a-f]{64}")
CONTRACT = "contract.json"


def job(request: bytes) -> bytes:
    """Entrance for the child process: the digest that a PDF names as its subject, or nothing."""
    try:
        return _claimed(contents.read(PdfFileReader(BytesIO(request), strict=False))).encode()
    except Exception:  # noqa: BLE001 - damaged files raise all kinds in four libraries
        return b""


def _claimed(files: dict[str, bytes]) -> str:
    if EVIDENCE in files:
        subject = str(json.loads(files[EVIDENCE])["subject"])
        return subject if DIGEST.fullmatch(subject) else ""
    text = files.get(CONTRACT)
    return canonical.digest_bytes(canonical.CONTRACT_VERSION, text) if text else ""
