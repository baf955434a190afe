"""Delivery reports: what is one tells of one mail of ours, and nothing else is believed."""

import time
from pathlib import Path

import pytest

from tests.house.laws import HOUSE
from wagtail_contracts.signing.core import reports
from wagtail_contracts.signing.core.reports import Report

FOLDER = HOUSE.parent / "tests" / "data" / "reports"
IDENTITY = "00112233445566778899aabbccddeeff"
GOOD = sorted((FOLDER / "good").glob("*.eml"))
HOSTILE = sorted((FOLDER / "hostile").glob("*.eml"))
FOREIGN = "unknown-id"  # in shape a report; it is the flow that knows no such mail


def read(path: Path, identity: str = IDENTITY) -> bytes:
    return path.read_bytes().replace(b"{identity}", identity.encode())


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", GOOD, ids=name)
def test_a_report_names_our_mail_and_whether_it_is_for_good(path):
    report = reports.parse(read(path))

    assert isinstance(report, Report)
    assert report.identity == IDENTITY
    assert ("hard" if report.hard else "soft") == path.stem.partition("-")[0]
    assert report.recipient in ("kari@customer.example",)
    assert report.status[0] == ("5" if report.hard else "4")


def test_there_are_reports_enough_of_both_sorts():
    assert (len(GOOD) > 10, len(HOSTILE) > 30) == (True, True)


@pytest.mark.parametrize("path", HOSTILE, ids=name)
def test_what_is_no_report_tells_nothing_and_breaks_nothing(path):
    report = reports.parse(read(path))

    assert (report and report.identity) == (
        None if path.stem != FOREIGN else "0123456789abcdef" * 2
    )


def test_what_the_other_server_says_is_one_short_line_of_printable_words():
    path = FOLDER / "good" / "hard-unknown-user.eml"
    said = "\u202eevil\u202c <b>no</b>\x07 " + "x" * 100 + " y" * 1000
    content = read(path).replace(b"smtp; 550 5.1.1", b"smtp; 550 " + said.encode())
    report = reports.parse(content)

    assert len(report.said) <= 300
    assert report.said.isprintable()
    assert report.said.startswith("550 ")
    assert report.status == "5.1.1"


def test_a_report_of_more_than_two_megabytes_is_not_read():
    content = read(FOLDER / "good" / "hard-unknown-user.eml")
    padding = b"X-Padding: " + b"x" * 70 + b"\n"
    padded = padding * ((reports.LARGEST - len(content)) // len(padding)) + content
    assert reports.parse(padded) == reports.parse(content)
    assert reports.parse(padding * 100 + padded) is None


def test_however_it_is_made_reading_ends_soon():
    started = time.process_time()
    for path in HOSTILE:
        reports.parse(read(path) * 20)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("cut", range(0, 1400, 35))
def test_a_report_that_is_cut_anywhere_is_read_without_an_error(cut):
    reports.parse(read(FOLDER / "good" / "hard-unknown-user.eml")[:cut])
