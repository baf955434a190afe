"""Which version is sealed, and who is given the file."""

from pathlib import Path

import pytest
from django.core.files.storage import storages

from tests import builders, signatures, tables
from tests.announcements import announced
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import FileAltered
from wagtail_contracts.signing import flows as signing


@pytest.fixture
def signed(answered):
    signatures.sign_all(answered)
    return Contract.objects.get()


def test_only_the_newest_version_of_a_signed_contract_is_sealed(answered, sent):
    signatures.sign(answered.kari)
    for version in (sent.version, answered.version):
        with tables.unchanged(), pytest.raises(WrongState):
            signing.seal(version, by=SYSTEM)
    signatures.sign(answered.ola)
    contract = Contract.objects.get()
    with tables.unchanged(), pytest.raises(WrongState):
        signing.seal(contract.versions.first(), by=SYSTEM)

    with announced(contract) as heard:
        kept = signing.seal(contract.current_version, by=SYSTEM)
    data = {
        "version": 2,
        "digest": answered.version.digest,
        "file": kept.digest,
        "level": "B-B",
    }
    assert heard.shared == [(events.DOCUMENT_SEALED, data)]
    assert (heard.own, heard.mails) == ([], [("sealed", "kari"), ("sealed", "owner")])


def test_there_is_nothing_to_download_before_the_seal(signed):
    by = builders.guest(signed.parties.last().people.get())
    with tables.unchanged(), pytest.raises(WrongState):
        signing.download(signed, by=by)

    kept = signing.seal(signed.current_version, by=SYSTEM)
    with announced(signed) as heard:
        found, content = signing.download(signed, by=by)
    assert (found, content) == (kept, sealing.content(kept))
    assert signing.sealed_file(signed.current_version) == kept
    assert heard.shared == [(events.DOCUMENT_DOWNLOADED, {"file": kept.digest})]
    assert (heard.own, heard.mails) == ([], [])


def test_a_file_that_was_changed_is_handed_to_nobody(signed):
    kept = signing.seal(signed.current_version, by=SYSTEM)
    path = Path(storages["wagtail_contracts"].path(kept.name))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")

    with tables.unchanged(), pytest.raises(FileAltered):
        signing.download(signed, by=SYSTEM)
    path.write_bytes(whole)
    assert signing.download(signed, by=SYSTEM)


def test_a_version_without_a_seal_has_no_file(answered):
    assert signing.sealed_file(answered.version) is None
    assert signing.sealed_file(None) is None


@pytest.mark.django_db
def test_a_file_of_somebody_else_says_nothing_about_our_versions():
    verdict = signing.verify(b"%PDF-1.7 nothing")

    assert (verdict.report.verdict, verdict.version, verdict.trail) == ("unreadable", None, None)
