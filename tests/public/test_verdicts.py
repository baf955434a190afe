"""Each verdict in its sentence, in two languages, through the door, and beside it a whole file.

None of them is a contract: their statements are of another kind, and nobody is shown as signing.
"""

from __future__ import annotations

from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from tests import bundles
from tests.unit.sealing import attacks
from tests.unit.sealing.levels import Sealer
from tests.unit.sealing.pki import DAY, NOW, Entity, Lab
from wagtail_contracts.sealing import flows as sealing

pytestmark = pytest.mark.django_db
WHOLE = {
    "en": "The seal is whole. We do not know this file.",
    "nb": "Forseglingen er hel. Vi kjenner ikke denne filen.",
}
SAID = {
    "unknown_signer": {
        "en": "We do not know who sealed this file.",
        "nb": "Vi vet ikke hvem som har forseglet denne filen.",
    },
    "revoked": {
        "en": "The certificate of the seal was revoked.",
        "nb": "Sertifikatet bak forseglingen er trukket tilbake.",
    },
    "mismatch": {
        "en": "The records in this file contradict it.",
        "nb": "Opptegnelsene i filen motsier den.",
    },
    "unproved": {
        "en": "A personal signature in this file does not hold.",
        "nb": "En personlig signatur i denne filen holder ikke.",
    },
    "undated": {"en": "We could not check everything.", "nb": "Vi kunne ikke kontrollere alt."},
    "altered": {
        "en": "This file was changed after sealing.",
        "nb": "Filen er endret etter forseglingen.",
    },
    "unsealed": {"en": "This file is not sealed.", "nb": "Denne filen er ikke forseglet."},
}
RELY = {"en": "Do not rely on it.", "nb": "Ikke stol på den."}


@pytest.fixture(scope="module")
def lab():
    return Lab()


@pytest.fixture
def trusted(section, tmp_path):
    """Lets the site trust the root of a laboratory from now on, and no other."""

    def trust(lab):
        (tmp_path / "root.pem").write_bytes(lab.root.pem)
        section("SEALING", TRUST=[tmp_path / "root.pem"], TIMESTAMP_TRUST=[tmp_path / "root.pem"])

    return trust


@pytest.fixture(scope="module")
def rendered():
    return sealing.render(bundles.bundle())


def told(**changes):
    """Another page, whose evidence says something else of the signatures."""
    statements = [{**item, **changes} for item in bundles.facts()["statements"]]
    return sealing.render(bundles.bundle(told=bundles.facts(statements=statements)))


def revoked(data, lab):
    """An archive puts in what the issuer said; then somebody stamps it all."""
    lists = [lab.root.revocations(), lab.issuer.revocations(lab.seal)]
    writer, output = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=lists, certs=[lab.issuer.der])
    writer.write(output)
    return attacks.stamped(output.getvalue(), lab)


BENT = {
    "unknown_signer": lambda lab, rendered: Sealer(Lab(), "B-B").seal(rendered),
    "revoked": lambda lab, rendered: revoked(Sealer(lab, "B-B").seal(rendered), lab),
    "mismatch": lambda lab, rendered: Sealer(lab, "B-B").seal(told(digest="0" * 64)),
    "unproved": lambda lab, rendered: Sealer(lab, "B-B").seal(told(level="qualified")),
    "undated": lambda lab, rendered: Sealer(
        lab, "B-B", Entity("Early", lab.issuer, until=NOW - DAY)
    ).seal(rendered),
    "altered": lambda lab, rendered: Sealer(lab, "B-B").seal(rendered) + b"% more",
    "unsealed": lambda lab, rendered: rendered,
}


def judged(content, language):
    """What the page says, without its details."""
    upload = SimpleUploadedFile("copy.pdf", content, content_type="application/pdf")
    speaks = {"accept-language": language}
    answer = Client().post("/verify/", {"file": upload}, headers=speaks)
    assert answer.status_code == 200
    assert answer["Content-Language"] == language
    return unescape(answer.content.decode())


@pytest.mark.parametrize("verdict", SAID)
def test_each_verdict_is_said_in_both_languages_beside_the_intact_file(
    lab, trusted, rendered, verdict
):
    trusted(lab)
    bent, whole = BENT[verdict](lab, rendered), Sealer(lab, "B-B").seal(rendered)
    assert sealing.verify(bent).verdict == verdict

    for language, sentence in SAID[verdict].items():
        page, beside = judged(bent, language), judged(whole, language)
        assert (sentence in page, WHOLE[language] in page) == (True, False)
        assert (RELY[language] in page) is (verdict != "undated")
        assert (sentence in beside, WHOLE[language] in beside) == (False, True)
        assert RELY[language] not in beside
        assert "wc-signers" not in beside
