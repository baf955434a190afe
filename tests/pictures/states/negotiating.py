"""Comments, questions and suggestions."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone
from playwright.sync_api import Page

from tests import builders
from tests.pictures.states import reading
from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from wagtail_contracts.contracts import flows as contracts

QUESTION = "Does this hold for the test environment as well, or only for what employees use?"
ANSWER = "For both. The test environment may be away for a day, though, when we try an update."
ALONE = "Can we live with four hours? Ask the people at the switchboard before Friday."
WHY = "The board meets in January, and wants to see the comparison with what we have today."
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
    page.locator(f"#talk-{clause(at, '3')} > summary").click()


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
    """Sent: the contract says so, and it waits in its thread."""
    looked(stage, page)
    page.get_by_role("button", name="Send the suggestion").click()
    page.get_by_text("Your suggestion is sent").wait_for()


def waiting(stage: Stage, page: Page) -> None:
    """The same among all threads."""
    at = looked(stage, page)
    page.get_by_role("button", name="Send the suggestion").click()
    page.get_by_text("Your suggestion is sent").wait_for()
    stage.open(page, at, "threads")


def quantity(stage: Stage, page: Page) -> None:
    """Another quantity in the offer."""
    at = stage.sent()
    stage.enter(page, at)
    offer = next(block for block in at.version.content["body"] if block["type"] == "products")
    link = page.locator(f"a[href*='/suggest/{offer['id']}/']").first
    page.goto(f"{stage.url}{link.get_attribute('href')}")


def quantity_looked(stage: Stage, page: Page) -> None:
    """What it would change."""
    quantity(stage, page)
    page.get_by_label("Operation of the intranet").first.fill("2")
    page.get_by_role("button", name="See what it changes").first.click()
    page.get_by_role("button", name="Send the suggestion").wait_for()


def time_asked(stage: Stage, page: Page) -> SimpleNamespace:
    """The sender is asked for more time."""
    at = stage.sent()
    stage.enter(page, at, "threads")
    page.goto(f"{page.url}?ask=time")
    page.get_by_label("Until when?").fill(f"{timezone.now().date() + timedelta(days=30)}")
    page.get_by_label("Why do you need more time?").fill(WHY)
    page.get_by_role("button", name="Ask for more time").click()
    page.locator("article.wc-thread").wait_for()
    return at


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
        at="details.wc-talk[open]",
    ),
    State("threads", "All comments and questions", "", SAID["threads"], threads),
    State("ask", "A question", "", "", ask),
    State("ask-wordless", "A question without words", "", "", wordless),
    State("ask-time", "Asking for more time", "", "", more_time),
    State("time-asked", "More time was asked for", "", "", time_asked),
    State("suggest", "Suggesting other wording", "", "", suggest),
    State("suggest-look", "What it changes, before it is sent", "", SAID["suggest-look"], looked),
    State("suggested", "A suggestion was sent", "", "", suggested),
    State("suggested-below", "It waits below its clause", "", "", suggested, at="details[open]"),
    State("suggested-all", "It waits among all comments", "", "", waiting),
    State("suggest-quantity", "Suggesting another quantity", "", "", quantity),
    State("suggest-quantity-look", "What that changes", "", "", quantity_looked),
    State("suggest-stale", "The text changed meanwhile", "", "", outdated),
)
