"""Numbers of the outsiders' page that only a browser knows; tests/numbers names each."""

from __future__ import annotations

import re
import statistics
import subprocess
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import expect

from example_site import contents as made
from tests import builders, mails, signatures
from tests.bench.agreements import SENTENCE
from tests.browser import signatories as do
from tests.browser.delivering import deliver
from tests.browser.ways import press
from tests.journeys import stage
from tests.public import visits
from wagtail_contracts.contracts import flows as contracts

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
ASKED = [
    made.field("text", f"said-{number}".replace("-", "_"), f"Question {number}", "customer")
    for number in (1, 2, 3)
]
PACKAGE = made.field(
    "choice",
    "package",
    "Package",
    "customer",
    default="small",
    options=[made.option("small", "Small"), made.option("large", "Large")],
)


def out(body, fields, clauses=0):
    """A contract that is out, with so many clauses more."""
    sales = builders.workspace()
    sender = builders.staff("ola", sales)
    text = f"{SENTENCE * 3}</p><p>{SENTENCE * 3}"
    long = [made.clause(f"Part {number}", text) for number in range(clauses)]
    page = builders.template(sales, body=[*body, *long], fields=fields)
    values = {"price": "5300"} if fields is builders.FIELDS else {}
    draft = builders.contract(page, sender, values=values)
    contracts.send(draft, builders.shown(draft), into="signing", by=builders.actor(sender))
    return stage(draft, sender)


def opened(open_page, fields, signs_by=""):
    """The page on a phone, with all that has no answer yet typed in."""
    places = [made.place(field["value"]["key"]) for field in fields]
    at = out([made.clause("Service", "It runs."), *places, made.signatures("Signed")], fields)
    signatures.asked_for(at.kari, signs_by=signs_by)
    page = open_page(width=375)
    do.come_in(page, at.kari)
    for box in page.locator("main input[type=text]").all():
        box.fill("Said")
    return page


def presses(page, *names):
    """How many it takes; before the last of three the code is typed in."""
    for name in names:
        if name == "Sign version":
            page.get_by_label("Code").fill(do.code())
        press(page, name)
    expect(page.locator("h1")).to_have_text("You have signed")
    return len(names)


@pytest.mark.parametrize("fields", [[], [*ASKED, PACKAGE]])
def test_signing_takes_two_presses_and_one_for_the_code(open_page, record_property, fields):
    page = opened(open_page, fields)
    taken = presses(page, "Review and sign", "I agree – send me a code", "Sign version")

    assert taken <= 3
    record_property("number 3", f"{taken}")


@pytest.mark.parametrize(("number", "fields"), [(1, []), (2, [*ASKED[:2], PACKAGE])])
def test_signing_takes_two_presses_by_the_link_alone(open_page, record_property, number, fields):
    taken = presses(opened(open_page, fields, "link"), "Review and sign", "I agree – sign version")

    assert taken <= 2
    record_property(f"number {number}", f"{taken}")


def test_each_further_contract_of_a_package_takes_two_presses_and_no_code(open_page):
    sales = builders.workspace()
    sender = builders.staff("ola", sales)
    short = [made.clause("Service", "It runs."), made.signatures("Signed")]
    page = builders.template(sales, body=short, fields=[])
    drafts = [builders.contract(page, sender, title=title, values={}) for title in ("One", "Two")]
    by = builders.actor(sender)
    offers = [contracts.Offer(one, builders.shown(one), builders.recipients(one)) for one in drafts]
    contracts.send_together(offers, into="signing", by=by)
    deliver()
    (letter,) = [one for one in mail.outbox if one.to == ["kari@customer.example"]]
    (link,) = [found for found in mails.links(letter) if "/c/" in found]
    page = open_page(width=375)
    page.goto("/" + link.split("/", 3)[3])
    press(page, "See the contracts")
    press(page, "Read and sign")
    code = ("Review and sign", "I agree – send me a code", "Sign version")

    assert presses(page, *code) <= 3
    press(page, "Next: Two")
    assert presses(page, "Review and sign", "Sign version 1") <= 2


