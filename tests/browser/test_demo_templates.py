"""Each template of the demo goes from the wizard to a sealed file that anybody can check."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser import answering
from tests.browser import authoring as do
from tests.browser.demo_rows import ROWS, Row
from tests.browser.filling import fill_in
from tests.browser.site import Site, code
from tests.browser.visiting import Visitor, shot

NAME = "Kari Nordmann"
ALWAYS = ("Leieavtale for næringslokale", "Mutual confidentiality agreement")
HERE = (
    "browser/test_demo_templates.py"
    "::test_a_template_of_the_demo_goes_from_the_wizard_to_a_sealed_file"
)


@pytest.mark.parametrize(
    "template",
    [row if row in ALWAYS else pytest.param(row, marks=pytest.mark.long(HERE)) for row in ROWS],
)
def test_a_template_of_the_demo_goes_from_the_wizard_to_a_sealed_file(
    template: str, site: Site, visitor: Visitor, tmp_path: Path
) -> None:
    row, ours, kari = ROWS[template], visitor(), visitor(width=375)
    title = f"{template} 2027"
    address = f"kari.{list(ROWS).index(template)}@nordlys.example"
    do.log_in(ours, row.who)
    send(ours, template, title, row, address)

    answering.come_in(kari, site, address, title)
    fill_in(kari.locator("main"), row.theirs)
    review(kari)
    answering.sign(kari, site, address)
    sign_for_us(ours, site, row.who, title)

    mail = site.mail(address, f"Signed: {title}")
    sealed = kari.get_by_role("button", name="Download sealed PDF").first
    expect(sealed).to_be_visible(timeout=30_000)  # the page follows what is signed by itself
    if row.behind:
        show_who_one_is(kari, site, address)
    file = downloaded(kari, tmp_path)
    assert [content for _name, content in mail.attachments] == (
        [] if row.behind else [file.read_bytes()]
    )
    judge(kari, file)
    look_into(file, row)


def send(page: Page, template: str, title: str, row: Row, address: str) -> None:
    """The four steps of the wizard."""
    page.goto("/admin/contracts/")
    page.get_by_role("link", name="New contract").click()
    real = page.get_by_role("listitem").filter(has_not_text="Øving")  # which trains with the same
    real.get_by_role("button", name=template, exact=True).click()
    theirs = page.get_by_role("region", name=row.party, exact=True)
    languages = page.get_by_label("Language of the messages")
    expect(languages).to_have_count(2)
    for language in languages.all():
        language.select_option(label="English")
    if row.either:
        theirs.get_by_label("Private person").check()
    theirs.get_by_label("Name").first.fill(NAME if row.person else "Nordlys Handel AS")
    fill_in(theirs.get_by_role("group", name="Person 1"), {"Name": NAME, "E-mail": address})
    page.get_by_role("button", name="Go on to details").last.click()
    expect(page.get_by_label("Answer by")).to_be_visible()
    fill_in(page.locator("main"), {"Title": title, **row.ours})
    shot(page, "demo-details", full_page=True)
    page.get_by_role("button", name="Go on to check and send").click()
    expect(page.get_by_role("heading", name="This is what will be sent")).to_be_visible()
    page.get_by_role("button", name=f"Send to {NAME}").click()
    expect(page.get_by_text("The contract was sent.")).to_be_visible()


def review(page: Page) -> None:
    """On to what will be signed, with all answers given."""
    page.keyboard.press("Tab")  # the bar of a phone makes room for its keyboard
    shot(page, "demo-contract", full_page=True)
    to_review = page.get_by_role("button", name="Review and sign")
    to_review.or_(page.get_by_role("link", name="Review and sign")).first.click()
    expect(page.get_by_role("heading", name="Check before you sign")).to_be_visible()


def sign_for_us(page: Page, site: Site, who: str, title: str) -> None:
    """With a code from the mail, which those need who have no device."""
    page.goto("/admin/contracts/")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.get_by_label("Next step").get_by_role("link", name="Sign for us…").click()
    page.get_by_role("button", name="I agree – send me a code").click()
    page.get_by_label("Code").fill(code(site.mail(f"{who}@eksempel.example", "is your code")))
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("You have signed.")).to_be_visible()


def show_who_one_is(page: Page, site: Site, address: str) -> None:
    """With a code from the mail, before the sealed copy is handed out."""
    page.get_by_role("button", name="Download sealed PDF").first.click()
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(code(site.mail(address, "is your code")))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("That is good for one copy")).to_be_visible()


def downloaded(page: Page, folder: Path) -> Path:
    """The sealed file, from the page of the counterparty."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download sealed PDF").first.click()
    download.value.save_as(folder / "sealed.pdf")
    return folder / "sealed.pdf"


def judge(page: Page, file: Path) -> None:
    """On the page where anybody can."""
    page.goto("/verify/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.locator("main")).to_contain_text("This is the sealed contract. It is unchanged.")


def look_into(file: Path, row: Row) -> None:
    """What was said and chosen stands in the file, for people and for machines."""
    with pikepdf.open(file) as pdf:
        text, told = (
            pdf.attachments[name].get_file().read_bytes().decode()
            for name in ("contract.txt", "contract.json")
        )
    words = " ".join(re.sub("[\u00a0\u202f]", " ", text).split())
    assert [said for said in row.said if said not in words] == []
    assert [said for said in row.unsaid if said in words] == []
    assert words.count("…") == row.blanks
    content = json.loads(told)["content"]
    values = {each["key"]: each["value"] for each in content["values"]}
    assert values | row.kept == values
    assert dict(bought(content["body"])) == row.bought


def bought(body: list[Any]) -> Iterator[tuple[str, Decimal]]:
    """The rows of all product tables, with their quantities."""
    for block in body:
        if block["type"] == "products":
            yield from ((row["name"], Decimal(row["quantity"])) for row in block["rows"])
