"""A reference to what a file doesn't have is found, however it is written."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.unit.sealing import attacks
from tests.unit.sealing.hostile import CATALOG, FORM, PAGES, written
from wagtail_contracts.sealing.core.judging import missing

SPELLINGS = [
    b"5 0 R",
    b"005 0 R",
    b"5 7 R",
    b"5\n0\tR",
    b"5%remark\r0 R",
    b"+5 0 R",
    b"(a text with 5 0 R in it)",
    b"0" * 80 + b"5 0 R",
]
OTHERS = [b"15 0 R", b"5 0", b"5 0 obj", b"1 0 R", b"50 0 R", b"10005 0 R"]


def supplied(mention):
    """Whether the judge says so of a file with that mention, and object 5 appended."""
    data = written(CATALOG, PAGES, FORM.replace(b">>", b"/X [" + mention + b"]>>"))
    later = attacks.appended(data, lambda writer: writer.add_object(attacks.numbers(1)))
    return missing.supplied(PdfFileReader(BytesIO(later), strict=False), 1)


@pytest.mark.parametrize("mention", SPELLINGS)
def test_a_mention_of_an_object_that_comes_later(mention):
    assert supplied(mention) is True


@pytest.mark.parametrize("mention", OTHERS)
def test_a_mention_of_others(mention):
    assert supplied(mention) is False


def test_an_object_that_nothing_mentions_may_come():
    assert supplied(b"") is False
