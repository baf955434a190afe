"""The whole journey in a browser: template, contract, sending, signing, seal, verdict.

The counterparty follows only links that stand in mails which the mail server received; the file is
judged as it was attached, by a command that knows nothing of this site.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import answering, sending
from tests.browser import authoring as do
from tests.browser.building import build_template
from tests.browser.site import ROOT, Site
from tests.browser.visiting import Visitor, shot
from wagtail_contracts.sealing.backends import identity

TEMPLATE, TITLE = "Consulting agreement", "Advice in 2027"
KARI = "kari@northern.example"
CLIENT = {
    "party": "Client",
    "name": "Northern Light Ltd",
    "person: Name": "Kari Nordmann",
    "person: E-mail": KARI,
    "person: Capacity": "managing director",
}


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long a part of the journey took."""
    begun = time.monotonic()
    yield
    print(f"{what}: {time.monotonic() - begun:.1f} s", flush=True)  # noqa: T201


def test_a_template_becomes_a_contract_that_two_sides_sign_and_anybody_can_verify(
    site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    ola, kari = visitor(), visitor(width=375)
    with timed("an editor builds a template"):
        build_template(visitor(), TEMPLATE)
    with timed("a sender makes a contract"):
        make_and_edit(ola)
    with timed("and sends it"):
        sending.send(ola, site)
    with timed("the counterparty fills in and signs"):
        answering.come_in(kari, site, KARI, TITLE)
        expect(kari.locator("main")).to_contain_text("Travel is paid at cost.")
        answering.fill_in(kari, {"Order number": "PO-77", "Invoices to": "pay@northern.example"})
        answering.sign(kari, site, KARI)
    with timed("our side signs"):
        sending.sign_for_us(ola, site, TITLE)
    with timed("the sealed file arrives"):
        file = received(site, tmp_path)
        fetch_twice(kari, file)
    with timed("it is judged"):
        judge_by_command(site, file)
        judge_in_browser(visitor(), file)
        verify_audit(site)


def make_and_edit(page: Page) -> None:
    """Fill in the wizard, then edit an open block and add a clause by keyboard alone."""
    ours = {"Hourly fee": "1 250,50", "First day": "2027-01-15"}
    sending.make_contract(page, TEMPLATE, TITLE, CLIENT, ours)
    do.write(sending.entry(page, "1 Fee"), " Travel is extra.", at=1)
    area = sending.entry(page, "Additional terms")
    clause = do.add_by_keyboard(area, "Clause")
    heading, text = clause.locator("[contenteditable=true]").all()
    for editor, words in ((heading, "Travel"), (text, "Travel is paid at cost.")):
        editor.focus()
        page.keyboard.type(words)
    locked = sending.entry(page, "The work")
    expect(locked.locator("input:not([type=hidden]), [contenteditable=true]")).to_have_count(0)
    sending.saved(page, "Travel is paid at cost.")
    shot(page, "editor")


def received(site: Site, folder: Path) -> Path:
    """The attachment of the last mail, byte for byte, in a place of its own."""
    mail = site.mail(KARI, f"Signed: {TITLE}")
    [(name, content)] = mail.attachments
    assert site.mail("ola@eksempel.example", f"Signed: {TITLE}").attachments == [(name, content)]
    (folder / name).write_bytes(content)
    return folder / name


def fetch_twice(page: Page, file: Path) -> None:
    """From the page, which stays as it is and gives the file as often as it is asked."""
    page.get_by_role("link", name="Open the contract").click()
    for _time in range(2):
        with page.expect_download() as taken:
            page.get_by_role("button", name="Sealed PDF").click()
        assert Path(taken.value.path()).read_bytes() == file.read_bytes()


def judge_by_command(site: Site, file: Path) -> None:
    """With nothing but the file and an authority's certificate; then with a stranger's."""
    strangers = file.parent / "strangers"
    identity.make(strangers, "Somebody Else AS")
    for authority, code, verdict in (
        (site.var / "authority.pem", 0, "intact (B-B)"),
        (strangers / "authority.pem", 2, "unknown_signer (B-B)"),
    ):
        command = [sys.executable, "-m", "wagtail_contracts.sealing", "verify", str(file)]
        done = subprocess.run(  # noqa: S603
            [*command, "--trust", str(authority)],
            env={},
            cwd=file.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (code, "")
        assert done.stdout.startswith(f"{file}: {verdict}")


def judge_in_browser(page: Page, file: Path) -> None:
    """Anybody may ask; one changed byte is seen."""
    changed = file.with_name("changed.pdf")
    changed.write_bytes(file.read_bytes().replace(b"/Type /Page\n", b"/Type /Pagf\n", 1))
    for name, path, words in (
        ("intact", file, "This is the sealed contract. It is unchanged."),
        ("altered", changed, "This file was changed after sealing."),
    ):
        page.goto("/verify/")
        page.locator("input[type=file]").set_input_files(path)
        page.get_by_role("button", name="Check the file").click()
        expect(page.locator("main")).to_contain_text(words)
        shot(page, f"verify-{name}", full_page=True)


def verify_audit(site: Site) -> None:
    """Every trail is unbroken."""
    done = subprocess.run(
        [sys.executable, "-m", "example_site.manage", "audit_verify"],
        env=site.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
