"""Who takes part, the right person, and what is confidential."""

from __future__ import annotations

from types import SimpleNamespace

from playwright.sync_api import Page

from tests import builders
from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded

ANNE, ADDRESS = "Anne Elisabeth Haugen-Kristoffersen", "anne.haugen@kunde.example"
PERSON = contracts.NewPerson(name=ANNE, email=ADDRESS, capacity="Head of archives")


def forward(stage: Stage, page: Page) -> None:
    """To the right person."""
    stage.enter(page, stage.sent(), "forward")


def nobody(stage: Stage, page: Page) -> None:
    """Nobody was named."""
    forward(stage, page)
    page.get_by_role("button", name="Forward the contract").click()
    page.locator(".wc-error").first.wait_for()


def forwarded(stage: Stage, page: Page) -> None:
    """Somebody else signs."""
    forward(stage, page)
    name(page)
    page.get_by_role("heading", name="You have forwarded this contract").wait_for()


def name(page: Page, todo: str = "sign") -> None:
    """Say who the right person is."""
    page.locator(f"[name=todo][value={todo}]").check(force=True)
    page.locator("[name=name]").fill(ANNE)
    page.locator("[name=email]").fill(ADDRESS)
    page.get_by_role("button", name="Forward the contract").click()


def asked(stage: Stage, page: Page) -> None:
    """Our side confirms who signs: it is asked, and nothing has changed."""
    at = stage.sent()
    fixed(at)
    stage.enter(page, at, "forward")
    name(page)
    page.get_by_text("You have asked that").wait_for()


def fixed(at: SimpleNamespace) -> None:
    """Another signatory needs the sender's yes."""
    with unguarded():
        Contract.objects.filter(pk=at.contract.pk).update(signatories_fixed=True)


def refused(stage: Stage, page: Page) -> None:
    """The sender said no."""
    at = stage.sent()
    fixed(at)
    kari = builders.guest(at.kari)
    request = contracts.ask_for_person(at.kari, at.version.digest, PERSON, by=kari)
    contracts.refuse_person(request, "Only the manager may bind the company.", by=at.owner)
    stage.enter(page, at, "people")


def added(stage: Stage, page: Page) -> None:
    """Somebody gives advice, too."""
    forward(stage, page)
    name(page, "advise")
    page.get_by_text("The person has access now").wait_for()


def people(stage: Stage, page: Page) -> None:
    """Everybody with access."""
    stage.enter(page, stage.sent(), "people")


def identify(stage: Stage, page: Page) -> None:
    """Who one is, before the text is shown."""
    at = stage.sent()
    contracts.keep_close(at.contract, "identify", by=at.owner)
    stage.enter(page, at)


def confidential(stage: Stage, page: Page) -> None:
    """The text, once that is shown, and what can't be prevented."""
    identify(stage, page)
    page.get_by_role("button", name="Send me a code").click()
    page.locator("[name=code]").fill(stage.code())
    page.get_by_role("button", name="Read the contract").click()
    page.locator(".wc-document").wait_for()


def help_page(stage: Stage, page: Page) -> None:
    """What signers ask."""
    page.goto(f"{stage.url}/c/help/")


def helped(stage: Stage, page: Page) -> None:
    """The same, for somebody who is in."""
    stage.enter(page, stage.sent())
    page.get_by_role("link", name="Help").first.click()
    page.wait_for_load_state()


PEOPLE = (
    State(
        "forward",
        "Forward to the right person",
        "sign-forward.png",
        SAID["forward"],
        forward,
    ),
    State("forward-nobody", "Nobody was named", "", "", nobody),
    State("forwarded", "Forwarded: the other one signs", "", "", forwarded),
    State("person-asked", "Another signatory was asked for", "", "", asked),
    State("person-refused", "The sender said no", "", "", refused),
    State("person-added", "Somebody was let in", "", "", added),
    State("people", "Who has access", "", "", people),
)
CONFIDENTIAL = (
    State(
        "identify",
        "Who one is, before the text",
        "sign-gate.png",
        SAID["identify"],
        identify,
    ),
    State(
        "confidential",
        "A confidential contract",
        "",
        SAID["confidential"],
        confidential,
        at="#access-h",
    ),
)
HELP = (
    State("help", "Help, for anybody", "", "", help_page),
    State("help-inside", "Help, for somebody who is in", "", "", helped),
)
