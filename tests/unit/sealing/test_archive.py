"""From a bundle to an archival PDF: the same bytes everywhere, and what it says about itself."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests import bundles
from wagtail_contracts import canonical
from wagtail_contracts.sealing import flows as sealing
from wagtail_contracts.sealing.errors import RenderingRefused
from wagtail_contracts.sealing.rendering import evidence, identifier, typefaces
from wagtail_contracts.sealing.rendering.bundle import to_json

ROOT = Path(__file__).resolve().parents[3]
ANEW = """
import hashlib, sys
from wagtail_contracts.sealing.rendering.archive import job
print(hashlib.sha256(job(sys.stdin.buffer.read())).hexdigest())
"""


@pytest.mark.parametrize(("seed", "zone"), [("0", "UTC"), ("1", "Asia/Tokyo"), ("2", "Etc/GMT+9")])
def test_the_same_bundle_gives_the_same_bytes_in_any_process(render, tmp_path, seed, zone):
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(typefaces.configuration([typefaces.BUNDLED], tmp_path))
    environment = {
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": str(ROOT),
        "FONTCONFIG_FILE": str(fonts),
        "TZ": zone,
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", ANEW],
        input=to_json(bundles.bundle(2)),
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode().strip() == bundles.sha256(render(2))
    assert bundles.sha256(render(2)) != bundles.sha256(render(1))


def test_a_child_gives_the_same_bytes_again_and_after_a_refusal(render):
    with pytest.raises(RenderingRefused):
        sealing.render(bundles.bundle(extra="<p>\u7532</p>"))
    assert sealing.render(bundles.bundle(2)) == sealing.render(bundles.bundle(2)) == render(2)


def test_the_file_says_what_it_is(render):
    with pikepdf.open(BytesIO(render())) as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        assert metadata.count(b"<rdf:RDF") == 1
        assert b"<pdfuaid:part>1" in metadata
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.Root.Lang) == "nb"
        assert pdf.Root.MarkInfo.Marked
        assert bytes(pdf.trailer.ID[0]).decode() == bundles.bundle().identifier
        assert [str(item.Title) for item in outline(pdf.Root.Outlines)] == ["Rammeavtale"]


def outline(parent):
    item = parent.First
    while item is not None:
        yield item
        item = item.get("/Next")


def test_the_attachments_are_inside_with_their_relationship(render):
    with pikepdf.open(BytesIO(render())) as pdf:
        assert set(pdf.attachments) == {"contract.json", "evidence.json", "exhibit-1.txt"}
        assert pdf.attachments["exhibit-1.txt"].get_file().read_bytes() == bundles.EXHIBIT
        kinds = {str(item.UF): str(item.AFRelationship) for item in pdf.Root.AF}
    assert kinds == {
        "contract.json": "/Source",
        "evidence.json": "/Data",
        "exhibit-1.txt": "/Supplement",
    }


def test_a_font_of_the_sites_own_is_used_and_no_other(settings, tmp_path):
    """A folder of fonts in the settings is read beside the bundled ones."""
    own = {**settings.WAGTAIL_CONTRACTS["SEALING"], "FONTS": [tmp_path]}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": own}
    (tmp_path / "house.ttf").write_bytes((typefaces.BUNDLED / "NotoSans-Regular.ttf").read_bytes())
    (tmp_path / "readme.txt").write_text("no font")

    assert typefaces.places() == (typefaces.BUNDLED, tmp_path)
    assert [path.name for path in typefaces.files([tmp_path])] == ["house.ttf"]
    assert sealing.render(bundles.bundle()).startswith(b"%PDF-")


def test_the_fonts_of_the_package_come_with_their_licence():
    assert len(typefaces.files([typefaces.BUNDLED])) == 8
    assert "SIL OPEN FONT LICENSE" in (typefaces.BUNDLED / "OFL.txt").read_text()


def test_evidence_has_one_form_and_the_identifier_is_its_digest():
    record = canonical.encode(bundles.facts())
    assert canonical.decode(record)["v"] == 1
    assert identifier(record) == canonical.digest_bytes(canonical.EVIDENCE, record)[:32]
    told = evidence("0" * 64, files=[], statements=[], trail=bundles.trail(2))
    assert canonical.decode(told)["trail"]["length"] == 2
    with pytest.raises(canonical.NotCanonical):
        evidence("0" * 64, files=[("x", "x/v1", b"{ }")], statements=[], trail=bundles.trail())
