"""Sealing works on Django alone: from a bundle to a sealed file, and by command line without it."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import transaction

from wagtail_contracts import canonical
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import RenderingRefused
from wagtail_contracts.sealing.rendering import Attached, Bundle, evidence, identifier

AT = datetime(2026, 1, 1, tzinfo=UTC)
RECEIPT = canonical.encode({"number": 7, "amount": "120.00"})
TAG = "shop/receipt/v1"
SUBJECT = canonical.digest_bytes(TAG, RECEIPT)
PAGE = (
    '<!doctype html><html lang="en"><head><title>Receipt</title></head>'
    "<body><h1>Receipt 7</h1><p>120.00</p></body></html>"
)


@pytest.fixture
def folder(settings, tmp_path):
    """The site has made its identity, as the command says."""
    call_command("sealing_identity", "create", folder=tmp_path, name="Shop")
    settings.WAGTAIL_CONTRACTS = {
        **settings.WAGTAIL_CONTRACTS,
        "SEALING": {
            "BACKEND": "wagtail_contracts.sealing.backends.file.Pkcs12Seal",
            "OPTIONS": {
                "path": tmp_path / "seal.p12",
                "password_file": tmp_path / "seal.password",
            },
            "TRUST": [tmp_path / "authority.pem"],
        },
    }
    return tmp_path


def receipt():
    """What a project of its own seals: a record, its trail, a page."""
    with transaction.atomic():
        audit.record("receipt-7", "receipt.issued", {"subject": SUBJECT}, by=SYSTEM)
    files = [("receipt.json", TAG, RECEIPT)]
    record = evidence(SUBJECT, files=files, statements=[], trail=audit.excerpt("receipt-7"))
    attachments = (
        Attached("receipt.json", RECEIPT, "Source", AT),
        Attached("evidence.json", record, "Data", AT),
    )
    return Bundle(PAGE, identifier(record), attachments=attachments)


@pytest.mark.django_db
def test_a_record_that_is_no_contract_is_sealed_kept_and_verified(folder):
    sealed = sealing.seal(receipt())
    name = sealing.store(sealed)
    with transaction.atomic():
        row = sealing.keep(SUBJECT, sealed, name, by=SYSTEM)

    assert sealing.content(row) == sealed.content
    report = sealing.verify(sealed.content)
    assert (report.verdict, report.known) == ("intact", True)
    assert report.files["receipt.json"] == RECEIPT
    assert sealing.verify(sealed.content + b"x").verdict == "altered"
    call_command("sealing_identity", "check")


@pytest.mark.django_db
def test_the_wheel_judges_it_without_settings(folder, tmp_path):
    path = tmp_path / "receipt.pdf"
    path.write_bytes(sealing.seal(receipt()).content)
    words = [sys.executable, "-I", "-m", "wagtail_contracts.sealing", "verify", str(path)]

    trusting = [*words, "--trust", str(folder / "authority.pem"), "--extract", str(tmp_path / "x")]
    known = subprocess.run(trusting, capture_output=True, text=True, env={}, check=False)  # noqa: S603
    assert (known.returncode, known.stderr) == (0, "")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in known.stdout
    assert (tmp_path / "x" / "receipt.json").read_bytes() == RECEIPT
    unknown = subprocess.run(words, capture_output=True, text=True, env={}, check=False)  # noqa: S603
    assert (unknown.returncode, unknown.stderr) == (2, "")


@pytest.mark.django_db
def test_a_character_that_the_wheels_fonts_lack_is_refused_and_theirs_are_printed(folder):
    with pytest.raises(RenderingRefused) as refused:
        sealing.render(Bundle(PAGE.replace("120.00", "\u7532"), "0" * 32))
    assert refused.value.characters == "\u7532"
    assert sealing.render(
        Bundle(PAGE.replace("120.00", "\u00e6\u00f8\u00e5 \u0416 \u03a9"), "0" * 32)
    )
