"""Anybody can have a file judged: by content, in memory, without learning what is in it."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import tables
from wagtail_contracts.contracts.models import Workspace
from wagtail_contracts.sealing.core.reports import LARGEST
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.core import digests
from wagtail_contracts.signing.models import RateWindow


def judged(content, name="copy.pdf", **more):
    """The page about a file."""
    upload = SimpleUploadedFile(name, content, content_type="application/pdf")
    return Client().post("/verify/", {"file": upload}, **more)


def test_a_sealed_file_is_unchanged_and_says_who_signed_when(sealed, content):
    with tables.unchanged(but=["_ratewindow"]):
        page = judged(content).content.decode()

    assert "This is the sealed contract. It is unchanged." in page
    assert "It is, byte for byte, a file that we sealed and kept" in page
    assert "It fits our unbroken record of what happened" in page
    for word in ("Kari Nordmann", "Director", "Ola Nordmann", "with a code by e-mail", "B-B"):
        assert word in page
    assert sealed.version.digest[:4].upper() in page


def test_it_shows_nothing_of_the_text(content):
    page = judged(content).content.decode()
    words = re.sub("<(dd|span|p)[^>]*wc-fp.*?</\\1>", "", page)

    assert words != page
    for secret in ("Hosting 2027", "5300", "5,300", "customer.example", "Customer AS", "SALES-"):
        assert secret not in words


def test_a_changed_file_is_called_so(content):
    at = len(content) // 2
    page = judged(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]).content.decode()

    assert "This file was changed after sealing." in page
    assert "Do not rely on it." in page
    assert "unchanged" not in page


@pytest.mark.django_db
def test_other_files_are_called_what_they_are():
    assert "This file can’t be read as a PDF." in judged(b"Hello").content.decode()
    assert "This file can’t be read as a PDF." in judged(b"").content.decode()


@pytest.mark.django_db
def test_a_file_is_needed():
    answer = Client().post("/verify/")

    assert answer.status_code == 422
    assert "Choose a PDF file." in answer.content.decode()


@pytest.mark.django_db
def test_what_is_too_large_is_refused_before_it_is_read():
    answer = judged(b"%PDF-" + b"x" * (LARGEST + (65 << 10)))

    assert answer.status_code == 413
    assert "That is too large" in answer.content.decode()
    assert not RateWindow.objects.exists()


@pytest.mark.django_db
def test_an_upload_never_touches_the_disk(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a file was opened")

    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)
    assert judged(b"%PDF-" + b"x" * (4 << 20)).status_code == 200


@pytest.mark.django_db
def test_thirty_files_an_hour_from_one_address_are_enough_and_forged_headers_do_not_help(
    monkeypatch,
):
    report = signing.verify(b"")
    monkeypatch.setattr(signing, "verify", lambda data: report)
    for number in range(30):
        forged = {"HTTP_X_FORWARDED_FOR": f"10.0.0.{number}"}
        assert judged(b"x", **forged).status_code == 200

    assert judged(b"x", HTTP_X_FORWARDED_FOR="10.9.9.9").status_code == 429
    assert judged(b"x", REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.django_db
def test_behind_a_proxy_that_is_configured_its_word_counts(settings, rf):
    from wagtail_contracts.signing.public import visitors

    def address(proxies, forwarded):
        given = {**settings.WAGTAIL_CONTRACTS, "SIGNING": {"PROXIES": proxies}}
        settings.WAGTAIL_CONTRACTS = given
        return visitors.address(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded))

    assert address(0, "6.6.6.6") == "10.0.0.1"
    assert address(1, "6.6.6.6, 192.0.2.7") == "192.0.2.7"
    assert address(2, "6.6.6.6, 192.0.2.7, 10.0.0.2") == "192.0.2.7"
    assert address(1, "") == "10.0.0.1"


def compared(digest, **more):
    """The page about a fingerprint alone."""
    return Client().post("/verify/", {"digest": digest}, **more)


def test_a_fingerprint_alone_says_that_it_was_sealed_when_and_how_and_nothing_else(sealed, content):
    digest = hashlib.sha256(content).hexdigest()
    with tables.unchanged(but=["_ratewindow"]):
        answer = compared(digest)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This is the fingerprint of a file that was sealed here." in page
    assert "B-B" in page
    shown = [sealed.contract.number, sealed.contract.title, sealed.version.digest[:4].upper()]
    for secret in ("Hosting", "Kari", "Ola", "Customer", "Eksempel", "example", "SALES", *shown):
        assert secret not in re.sub("<(dd|title)[^>]*wc-fp.*?</\\1>", "", page)


@pytest.mark.django_db
def test_no_other_digest_of_a_contract_is_known(sealed, content, django_assert_num_queries):
    """Whatever isn't a sealed file gets one answer, by one question, whether it is ours or not."""
    ours = [
        sealed.version.digest,
        sealed.version.content_digest,
        sealed.contract.trail.ljust(64, "0"),
    ]
    pages = []
    for digest in [*ours, "0" * 64]:
        with django_assert_num_queries(1):
            assert signing.recognise(digest) is None
        page = compared(digest).content.decode()
        assert "We do not know this fingerprint." in page
        pages.append(
            re.sub('(nonce|value|href|content)="[^"]*"|<dd class="wc-fp.*?</dd>', "", page)
        )
    assert len(set(pages)) == 1
    with django_assert_num_queries(1):
        assert signing.recognise(hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    "write",
    [
        str.upper,
        lambda digest: " ".join(digest[at : at + 8] for at in range(0, 64, 8)),
        lambda digest: f"{digest}  contract.pdf\n",
        lambda digest: f"SHA256 (contract.pdf) = {digest}",
        lambda digest: ":".join(digest[at : at + 2] for at in range(0, 64, 2)),
    ],
)
def test_a_fingerprint_is_read_as_programs_and_our_own_page_print_it(write):
    digest = hashlib.sha256(b"").hexdigest()
    assert digests.read(write(digest)) == digest


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "x", "0" * 63, "0" * 65, "g" * 64, f"{'0' * 64} {'1' * 64}"])
def test_what_is_no_fingerprint_is_asked_for_again_and_counts_for_nothing(typed):
    answer = compared(typed)
    assert answer.status_code == 422
    assert "A fingerprint has 64 digits and letters from a to f." in answer.content.decode()
    assert not RateWindow.objects.exists()
    assert compared("0" * 64).status_code == 200
    assert RateWindow.objects.exists()


@pytest.mark.django_db
def test_files_and_fingerprints_are_counted_together(monkeypatch):
    report = signing.verify(b"")
    monkeypatch.setattr(signing, "verify", lambda data: report)
    for _number in range(15):
        assert judged(b"x").status_code == compared("0" * 64).status_code == 200
    assert compared("0" * 64).status_code == judged(b"x").status_code == 429
    assert compared("0" * 64, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_fingerprint_of_a_test_is_called_one(sealed, content):
    Workspace.objects.filter(pk=sealed.contract.workspace_id).update(training=True)
    page = compared(hashlib.sha256(content).hexdigest()).content.decode()
    assert 'class="wc-test"' in page
    Workspace.objects.filter(pk=sealed.contract.workspace_id).update(training=False)
    page = compared(hashlib.sha256(content).hexdigest()).content.decode()
    assert 'class="wc-test"' not in page
