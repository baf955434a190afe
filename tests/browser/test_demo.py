"""`make demo`: it prepares itself, tells what to try, ends as a whole and survives interruption."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from example_site.staff import STAFF
from tests.browser import authoring as do
from tests.browser import axe
from tests.browser.site import ROOT, Site, running, until
from tests.browser.visiting import Visitor

STATES = ["Draft", "In approval", "In review", "Out for signing", "Signed", "Declined"]
STATES += ["Withdrawn", "Expired"]
PAGE = 30  # rows


def status(url: str) -> int:
    """How it answers in the end."""
    with urllib.request.urlopen(url, timeout=90) as response:  # noqa: S310 - our own
        return int(response.status)


def test_every_printed_address_answers(site: Site) -> None:
    addresses = set(re.findall(r"http://\S+", site.output))
    assert len(addresses) == 6
    assert {address: status(address) for address in addresses} == dict.fromkeys(addresses, 200)


def states(page: Page) -> list[str]:
    """Of all contracts in somebody's list, which may have a second page."""
    found: list[str] = []
    for number in (1, 2):
        if len(found) == PAGE * (number - 1):
            page.goto(f"/admin/contracts/?p={number}")
            found += page.locator("tbody .wc-state").all_inner_texts()
    return found


def test_everybody_named_on_the_front_page_comes_in_and_sees_their_own(
    site: Site, visitor: Visitor
) -> None:
    front = visitor()
    front.goto("/")
    seen = {}
    for name, person in STAFF.items():
        card = front.get_by_role("listitem").filter(has_text=f"{person.first} {person.last}")
        expect(card).to_contain_text(name)
        if not person.enters:
            continue
        page = visitor()
        do.log_in(page, name)
        seen[name] = states(page)
    assert {word.strip() for word in seen["ola"]} == set(STATES)
    assert seen["revisor"] == seen["hanna"] == seen["ola"]
    assert "Til signering" in {word.strip() for word in seen["siri"]}
    assert len(seen["admin"]) == len(seen["ola"]) + len(seen["siri"])
    assert seen["redaktor"] == []


def test_every_link_in_every_mail_leads_somewhere(site: Site) -> None:
    mails = site.mails()
    links = {link for mail in mails for link in re.findall(r"http://\S+", mail.text)}
    assert len(mails) > 30
    assert [link for link in links if status(link) != 200] == []


@pytest.mark.parametrize("locale", ["nb-NO", "en-GB"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_pages_of_the_intranet_are_usable_by_everybody(
    site: Site, visitor: Visitor, width: int, locale: str
) -> None:
    page = visitor(width, locale=locale)
    page.goto("/mailbox/?to=kari@kunde.example")
    mail = page.get_by_role("listitem").filter(has_text=".pdf").get_by_role("link")
    for address in ("/", "/mailbox/", "/codes/", "/my-contracts/", mail.get_attribute("href")):
        page.goto(str(address))
        expect(page.locator("html")).to_have_attribute("lang", locale[:2])
        assert axe.faults(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address


def test_the_mailbox_leads_to_the_contract_and_to_the_file(
    site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor(375)
    page.goto("/")
    page.get_by_role("link", name="Mailbox", exact=True).click()
    page.get_by_role("link", name="kari@kunde.example").click()
    page.get_by_role("link", name="ditt eksemplar").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(r"^SALG-2026-\d+\.pdf$")).click()
    download.value.save_as(tmp_path / "got.pdf")
    assert (tmp_path / "got.pdf").read_bytes().startswith(b"%PDF-")
    page.locator(".mail a:not([href*='/c/help/'])").last.click()
    expect(page.get_by_role("button", name="Åpne kontrakten")).to_be_visible()


def test_a_mail_that_is_sent_back_reaches_the_owner_of_its_contract(
    site: Site, visitor: Visitor
) -> None:
    page = visitor()
    page.goto("/mailbox/?to=kari@kunde.example")
    page.get_by_role("link", name="til lesing og signering").first.click()
    page.get_by_role("button", name="Send it back as undeliverable").click()
    expect(page).to_have_url(f"{site.url}/mailbox/")
    told = site.mail("ola@eksempel.example", "Not delivered: ")
    link = re.search(r"/admin/contracts/\S+", told.text)
    assert link
    do.log_in(page, "ola")
    page.goto(link[0])
    expect(page.get_by_text("The address of Kari")).to_contain_text("nobody has this address")


def test_the_code_app_shows_the_code_that_a_phone_would(site: Site, visitor: Visitor) -> None:
    page = visitor()
    page.goto("/codes/")
    shown = page.locator(".number").inner_text()
    step = int(time.time()) // 30
    assert shown in {site.code_at(step), site.code_at(step - 1)}


def test_a_second_demo_says_why_it_does_not_start(site: Site, tmp_path: Path) -> None:
    same_data = Site(tmp_path / "link")
    same_data.var.symlink_to(site.var)
    same_port = Site(tmp_path / "var", site.port)
    for other, words in (
        (same_data, "The demo is already running with the data in"),
        (same_port, f"Port {site.port} is taken by another program"),
    ):
        assert other.launch().wait(180) == 1
        assert words in other.output
        assert "Traceback" not in other.output
    assert not (same_port.var / "db.sqlite3").exists()
    assert status(site.url) == 200


def test_ctrl_c_ends_all_of_it_and_the_second_start_changes_nothing(site: Site) -> None:
    before, group = files(site.var), site.process and site.process.pid
    assert group
    assert site.stop() == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)
    assert site.output.rstrip().endswith("Stopped.")
    stopped = files(site.var)
    site.start()
    assert "Preparing" not in site.output
    assert status(site.url) == 200
    assert before <= stopped == files(site.var)


def files(var: Path) -> set[str]:
    """The kept files by name."""
    kept = (path for path in var.rglob("*") if "db.sqlite3-" not in path.name)
    return {str(path.relative_to(var)) for path in kept}


@pytest.mark.long(
    "browser/test_demo.py::test_a_preparation_that_was_killed_while_its_files_were_moved_goes_on"
)
def test_a_preparation_that_was_killed_begins_anew(tmp_path: Path) -> None:
    site = Site(tmp_path / "var")
    process = site.launch("--without-contracts")
    tables = site.var / "preparing" / "db.sqlite3-wal"
    until(lambda: tables.exists() and tables.stat().st_size > 100_000, "some tables", 180)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (site.var / "db.sqlite3").exists()
    with running(site.var, "--without-contracts") as again:
        assert status(again.url) == 200
        assert not (again.var / "preparing").exists()


def test_a_preparation_that_was_killed_while_its_files_were_moved_goes_on(site: Site) -> None:
    site.stop()
    part = site.var / "preparing"
    part.mkdir()
    for name in ("mail", "private", "seal.p12", "db.sqlite3"):
        shutil.move(site.var / name, part / name)
    (part / "complete").touch()
    site.start()
    assert status(f"{site.url}/mailbox/") == 200
    assert not part.exists()


def test_the_tutorial_names_what_these_tests_press() -> None:
    tutorial = (ROOT / "docs/tutorial/first-contract.md").read_text()
    named = {" ".join(name.split()) for name in re.findall(r"\*\*(.+?)\*\*", tutorial, re.DOTALL)}
    pressed = "".join(path.read_text() for path in Path(__file__).parent.glob("*.py"))
    assert len(named) > 10
    assert [name for name in named if re.sub(r" (\d+|Per Hansen)$", "", name) not in pressed] == []
