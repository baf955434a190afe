"""The contract's page in each state that its reader can meet."""

from __future__ import annotations

from playwright.sync_api import Page

from tests import builders, signatures
from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import ANSWERS, Stage
from tests.pictures.states.table import State
from wagtail_contracts.contracts import flows as contracts


def turn(stage: Stage, page: Page) -> None:
    """Fields are open."""
    stage.enter(page, stage.sent())


def ready(stage: Stage, page: Page) -> None:
    """All is filled in, and kept."""
    at = stage.sent()
    contracts.save_answers(at.kari, ANSWERS, by=builders.guest(at.kari))
    stage.enter(page, at)


def review(stage: Stage, page: Page) -> None:
    """Out for review."""
    stage.enter(page, stage.sent("negotiating"))


def agreeable(stage: Stage, page: Page) -> None:
    """Out for review, with nothing to fill in."""
    stage.enter(page, stage.sent("negotiating", template=stage.unasking))


def agreed(stage: Stage, page: Page) -> None:
    """Its reader has pressed “I agree”."""
    agreeable(stage, page)
    page.get_by_role("button", name="I agree").locator("visible=true").first.click()
    page.get_by_text("You agree to").wait_for()


def news(stage: Stage, page: Page) -> None:
    """Another version since the reader looked."""
    at = stage.sent()
    stage.enter(page, at)
    revise(stage, at)
    stage.open(page, at)


def came(stage: Stage, page: Page) -> None:
    """Another version comes while the reader has the page open."""
    at = stage.sent()
    stage.enter(page, at)
    page.get_by_label("Contact person").fill("Kari Margre")
    revise(stage, at)
    page.get_by_text("came just now").locator("visible=true").first.wait_for()


def revise(stage: Stage, at: object) -> None:
    """The owner raises the price and changes the title."""
    contract = at.contract  # type: ignore[attr-defined]
    contract.refresh_from_db()
    contract.title = contract.title.replace("2027", "2028")
    contract.values = {**contract.values, "price": {"amount": "5600.00", "currency": "NOK"}}
    contract.save()
    by = builders.actor(stage.sender)
    contracts.revise(contract, builders.shown(contract), "The prices of 2028", by=by)


def waiting(stage: Stage, page: Page) -> None:
    """The reader has signed, the other side has not."""
    at = stage.answered()
    signatures.sign(at.kari)
    stage.enter(page, at)


def not_yet(stage: Stage, page: Page) -> None:
    """Others sign first."""
    stage.enter(page, stage.sent(kari_at=2))


def signed(stage: Stage, page: Page) -> None:
    """Signed and sealed."""
    stage.enter(page, stage.signed(sealed=True))


def declined(stage: Stage, page: Page) -> None:
    """The reader has said no."""
    at = stage.answered()
    signatures.decline(at.kari, kind="terms", reason="Four years are longer than we may bind us.")
    stage.enter(page, at)


def expired(stage: Stage, page: Page) -> None:
    """Too late."""
    at = stage.answered()
    stage.expire(at)
    stage.enter(page, at)


def withdrawn(stage: Stage, page: Page) -> None:
    """The sender took it back."""
    at = stage.answered()
    contracts.withdraw(at.contract, "We can't begin before summer after all.", by=at.owner)
    stage.enter(page, at)


def problem(stage: Stage, page: Page) -> None:
    """Refused answers."""
    stage.enter(page, stage.sent())
    page.locator("[name=a-invoice]").fill("faktura at kunde")
    page.evaluate("document.getElementById('answers').noValidate = true")
    page.locator("button[name=do][value=review]").first.evaluate(
        "(button) => button.form.requestSubmit(button)"
    )
    page.get_by_role("alert").wait_for()


def offline(stage: Stage, page: Page) -> None:
    """The connection is lost."""
    stage.enter(page, stage.sent())
    page.context.set_offline(True)
    page.locator("[data-waits]").first.wait_for(state="attached")


STATES = (
    State(
        "turn",
        "Your turn, fields open",
        "contract-turn.png",
        SAID["turn"],
        turn,
    ),
    State(
        "ready",
        "Ready to sign",
        "contract-ready.png",
        SAID["ready"],
        ready,
    ),
    State("review", "For review: signing is not open", "", "", review),
    State("agree", "For review, before “I agree”", "", SAID["agree"], agreeable),
    State("agree-next", "For review, with fields left", "", SAID["agree-next"], review, at="#next"),
    State("agreed", "For review, after “I agree”", "", "", agreed),
    State(
        "news",
        "A new version since you looked",
        "contract-new.png",
        SAID["news"],
        news,
    ),
    State(
        "came",
        "A new version while you read",
        "",
        "No draft was drawn: it comes by itself, and what is being typed stays.",
        came,
    ),
    State(
        "waiting",
        "You have signed, others have not",
        "contract-wait.png",
        SAID["waiting"],
        waiting,
    ),
    State(
        "not-yet",
        "Not your turn yet",
        "contract-notyet.png",
        SAID["not-yet"],
        not_yet,
    ),
    State(
        "signed",
        "Signed by all",
        "contract-signed.png",
        SAID["signed"],
        signed,
    ),
    State(
        "declined",
        "Declined",
        "contract-declined.png",
        SAID["declined"],
        declined,
    ),
    State(
        "expired",
        "Expired",
        "contract-expired.png",
        SAID["expired"],
        expired,
    ),
    State("withdrawn", "Withdrawn", "", "", withdrawn),
    State(
        "problem",
        "Answers that were refused",
        "contract-error.png",
        SAID["problem"],
        problem,
    ),
    State(
        "offline",
        "Offline",
        "contract-offline.png",
        SAID["offline"],
        offline,
    ),
)
