"""What a file that does not hold says that it is about."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests import bundles
from tests.unit.sealing.bits import flipped
from wagtail_contracts.sealing import flows as sealing

SUBJECT = bundles.facts()["subject"]
ATTACHED = ("contract.json", "evidence.json", "exhibit-1.txt")


@pytest.fixture(scope="module")
def content():
    return sealing.seal(bundles.bundle()).content


def without(content, *names):
    """The file, changed after sealing: attachments of these names are called otherwise."""
    writer = IncrementalPdfFileWriter(BytesIO(content), strict=False)
    for place in range(1, 2 * len(ATTACHED), 2):
        told = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][place]
        if str(told["/UF"]) in names:
            told["/UF"] = generic.pdf_string("other.json")
            writer.update_container(told)
    result = BytesIO()
    writer.write(result)
    return result.getvalue()


@pytest.mark.parametrize("names", [(), ("evidence.json",), ("contract.json",)])
def test_the_evidence_or_else_the_record_names_what_a_file_is_about(content, names):
    assert sealing.claimed(without(content, *names)) == SUBJECT


def test_a_file_that_names_nothing_claims_nothing(content):
    assert sealing.claimed(without(content, "evidence.json", "contract.json")) == ""
    assert sealing.claimed(b"%PDF-1.7 something else") == ""


def test_most_damages_leave_the_claim_and_none_makes_another(content):
    places = range(0, len(content), max(1, len(content) // 60))
    said = [sealing.claimed(flipped(content, place, place % 8)) for place in places]
    assert set(said) <= {SUBJECT, ""}
    assert said.count(SUBJECT) >= len(said) * 3 / 4 >= 45
