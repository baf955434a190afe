"""What is made for training says TEST everywhere and is sealed as a test, never as the real."""

import json
import subprocess

import pytest
from django.core import checks, mail

from tests import identity, signatures
from tests.journeys import stage
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import SealRefused
from wagtail_contracts.sealing.models import SealedFile
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.checks import test_identity as check
from wagtail_contracts.signing.flows import checking

SIMPLE = "TEST: this is for training. Nothing here is binding."


@pytest.fixture
def sales(sales):
    """Sales, for training."""
    Workspace.objects.filter(pk=sales.pk).update(training=True, accent="#123456")
    sales.refresh_from_db()
    return sales


@pytest.fixture
def seals(settings):
    """Changes what seals."""

    def change(**changes):
        section = {**identity.settings(), **changes}
        settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": section}

    return change


@pytest.fixture
def signed(answered):
    """Both have signed version 2."""
    for person in (answered.kari, answered.ola):
        signatures.sign(person)
    return stage(answered.contract, answered.sender)


def pages(data, tmp_path):
    """The words of each page."""
    path = tmp_path / "contract.pdf"
    path.write_bytes(data)
    told = subprocess.run(  # noqa: S603 - poppler, on a file of our own
        ["pdftotext", "-layout", str(path), "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return [page for page in told.stdout.split("\f") if page.strip()]


def test_file_evidence_verdict_and_mails_say_that_it_is_a_test(signed, tmp_path):
    outbox.deliver()

    data = sealing.content(SealedFile.objects.get())
    leaves = pages(data, tmp_path)
    assert len(leaves) > 1
    assert all("TEST – for training, not binding" in leaf for leaf in leaves)
    report = sealing.verify(data)
    assert (report.verdict, report.test) == ("intact", True)
    assert "TEST Eksempel AS" in str(report.signer)
    assert "made for training" in " ".join(report.notes)
    statements = json.loads(report.files["evidence.json"])["statements"]
    assert [item["test"] for item in statements] == [True, True]
    assert list(checking.check(signed.contract.number)) == []
    assert len(mail.outbox) > 2
    for letter in mail.outbox:
        assert letter.subject.startswith("TEST: ")
        assert SIMPLE in letter.body
        assert SIMPLE in letter.alternatives[0][0]


def test_training_is_never_sealed_with_the_real_identity(signed, seals):
    real = identity.settings()
    seals(TEST_BACKEND=real["BACKEND"], TEST_OPTIONS=real["OPTIONS"])
    with pytest.raises(SealRefused, match="no test identity"):
        signing.seal(signed.version, by=SYSTEM)
    assert not SealedFile.objects.exists()
    assert check(None)[0].id == "wagtail_contracts.E033"

    seals()
    assert signing.seal(signed.version, by=SYSTEM)
    assert check(None) == []


def test_the_check_asks_for_a_test_identity_where_a_workspace_is_for_training(sales, seals):
    seals(TEST_BACKEND="")
    assert isinstance(check(None)[0], checks.Error)
    Workspace.objects.update(training=False)
    assert check(None) == []
