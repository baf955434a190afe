"""Take the pictures of the documentation anew: `make pictures`, or `python -m tests.pictures`.

It runs the demo with data of its own, walks through it in Chromium as its people do, and writes
each screen twice, at 1280 and at 375 pixels, into docs/pictures. docs/reference/screens.md shows
them.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import time
from base64 import b32decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import authoring
from tests.browser.site import ROOT, Site, code, running, totp
from tests.chromium import PATIENCE, launch

FOLDER = ROOT / "docs" / "pictures"
WIDTHS = {1280: 900, 375: 812}
COLOURS = 96
PERSONAL = re.compile(r"http://\S+/c/\S+")
# The demo makes its contracts in this order.
DRAFT, REVIEW, WAITING, OURS, LAPSED, DECLINED, WITHDRAWN, EXPIRED, SEALED = range(1, 10)
SENDER = {
    "home": "",
    "find-a-contract": "contract-search/?q=kunde",
    "contracts": "contracts/",
    "waiting-for-others": "contracts/?view=waiting",
    "tag-many": f"bulk/wagtail_contracts/contract/tag/?id={DRAFT}&id={WAITING}&id={SEALED}",
    "change-owner": f"contracts/owner/{DRAFT}/",
    "link-contracts": f"contracts/link/{SEALED}/",
    "choose-a-template": "contracts/add/",
    "from-a-link": "contracts/add/?template=5&value.price=5300",
    "new-parties": f"contracts/parties/{DRAFT}/",
    "new-details": f"contracts/details/{DRAFT}/",
    "locked-editor": f"contracts/edit/{DRAFT}/",
    "as-they-see-it": f"contracts/as-they-see-it/{DRAFT}/",
    "overview-draft": f"contracts/inspect/{DRAFT}/",
    "open-for-signing": f"contracts/open-signing/{REVIEW}/",
    "overview-out": f"contracts/inspect/{WAITING}/",
    "remind": f"contracts/remind/{WAITING}/",
    "reminders": f"contracts/reminders/{WAITING}/",
    "notifications": "contract-notifications/",
    "sign-for-us": f"contracts/sign/{OURS}/",
    "overview-lapsed": f"contracts/inspect/{LAPSED}/",
    "new-link": f"contracts/reissue/{WAITING}/",
    "version": f"contracts/version/{SEALED}/",
    "overview-declined": f"contracts/inspect/{DECLINED}/",
    "overview-sealed": f"contracts/inspect/{SEALED}/",
    "confirm": f"contracts/send/{DRAFT}/",
    "catalogue": "contract-catalogue/",
    "fill-the-catalogue": "contract-catalogue/fill/",
}
LEADER = {"unlock": f"contracts/unlock-block/{DRAFT}/"}
EDITOR = {
    "templates": "pages/4/",
    "template": "pages/5/edit/",
    "preview": "contract-templates/5/preview/",
    "clause-library": "contract-library/",
    "library-clause": "contract-library/edit/2/",
    "field-sets": "contract-field-sets/",
    "field-set": "contract-field-sets/edit/1/",
    "own-templates": "contract-templates/",
}
ADMINISTRATOR = {
    "workspace": "contract-workspaces/",
    "workspaces": "contract-workspace/",
    "workspace-page": "contract-workspace/2/",
    "workspace-settings": "contract-workspaces/edit/2/",
    "workspace-texts": "contract-workspaces/texts/2/",
    "workspace-look": "contract-workspaces/look/2/",
    "members": "contract-workspaces/members/2/",
    "workspace-history": "contract-workspaces/trail/2/",
    "training": "contract-workspace/4/",
    "deliveries": "contract-deliveries/?state=done",
    "when-somebody-leaves": "contract-hand-over/",
}
WAITS = 13  # the last that the demo makes
APPROVER = {
    "approvals": "contract-approvals/",
    "approve": f"contracts/approve/{WAITS}/",
    "deputies": "contract-approvals/deputies/",
}
RULES = {
    "approval-rules": "contract-workspaces/rules/1/",
    "new-rule": "contract-workspaces/new-rule/1/",
    "rights-of-a-group": "groups/edit/3/",
    "move": f"contracts/move/{DRAFT}/",
}
AT = {
    "rights-of-a-group": ".wc-rights",
    "locked-editor": "#panel-child-text-body-section",
    "template": "#panel-child-text-body-section",
}
SHOP, LIBRARY = "kari@kunde.example", "per@bibliotek.example"
# Whose newest mail about which contract leads to the picture of how it stands.
STANDING = {
    "changed": (SHOP, "bookingløsning"),
    "declined": (LIBRARY, "bildearkiv"),
    "withdrawn": (SHOP, "testmiljø"),
    "expired": (SHOP, "gammel nettbutikk"),
    "signed": (SHOP, "intranett 2027"),
}


@dataclass
class Photographer:
    """Takes each screen in both widths."""

    browser: Browser
    site: Site

    @contextmanager
    def visit(self, name: str = "") -> Iterator[Page]:
        """A page of a member of staff, or of somebody from outside."""
        context = self.browser.new_context(
            base_url=self.site.url, locale="en-GB" if name else "nb-NO"
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if name:
            authoring.log_in(page, name)
        yield page
        context.close()

    def take(self, page: Page, name: str) -> None:
        """Write the pictures of what the page shows now, from what is named in AT downwards."""
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(500)
            place = page.locator(AT.get(name, "body")).first
            place.evaluate("(item) => item.scrollIntoView({block: 'start'})")
            shot = page.screenshot(animations="disabled")
            picture = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS)
            picture.save(FOLDER / f"{name}-{width}.png", optimize=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def staff(photographer: Photographer) -> None:
    """What those see who make contracts, build templates and run a workspace."""
    people = {"ola": SENDER, "hanna": LEADER, "redaktor": EDITOR, "siri": ADMINISTRATOR}
    people |= {"frode": APPROVER, "admin": RULES}
    for name, screens in people.items():
        with photographer.visit(name) as page:
            for screen, address in screens.items():
                page.goto(f"/admin/{address}")
                photographer.take(page, screen)
            if name == "ola":
                confirmed(photographer, page)
            if name == "redaktor":
                newer(photographer, page)
            if name == "admin":
                in_order(photographer, page)


def confirmed(photographer: Photographer, page: Page) -> None:
    """What can't be undone, after a code."""
    page.goto(f"/admin/contracts/send/{DRAFT}/")
    page.locator("main input[name=code]").fill(photographer.site.one_time_code())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/send/**")
    photographer.take(page, "send")
    page.goto(f"/admin/contracts/edit/{LAPSED}/")
    authoring.settle(page)
    add(page, " Prisen øker høyst fire prosent i året.")
    page.get_by_text("Saved", exact=True).wait_for()
    page.goto(f"/admin/contracts/revise/{LAPSED}/")
    photographer.take(page, "prepare")


def in_order(photographer: Photographer, page: Page) -> None:
    """The folders and tags of a workspace, once there are some."""
    for act, words in (("tag", {"add": "haster, 2027"}), ("folder", {"folder": "Nettbutikker"})):
        page.goto(f"/admin/bulk/wagtail_contracts/contract/{act}/?id={DRAFT}&id={WAITING}")
        for name, said in words.items():
            page.locator(f"main input[name={name}]").fill(said)
        page.locator("main form button.button").first.click()
        page.get_by_text("Done: 2").wait_for()
    page.goto("/admin/contract-workspaces/marks/1/")
    photographer.take(page, "folders-and-tags")


def newer(photographer: Photographer, page: Page) -> None:
    """A template whose clause reads otherwise in the library now, and both wordings."""
    page.goto(f"/admin/{EDITOR['template']}")
    page.get_by_role("button", name="Toggle findings").click()
    found = page.get_by_role("link", name="There is a newer wording")
    found.wait_for()
    photographer.take(page, "newer-wording")
    page.goto(str(found.get_attribute("href")))
    photographer.take(page, "take-over")


def conflict(photographer: Photographer) -> None:
    """Two colleagues change one clause of one draft; the second one is asked."""
    with photographer.visit("hanna") as hanna, photographer.visit("ola") as ola:
        for page in (hanna, ola):
            page.goto(f"/admin/{SENDER['locked-editor']}")
            authoring.settle(page)
        add(hanna, " Første justering er 1. januar 2029.")
        hanna.get_by_text("Saved", exact=True).wait_for()
        add(ola, " Prisen øker høyst fire prosent i året.")
        ola.get_by_role("button", name="Save and compare").click()
        ola.get_by_role("button", name="Save with these choices").wait_for()
        photographer.take(ola, "conflict")


def add(page: Page, words: str) -> None:
    """Write at the end of the first clause that is editable."""
    page.locator(".wc-locked__entry--editable [contenteditable=true]").nth(1).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def counterparty(photographer: Photographer) -> None:
    """What Kari meets, from the mail to the signature, and the page that checks a file."""
    with photographer.visit() as page:
        come_in(photographer, page, SHOP, "nettbutikk 2027", "landing")
        photographer.take(page, "contract")
        home = page.url.partition("?")[0]
        page.goto(f"{home}decline/")
        photographer.take(page, "decline")
        page.goto(home)
        fill_in(page)
        photographer.take(page, "review")
        photographer.site.seen = {mail.name for mail in photographer.site.mails()}
        page.locator("main form button[type=submit]").last.click()
        page.locator("input[name=code]").wait_for()
        photographer.take(page, "code")
        letter = photographer.site.mail(SHOP, "kode")
        page.locator("input[name=code]").fill(code(letter))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url("**/done/**")
        photographer.take(page, "done")
        page.goto("/verify/")
        photographer.take(page, "verify")


def proving(photographer: Photographer) -> None:
    """What somebody confirms with, what administrators see of it, and the first steps."""
    with photographer.visit("mona") as page:
        page.goto("/admin/contract-factors/add/")
        page.locator("main input[name=password]").fill(authoring.PASSWORD)
        page.get_by_role("button", name="Show the QR code").click()
        key = page.locator(".wc-key").inner_text().replace(" ", "")
        photographer.take(page, "set-up-a-device")
        now = totp(b32decode(key), int(time.time()) // 30)
        page.get_by_role("textbox", name="Code").fill(now)
        page.get_by_role("button", name="Take it into use").click()
        page.locator(".wc-codes").wait_for()
        photographer.take(page, "recovery-codes")
        page.goto("/admin/contract-factors/")
        photographer.take(page, "second-factor")
    with photographer.visit("admin") as page:
        photographer.take(page, "first-steps")
        page.goto("/admin/contract-factors/people/")
        photographer.take(page, "factors-of-colleagues")


def mine(photographer: Photographer) -> None:
    """What staff without the admin find on the intranet."""
    with photographer.visit() as page:
        page.goto("/my-contracts/")
        page.locator("main input[name=username]").fill("vidar")
        page.locator("main input[name=password]").fill(authoring.PASSWORD)
        page.locator("main button").click()
        page.locator(".wc-mine__row").wait_for()
        photographer.take(page, "my-contracts")


def fill_in(page: Page) -> None:
    """All that the customer is asked for in the demo's service agreement."""
    page.locator("input[name=a-support][value=extended]").check(force=True)
    page.locator("[name=a-contact]").fill("Kari Nordmann")
    page.locator("[name=a-invoice]").fill("faktura@kunde.example")
    page.locator("[name=a-order]").fill("PO-1042")
    page.locator("button[name=do][value=review]").first.click()
    page.wait_for_url("**/sign/**")


def standing(photographer: Photographer) -> None:
    """How a contract that went on looks from outside."""
    for name, (address, about) in STANDING.items():
        with photographer.visit() as page:
            come_in(photographer, page, address, about)
            photographer.take(page, name)


def come_in(
    photographer: Photographer, page: Page, address: str, about: str, name: str = ""
) -> None:
    """Follow the newest link that somebody was mailed about a contract, past the landing."""
    mails = [mail for mail in photographer.site.mails() if mail.recipient == address]
    letters = (mail.text for mail in mails if about in mail.text)
    page.goto([found[0] for text in letters if (found := PERSONAL.search(text))][-1])
    if name:
        photographer.take(page, name)
    page.locator("main form button").first.click()
    page.locator("h1").wait_for()


def main() -> int:
    """Take them all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with running(Path(folder) / "var") as site:
            photographer = Photographer(browser, site)
            for part in (staff, conflict, standing, counterparty, proving, mine):
                part(photographer)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
