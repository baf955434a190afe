"""The wheel carries all that the package needs, and nothing else.

That a site can use it, in an empty environment, is seen in `tests/install`.
"""

import zipfile
from email import message_from_bytes
from pathlib import PurePosixPath

import pytest

from tests import wheel

JUNK = {"__pycache__"}
KINDS = {".css", ".html", ".js", ".md", ".mo", ".py", ".ttf", ".txt", ".typed"}
SOURCES = {".po", ".pot"}  # the compiled catalogues travel instead


@pytest.fixture(scope="module")
def names(built):
    with zipfile.ZipFile(built) as archive:
        return {PurePosixPath(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def metadata(built):
    with zipfile.ZipFile(built) as archive:
        [name] = [name for name in archive.namelist() if name.endswith("/METADATA")]
        return message_from_bytes(archive.read(name))


def test_every_file_of_the_package_is_in_it_and_nothing_else(names):
    package = wheel.PACKAGE
    expected = {
        PurePosixPath(path.relative_to(package.parent))
        for path in package.rglob("*")
        if path.is_file() and not JUNK & set(path.parts) and path.suffix not in SOURCES
    }
    carried = {name for name in names if not name.parts[0].endswith(".dist-info")}
    assert carried == expected
    assert {name.suffix for name in carried} >= KINDS


def test_the_licence_is_in_it(names, metadata):
    assert metadata["License-Expression"] == "BSD-3-Clause"
    assert [name for name in names if name.parts[-2:] == ("licenses", "LICENSE")]


def test_the_readme_is_its_description(metadata):
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "# wagtail-contracts" in metadata.get_payload()


def test_tests_and_the_example_site_stay_out(names):
    assert {name.parts[0] for name in names if "dist-info" not in name.parts[0]} == {
        "wagtail_contracts"
    }
