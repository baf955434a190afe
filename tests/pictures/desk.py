"""What those see who make contracts, build templates and run a workspace."""

from __future__ import annotations

import time
from base64 import b32decode

from playwright.sync_api import Page

from tests.browser import authoring
from tests.browser.site import totp
from tests.pictures.photographer import Photographer

# The demo makes its contracts in this order.
DRAFT, REVIEW, WAITING, _ELSEWHERE, OURS, LAPSED, DECLINED, _AWAY, _LATE, SEALED = range(1, 11)
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
    "confidential": f"contracts/confidential/{DRAFT}/",
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
    "workspace-help": "contract-workspaces/help/2/",
    "workspace-look": "contract-workspaces/look/2/",
    "members": "contract-workspaces/members/2/",
    "workspace-history": "contract-workspaces/trail/2/",
    "training": "contract-workspace/4/",
    "deliveries": "contract-deliveries/?state=done",
    "when-somebody-leaves": "contract-hand-over/",
}
WAITS = 15  # the one that an approver is asked about
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
# What is met on the way: the walks below take them.
WALKED = (
    "send",
    "prepare",
    "folders-and-tags",
    "newer-wording",
    "take-over",
    "conflict",
    "set-up-a-device",
    "recovery-codes",
    "second-factor",
    "first-steps",
    "factors-of-colleagues",
    "my-contracts",
)
TABLES = (SENDER, LEADER, EDITOR, ADMINISTRATOR, APPROVER, RULES)


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
