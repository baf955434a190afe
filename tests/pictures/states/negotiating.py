"""Comments, questions and suggestions."""

from __future__ import annotations

from types import SimpleNamespace

from playwright.sync_api import Page

from tests import builders
from tests.pictures.states import reading
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from wagtail_contracts.contracts import flows as contracts

QUESTION = "Does this hold for the test environment as well, or only for what employees use?"
ANSWER = "For both. The test environment may be away for a day, though, when we try an update."
ALONE = "Can we live with four hours? Ask the people at the switchboard before Friday."
WORDS = "The supplier answers within two hours on working days, and within four on all others."


def clause(at: SimpleNamespace, number: str) -> str:
    """The id of the clause with this number."""
    body = at.version.content["body"]
    return next(str(block["id"]) for block in body if block["number"] == number)


def talked(stage: Stage) -> SimpleNamespace:
    """Two threads on one clause, of which one is our own, and one that is resolved."""
    at = stage.sent()
    kari = builders.guest(at.kari)
    about = {"shown": at.version.digest, "block": clause(at, "3")}
    matter = contracts.Matter(kind="question", quote="within four hours", **about)
    thread = contracts.begin_thread(at.contract, at.kari, QUESTION, matter, by=kari)
    contracts.reply(thread, ANSWER, by=at.owner)
    own = contracts.Matter(side=at.kari.party, **about)
    contracts.begin_thread(at.contract, at.kari, ALONE, own, by=kari)
    other = contracts.Matter(shown=at.version.digest, block=clause(at, "7"))
    done = contracts.begin_thread(at.contract, at.kari, "Which personal data?", other, by=kari)
    contracts.resolve(done, by=at.owner)
    return at


def below(stage: Stage, page: Page) -> None:
    """The threads of a clause, opened below it."""
    at = talked(stage)
    stage.enter(page, at)
    _at(page, f"#talk-{clause(at, '3')}")


def _at(page: Page, selector: str) -> None:
    page.locator(selector).evaluate("(item) => { item.open = true; item.dataset.pictured = ''; }")


def threads(stage: Stage, page: Page) -> None:
    """All that is open."""
    stage.enter(page, talked(stage), "threads")


def ask(stage: Stage, page: Page) -> None:
    """A question."""
    threads(stage, page)
    page.goto(f"{page.url}?ask=question")


def more_time(stage: Stage, page: Page) -> None:
    """More time."""
    threads(stage, page)
    page.goto(f"{page.url}?ask=time")


def wordless(stage: Stage, page: Page) -> None:
    """A comment without words."""
    ask(stage, page)
    page.locator("#write button[name=begin]").click()
    page.locator("#write .wc-error").first.wait_for()


def suggest(stage: Stage, page: Page) -> SimpleNamespace:
    """Other words for a clause that may be changed."""
    at = stage.sent()
    stage.enter(page, at)
    link = page.locator(f"a[href*='/suggest/{clause(at, '2')}/']").first
    page.goto(f"{stage.url}{link.get_attribute('href')}")
    return at


def looked(stage: Stage, page: Page) -> SimpleNamespace:
    """What it would change, before it is sent."""
    at = suggest(stage, page)
    page.locator("form.wc-suggest textarea.wc-control").nth(1).fill(WORDS)
    page.get_by_role("button", name="See what it changes").first.click()
    page.get_by_role("button", name="Send the suggestion").wait_for()
    return at


def suggested(stage: Stage, page: Page) -> None:
    """Sent: it waits in its thread."""
    at = looked(stage, page)
    page.get_by_role("button", name="Send the suggestion").click()
    page.wait_for_load_state()
    stage.open(page, at, "threads")


def outdated(stage: Stage, page: Page) -> None:
    """The text changed while one wrote."""
    at = looked(stage, page)
    reading.revise(stage, at)
    page.get_by_role("button", name="Send the suggestion").click()
    page.get_by_role("alert").wait_for()


STATES = (
    State(
        "talk",
        "Comments below their clause",
        "",
        "No draft of its own; in that of the contract a thread does not name the words that it is "
        "about. Here it quotes them, so that it can be understood when they are gone.",
        below,
    ),
    State("threads", "All comments and questions", "", "", threads),
    State("ask", "A question", "", "", ask),
    State("ask-wordless", "A question without words", "", "", wordless),
    State("ask-time", "Asking for more time", "", "", more_time),
    State("suggest", "Suggesting other wording", "", "", suggest),
    State("suggest-look", "What the suggestion changes, before it is sent", "", "", looked),
    State("suggested", "A suggestion that waits", "", "", suggested),
    State("suggest-stale", "The text changed meanwhile", "", "", outdated),
)
