"""One agreement on its whole way as people take it: a running site, a browser, received mails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import answering, sending
from tests.browser.site import ROOT, Site, running
from tests.browser.visiting import Visitor, visitor  # noqa: F401 - a fixture
from tests.chromium import launch
from tests.texts import agreements, page, paper, source
from tests.texts.comparing import cut, difference, heads, stepped, tagged, words
from tests.texts.journey import KARI, THEIRS, Filled, filled_in
from wagtail_contracts.contracts.core.importing import read

SOMEBODY = {
    "party": "Party 2",
    "name": THEIRS,
    "person: Name": "Kari Nordmann",
    "person: E-mail": KARI,
    "person: Capacity": "managing director",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Ended with this file: its event loop is in the way of the other tests' database."""
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example site with staff, without contracts."""
    with running(tmp_path_factory.mktemp("texts") / "var", "--without-contracts") as found:
        yield found


def prompts(agreement: agreements.Agreement) -> int:
    """How much an agreement asks for."""
    return sum(len(source.PROMPT.findall(path.read_text(encoding="utf-8"))) for path in agreement)


def test_it_is_imported_sent_filled_in_signed_and_sealed(
    site: Site,
    visitor: Visitor,  # noqa: F811
    tmp_path: Path,
) -> None:
    agreement = max(agreements.given(), key=prompts)
    title, filled, ours, theirs = imported(agreement, site)
    ola, kari = visitor(), visitor(width=375)

    sending.make_contract(ola, title, title, SOMEBODY, ours)
    sending.send(ola, site)
    answering.come_in(kari, site, KARI, title)
    fill_in(kari, theirs)
    answering.sign(kari, site, KARI)
    sending.sign_for_us(ola, site, title)

    [(_name, content)] = site.mail(KARI, "Signed: ").attachments
    (tmp_path / "sealed.pdf").write_bytes(content)
    kari.reload()
    kari.get_by_role("link", name="Open the contract").click()
    compare(agreement, filled, kari, tmp_path / "sealed.pdf")


def imported(
    agreement: agreements.Agreement, site: Site
) -> tuple[str, Filled, dict[str, str], dict[str, str]]:
    """Its title, how it is to be filled in, and what each side does of it.

    Our own side fills in the first field, by its label; the counterparty the rest, by their keys.
    """
    there = read([(path.name, path.read_text(encoding="utf-8")) for path in agreement])
    fields = [{"kind": entry["type"], **entry["value"]} for entry in there.fields]
    for field in fields:
        field["options"] = [option["value"] for option in field.get("options", [])]
    filled = filled_in(fields)
    typed = {key: filled.stored[key] for key in filled.typed} | {
        field["key"]: "yes" for field in fields if field["kind"] == "yes_no"
    }
    ours = {field["label"]: typed.pop(field["key"]) for field in fields[:1]}
    command(agreement, site, list(typed))
    return there.title, filled, ours, typed


def command(agreement: agreements.Agreement, site: Site, theirs: list[str]) -> None:
    """Import it as the site's administrator would."""
    files = [str(path.resolve()) for path in agreement]
    options = [
        "--workspace=salg",
        "--language=en",
        *(f"--field-role={key}=party_2" for key in theirs),
    ]
    manage = [sys.executable, "-m", "example_site.manage"]
    done = subprocess.run(  # noqa: S603
        [*manage, "contracts_import_template", *files, *options],
        env=site.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def fill_in(page: Page, theirs: dict[str, str]) -> None:
    """The fields where they stand in the text, then on to the review."""
    for key, value in theirs.items():
        controls = page.locator(f"[name='a-{key}']")
        if controls.first.get_attribute("type") == "radio":
            chosen = page.locator(f"[name='a-{key}'][value='{value}']").get_attribute("id")
            page.locator(f"label[for='{chosen}']").click()
        else:
            controls.fill(value)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Review and sign").first.click()
    expect(page.get_by_role("heading", name="Check before you sign")).to_be_visible()


def compare(agreement: agreements.Agreement, filled: Filled, visited: Page, pdf: Path) -> None:
    """The page that the browser shows and the file that came by mail, with the source."""
    texts = [path.read_text(encoding="utf-8") for path in agreement]
    expected = source.read(texts, filled.values, filled.chosen)
    shown = visited.locator("article.wc-document").evaluate("node => node.outerHTML")
    title = visited.get_by_role("heading", level=1).inner_text()

    _cover, body, _people = paper.apart(paper.text(pdf, heads(expected)))
    assert difference(stepped(expected), page.read(shown, title)) == ""
    assert difference(tagged(stepped(expected)), tagged(paper.parts(pdf))) == ""
    assert difference(list(words(expected[1:])), cut(body)) == ""
