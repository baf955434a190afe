"""Our side changes what the other side has signed: the signature lapses in everybody's sight."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser import answering, sending
from tests.browser import authoring as do
from tests.browser.site import Site
from tests.browser.visiting import Visitor, shot

TITLE, PER = "Talks about a merger", "per@harbour.example"
RECIPIENT = {
    "party": "Recipient",
    "name": "Harbour Ltd",
    "person: Name": "Per Hansen",
    "person: E-mail": PER,
    "person: Capacity": "chair",
}


def test_a_revision_voids_a_signature_and_its_giver_sees_what_changed_and_declines(
    site: Site, visitor: Visitor
) -> None:
    ola, per = visitor(), visitor(width=375)
    sending.make_contract(ola, "Confidentiality agreement", TITLE, RECIPIENT, {})
    sending.send(ola, site)
    answering.come_in(per, site, PER, TITLE)
    answering.fill_in(per, {"Contact person": "Per Hansen"})
    answering.sign(per, site, PER)

    revise(ola)

    answering.come_in(per, site, PER, "version 3 has")
    see_what_changed(per)
    decline(per)
    ola.reload()
    expect(ola.locator("main")).to_contain_text("Declined")
    assert " declined " in site.mail("ola@eksempel.example", "declined").subject


def revise(page: Page) -> None:
    """Change a value and a clause, and publish what the page then shows."""
    page.reload()
    page.get_by_role("link", name="Prepare version 3").click()
    expect(page.get_by_text("Per Hansen has signed version 2.")).to_be_visible()
    do.settle(page)
    page.get_by_label("Years of confidentiality").fill("5")
    do.write(sending.entry(page, "3 Duration"), " They outlive the talks.", at=1)
    sending.saved(page, "They outlive the talks.")
    page.get_by_role("link", name="Send version 3…").click()
    expect(page.locator("main")).to_contain_text("They outlive the talks.")
    shot(page, "revise", full_page=True)
    page.get_by_label("What has changed, and why").fill("The board asks for a longer duty.")
    page.get_by_role("button", name="Send version 3").click()
    expect(page.get_by_text("The new version was sent.")).to_be_visible()
    shot(page, "overview-lapsed", full_page=True)


def see_what_changed(page: Page) -> None:
    """The mail's link leads here: old and new words, old and new values, the reason."""
    assert page.url.endswith("/changes/")
    shot(page, "changes", full_page=True)
    main = page.locator("main")
    expect(main).to_contain_text("Your signature on version 2 no longer counts")
    expect(main).to_contain_text("The board asks for a longer duty.")
    old, new = (main.locator(tag).all_inner_texts() for tag in ("del", "ins"))
    assert [words.split()[-1] for words in old] == ["3", "3"]
    assert [words.split()[-1] for words in new] == ["5", "5", "talks"]


def decline(page: Page) -> None:
    """No is as easy as yes."""
    page.get_by_role("link", name="Decline").click()
    page.get_by_label("The terms").check()
    page.get_by_label("Tell more").fill("Five years is too long.")
    shot(page, "decline", full_page=True)
    page.get_by_role("button", name="Decline the contract").click()
    expect(page.locator("main")).to_contain_text("Per Hansen declined this contract")
    shot(page, "declined", full_page=True)
