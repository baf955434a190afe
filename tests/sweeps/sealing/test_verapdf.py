"""PDF/A-3a and PDF/UA-1 by veraPDF's own rules, before and after sealing."""

import shutil
from io import BytesIO

import pikepdf
import pytest

from tests import bundles
from tests.flows.signing.test_scripts import FILES, ROWS
from tests.sweeps.sealing.conformity import CONFORMS, classpath
from tests.unit.contracts import long, made, media, papers
from tests.unit.sealing import attacks
from tests.unit.sealing.levels import LEVELS, Sealer
from wagtail_contracts.sealing import flows as sealing


def test_what_is_missing_fails_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(pytest.fail.Exception, match="apt-get install default-jre-headless"):
        classpath()
    monkeypatch.undo()
    assert classpath()


@pytest.mark.parametrize("pages", [1, 3])
def test_what_is_rendered_conforms(verapdf, render, pages):
    assert verapdf(render(pages)) == CONFORMS


def test_a_printed_contract_conforms(verapdf):
    assert verapdf(sealing.render(papers.bundle(long.content()))) == CONFORMS


def test_a_contract_with_pictures_videos_and_exhibits_conforms(verapdf):
    content = made.content(body=[*made.BODY[:-1], *media.blocks(), made.BODY[-1]])
    enclosed = media.enclosed(content)
    printed = sealing.render(papers.bundle(content, enclosed=enclosed))
    with pikepdf.open(BytesIO(printed)) as pdf:
        assert set(pdf.attachments) >= {name for name, _content in enclosed.inside}
    assert verapdf(printed) == CONFORMS


def test_twelve_scripts_conform(verapdf, settings):
    section = {**settings.WAGTAIL_CONTRACTS["SEALING"], "FONTS": FILES}
    settings.WAGTAIL_CONTRACTS = {**settings.WAGTAIL_CONTRACTS, "SEALING": section}
    lines = [f'<p lang="{language}">{words} {name}</p>' for _c, language, words, name in ROWS]
    assert len(lines) > 12
    assert verapdf(sealing.render(bundles.bundle(extra="".join(lines)))) == CONFORMS


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_sealed_conforms(verapdf, sealed, level):
    assert verapdf(sealed(level, 3)) == CONFORMS


def test_what_is_completed_and_renewed_conforms(verapdf, lab, sealed):
    completed = Sealer(lab).complete(sealed("B-T"))
    assert verapdf(Sealer(lab).renew(completed)) == CONFORMS


def test_a_seal_that_somebody_stamps_conforms(verapdf, lab, sealed):
    assert verapdf(attacks.stamped(sealed(), lab))["3a"] == []


def without_language(pdf):
    del pdf.Root.Lang


def without_title(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False) as facts:
        del facts["dc:title"]


def without_structure(pdf):
    del pdf.Root.StructTreeRoot
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=False)


def without_relationship(pdf):
    for item in pdf.Root.AF:
        if "/AFRelationship" in item:  # each stands there twice
            del item.AFRelationship


DEFECTS = [
    (without_language, "ua1"),
    (without_title, "ua1"),
    (without_structure, "3a"),
    (without_structure, "ua1"),
    (without_relationship, "3a"),
]


@pytest.mark.parametrize(("defect", "flavour"), DEFECTS)
def test_a_planted_defect_is_found(verapdf, render, defect, flavour):
    output = BytesIO()
    with pikepdf.open(BytesIO(render())) as pdf:
        defect(pdf)
        pdf.save(output)
    assert verapdf(output.getvalue())[flavour] != []
    assert verapdf(render()) == CONFORMS


def test_a_note_that_somebody_adds_is_found(verapdf, sealed):
    note = next(attack for attack in attacks.ANY if attack.__name__ == "note_added")
    assert any(verapdf(note(sealed())).values())
