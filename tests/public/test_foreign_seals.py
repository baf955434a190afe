"""A trusted root issues certificates to others, too: what they seal is not what we sealed."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tests import bundles, identity, tables
from tests.public.test_verdicts import revoked
from tests.public.test_verifying import judged
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import NOW, YEAR, Entity, Lab
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.core.judging import contents
from wagtail_contracts.sealing.core.reports import Verdict
from wagtail_contracts.sealing.rendering import Attached, Bundle
from wagtail_contracts.signing.models import Alarm

pytestmark = pytest.mark.django_db
OTHER = '<!doctype html><html lang="en"><head><title>Other</title></head><body><p>Other</p></body>'


@pytest.fixture
def provider(section, tmp_path):
    """Issues our seal and those of others; the site trusts its root."""
    lab = Lab()
    root = tmp_path / "provider.pem"
    root.write_bytes(lab.root.pem)
    section("SEALING", TRUST=[identity.authority(), root], TIMESTAMP_TRUST=[root])
    return lab


def other_text(content):
    """Another text beside the records of the genuine file."""
    reader = PdfFileReader(BytesIO(content))
    records = contents.read(reader).items()
    attached = tuple(Attached(name, data, "Data", bundles.AT) for name, data in records)
    return Bundle(OTHER, contents.name(reader), attachments=attached)


def sealed_by(lab, entity, content):
    return Sealer(lab, "B-B", entity).seal(sealing.render(other_text(content)))


def test_our_records_under_the_trusted_seal_of_another_are_not_our_contract(
    sealed, content, provider
):
    mallory = Entity("Mallory Ltd", provider.issuer, until=NOW + 2 * YEAR)
    forged = sealed_by(provider, mallory, content)
    assert sealing.verify(forged).verdict is Verdict.INTACT

    page = judged(forged).content.decode()

    assert "We did not seal this file." in page
    assert "Do not rely on it." in page
    for word in ("It is unchanged", "unbroken record", "Kari Nordmann"):
        assert word not in page
    alarm = Alarm.objects.get()
    assert (alarm.code, alarm.about) == ("copy_altered", sealed.version.digest)


def test_our_own_seal_is_ours_also_on_a_file_that_is_not_kept(sealed, content, provider):
    page = judged(sealing.seal(other_text(content)).content).content.decode()

    assert "This is the sealed contract. It is unchanged." in page
    assert "It is not one of the files that we keep" in page
    assert not Alarm.objects.exists()


def test_a_stolen_key_that_was_revoked_rings(sealed, content, provider):
    forged = revoked(sealed_by(provider, provider.seal, content), provider)
    assert sealing.verify(forged).verdict is Verdict.REVOKED

    assert "was revoked" in judged(forged).content.decode()
    assert Alarm.objects.get().code == "copy_altered"


def test_a_copy_that_no_reader_of_ours_takes_rings_where_it_names_a_contract_of_ours(
    sealed, content
):
    unread = twice_the_type(content)
    assert sealing.verify(unread).verdict is Verdict.UNREADABLE

    with tables.unchanged(but=("ratewindow",)):
        judged(b"%PDF-1.7 of somebody else")
    judged(unread)
    assert Alarm.objects.get().about == sealed.version.digest


def twice_the_type(content):
    """A revision whose catalog says twice what it is, as other readers accept."""
    reader = PdfFileReader(BytesIO(content))
    root = reader.trailer.raw_get("/Root").idnum
    start = content.rindex(b"\n%d 0 obj" % root)
    words = content[start : content.index(b"endobj", start)].split(b"<<", 1)[1]
    body = b"%d 0 obj\n<< /Type /Catalog " % root + words + b"endobj\n"
    at, before = len(content), content[content.rindex(b"startxref") :].split()[1]
    table = b"xref\n%d 1\n%010d 00000 n \n" % (root, at)
    size = int(reader.trailer["/Size"])
    rest = b"trailer\n<< /Size %d /Root %d 0 R /Prev %s >>\n" % (size, root, before)
    return content + body + table + rest + b"startxref\n%d\n%%%%EOF\n" % (at + len(body))