SHIFT = """window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.shift += entry.value;
})).observe({ type: "layout-shift", buffered: true });"""
LINES = """() => [...document.querySelectorAll(".wc-document p")].flatMap((paragraph) => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), lines = new Map();
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
    const range = new Range();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    const box = range.getBoundingClientRect();
    if (box.width) lines.set(Math.round(box.bottom), (lines.get(Math.round(box.bottom)) || 0) + 1);
  }
  return [...lines.values()].slice(0, -1);
})"""
WIDTHS = (768, 1024, 1100, 1200, 1280, 1440)
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-block-end: 2em !important; }"""
CLIPPED = """() => [...document.querySelectorAll("body *")]
  .filter((item) => item.checkVisibility() && !item.closest(".wc-hidden, .wc-sprite, .wc-skip"))
  .filter((item) => getComputedStyle(item).overflowX !== "visible")
  .filter((item) => item.scrollWidth > item.clientWidth + 1)
  .filter((item) => !item.matches("input, textarea, .wc-table"))
  .map((item) => item.outerHTML.slice(0, 80))"""


def test_the_page_keeps_still_and_can_be_read_as_one_likes(open_page, record_property):
    at = out(builders.BODY, builders.FIELDS, clauses=8)
    page = open_page()
    page.add_init_script(SHIFT)
    do.come_in(page, at.kari)
    medians, most = set(), 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        lines = page.evaluate(LINES)
        assert len(lines) > 20
        medians.add(statistics.median(lines))
        most = max(most, *lines)
        assert 65 <= statistics.median(lines) <= 75, width
    assert most <= 80
    record_property("number 19", f"{min(medians):g} to {max(medians):g}, at most {most}")
    page.reload()
    do.fill_in(page)
    expect(page.locator("[data-saved]")).to_be_visible()
    assert page.evaluate("window.shift") == 0
    record_property("number 11", "0")

    page.evaluate("document.documentElement.dir = 'rtl'")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(do.BESIDES) == 0
    page.evaluate("document.documentElement.dir = 'ltr'")
    for width, style in ((320, SPACED), (640, "html { font-size: 200%; }")):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("(style) => document.adoptedStyleSheets.push(new CSSStyleSheet())", style)
        page.evaluate("(style) => document.adoptedStyleSheets.at(-1).replaceSync(style)", style)
        assert (page.evaluate(do.BESIDES), page.evaluate(CLIPPED)) == (0, []), style
        page.evaluate("document.adoptedStyleSheets = []")


def test_on_paper_stand_the_address_the_version_and_no_heading_alone(
    open_page, record_property, tmp_path
):
    at = out(builders.BODY, builders.FIELDS, clauses=12)
    page = open_page()
    do.come_in(page, at.kari)
    paper = tmp_path / "paper.pdf"
    page.pdf(path=paper, format="A4", prefer_css_page_size=True)
    told = subprocess.run(  # noqa: S603 - poppler
        ["pdftotext", "-layout", str(paper), "-"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    sheets = told.strip("\f").split("\f")

    groups = [at.version.digest[place : place + 4].upper() for place in (0, 4, 8)]
    for there in (visits.page("contract", at.kari), "Version 1", " ".join(groups)):
        assert there in " ".join(told.split())
    for gone in ("Skip to", "Your next step", "Contents", "Save and finish later"):
        assert gone not in told
    assert len(sheets) > 3
    for number, sheet in enumerate(sheets, 1):
        lines = [line.strip() for line in sheet.splitlines() if line.strip()]
        assert re.fullmatch(rf"{number} ?/ ?{len(sheets)}", lines.pop())
        assert not re.fullmatch(r"\d+\s+(Part \d+|Service|Price|Reference)", lines[-1])
    record_property("number 25", f"{len(sheets)} sheets")


def test_without_script_the_copy_is_fetched_and_checked(answered, open_page, tmp_path):
    signatures.sign_all(answered)
    deliver()
    page = open_page(width=375, java_script_enabled=False)
    do.come_in(page, answered.kari)
    with page.expect_download() as found:
        page.get_by_role("button", name="Sealed PDF").locator("visible=true").first.click()
    copy = Path(tmp_path) / "copy.pdf"
    found.value.save_as(copy)
    page.goto("/verify/")
    page.set_input_files("input[type=file]", copy)
    page.get_by_role("button", name="Check the file").click()

    expect(page.get_by_role("heading", name="It is unchanged")).to_be_visible()
