"""From a bundle to a kept file, and back."""

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from tests import bundles
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import AlreadySealed, FileAltered, NoTransaction, SealRefused
from wagtail_contracts.sealing.models import SealedFile

SUBJECT = bundles.facts()["subject"]


@pytest.fixture(scope="session")
def sealed():
    return sealing.seal(bundles.bundle())


def kept(sealed, by, **options):
    with transaction.atomic():
        return sealing.keep(SUBJECT, sealed, sealing.store(sealed), by=by, **options)


def test_a_sealed_file_knows_what_it_is(sealed):
    assert sealed.digest == bundles.sha256(sealed.content)
    assert (sealed.level, sealed.pages, sealed.size) == ("B-B", 1, len(sealed.content))
    assert "Eksempel AS" in sealed.signer
    assert len(sealed.fingerprint) == 64


@pytest.mark.django_db
def test_a_kept_file_comes_back_byte_for_byte_and_is_known(sealed, ola):
    row = kept(sealed, ola)

    assert sealing.content(row) == sealed.content
    report = sealing.verify(sealed.content)
    assert (report.verdict, report.level, report.known) == ("intact", "B-B", True)
    assert set(report.files) == {"contract.json", "evidence.json", "exhibit-1.txt"}


@pytest.mark.django_db
def test_a_file_that_was_never_kept_is_intact_and_not_known(sealed):
    assert (sealing.verify(sealed.content).verdict, sealing.verify(sealed.content).known) == (
        "intact",
        False,
    )


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n", b"%PDF-" + bytes(26 << 20)])
def test_what_is_no_pdf_is_unreadable(data):
    assert sealing.verify(data).verdict == "unreadable"


@pytest.mark.django_db
def test_a_subject_has_one_file_of_a_generation(sealed, ola):
    first, second = kept(sealed, ola), sealing.seal(bundles.bundle())

    with pytest.raises(AlreadySealed):
        kept(second, ola)
    assert list(SealedFile.objects.all()) == [first]
    assert kept(second, ola, generation=2).generation == 2


@pytest.mark.django_db(transaction=True)
def test_a_row_is_kept_in_a_transaction_only(sealed, ola):
    with pytest.raises(NoTransaction):
        sealing.keep(SUBJECT, sealed, sealing.store(sealed), by=ola)
    assert kept(sealed, ola)


@pytest.mark.django_db
def test_the_row_stays_as_it_is(sealed, ola):
    row = kept(sealed, ola)

    row.pages = 9
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()


@pytest.mark.django_db
def test_a_stored_file_that_was_changed_is_not_handed_out(sealed, ola):
    row, storage = kept(sealed, ola), storages["wagtail_contracts"]
    assert sealing.content(row)

    with open(storage.path(row.name), "r+b") as there:
        there.seek(100)
        there.write(b"X")
    with pytest.raises(FileAltered):
        sealing.content(row)
    sealing.store(sealed)
    assert sealing.content(row) == sealed.content
    storage.delete(row.name)
    with pytest.raises(FileAltered):
        sealing.content(row)


def test_without_a_backend_nothing_is_sealed(settings):
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": {}}

    with pytest.raises(SealRefused, match="BACKEND"):
        sealing.seal(bundles.bundle())


def test_a_seal_that_its_own_verifier_does_not_know_is_refused(settings):
    own = {**settings.WAGTAIL_CONTRACTS["SEALING"], "TRUST": []}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": own}

    with pytest.raises(SealRefused, match="unknown_signer"):
        sealing.seal(bundles.bundle())


def test_records_that_disagree_are_never_sealed():
    with pytest.raises(SealRefused, match="mismatch"):
        sealing.seal(bundles.bundle(identity="0" * 32))
