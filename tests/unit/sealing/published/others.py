"""What other tools say of the seal in a file: poppler's pdfsig, and pyHanko by its own rules."""

import re
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.unit.sealing.pki import Lab
from tests.unit.sealing.published import forged
from wagtail_contracts.sealing.flows.pades import FIELD

SIGNATURE = re.compile(r"^Signature #\d+:$", re.MULTILINE)
VALIDATION = re.compile(r"Signature Validation: (.+?)\.?$", re.MULTILINE)
PLAIN = {
    "Signature is Valid": "valid",
    "Signature has not yet been verified": "not verified",
    "Unknown Validation Failure": "fails",
}


def pdfsig(data: bytes) -> str:
    """A word for the seal, and whether it is said to cover the file as it is."""
    said = forged.told("pdfsig", data, "-nocert", "FILE")
    parts = [part for part in SIGNATURE.split(said) if f"Field Name: {FIELD}\n" in part]
    if not parts:
        return "no seal"
    found = VALIDATION.search(parts[0])
    if found is None:
        return "says nothing"
    whole = "whole file" if "- Total document signed" in parts[0] else "part of the file"
    return f"{PLAIN.get(found[1], found[1].lower())}, {whole}"


def pyhanko(data: bytes, lab: Lab) -> str:
    """Its one answer about the seal, by its own rules for what a revision may change."""
    try:
        found = [
            item
            for item in PdfFileReader(BytesIO(data)).embedded_signatures
            if item.field_name == FIELD
        ]
        if not found:
            return "no seal"
        status = validate_pdf_signature(found[0], _context(lab), _context(lab))
    except Exception:  # noqa: BLE001 - libraries under it raise all kinds
        return "error"
    return "valid" if status.bottom_line else "invalid"


def _context(lab: Lab) -> ValidationContext:
    return ValidationContext([lab.root.der], other_certs=[lab.issuer.der], allow_fetching=False)
