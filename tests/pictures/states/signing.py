"""Review, the code, the signature, and the no."""

from __future__ import annotations

from types import SimpleNamespace

from playwright.sync_api import Page

from tests import signatures
from tests.pictures.states import reading
from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from wagtail_contracts.signing.models import Challenge


def review(stage: Stage, page: Page) -> None:
    """Check before you sign."""
    stage.enter(page, stage.answered(), "sign")


def nameless(stage: Stage, page: Page) -> None:
    """No name was written."""
    review(stage, page)
    page.get_by_label("Your name").fill("")
    page.get_by_role("button", name="I agree").click()
    page.get_by_text("Write your name").wait_for()


def missing(stage: Stage, page: Page) -> None:
    """Something is not filled in yet."""
    stage.enter(page, stage.sent(), "sign")


def stale(stage: Stage, page: Page) -> None:
    """Another version came while one was reading this page."""
    at = stage.answered()
    stage.enter(page, at, "sign")
    reading.revise(stage, at)
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("alert").wait_for()


def code(stage: Stage, page: Page) -> SimpleNamespace:
    """Six digits are on their way."""
    at = stage.answered()
    stage.enter(page, at, "sign")
    page.get_by_role("button", name="I agree").click()
    page.locator("[name=code]").wait_for()
    return at


def wrong(stage: Stage, page: Page) -> None:
    """A code that is not right."""
    code(stage, page)
    _type(page, signatures.another(stage.code()))
    page.get_by_text("4 tries left").wait_for()


def late(stage: Stage, page: Page) -> None:
    """The right code, after its time."""
    at = code(stage, page)
    right = stage.code()
    Challenge.objects.filter(participant=at.kari).update(expires_at="2026-01-01T00:00:00Z")
    _type(page, right)
    page.get_by_role("alert").wait_for()


def spent(stage: Stage, page: Page) -> None:
    """Five times wrong."""
    code(stage, page)
    guess = signatures.another(stage.code())
    for left in (4, 3, 2, 1, 0):
        _type(page, guess)
        page.get_by_text(f"{left} tr" if left else "no tries left").wait_for()


def _type(page: Page, digits: str) -> None:
    page.locator("[name=code]").fill(digits)
    page.get_by_role("button", name="Sign version").click()


def busy(stage: Stage, page: Page) -> None:
    """The button says that it works."""
    code(stage, page)
    page.locator("[name=code]").fill("123456")
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_role("button", name="Sign version").click()


def done(stage: Stage, page: Page) -> None:
    """Signed; the other side has not."""
    at = stage.answered()
    signatures.sign(at.kari)
    stage.enter(page, at, "done")


def done_by_all(stage: Stage, page: Page) -> None:
    """Signed by everyone, and sealed."""
    stage.enter(page, stage.signed(sealed=True), "done")


def decline(stage: Stage, page: Page) -> None:
    """No is as easy as yes."""
    stage.enter(page, stage.answered(), "decline")


def reasonless(stage: Stage, page: Page) -> None:
    """No reason was chosen."""
    decline(stage, page)
    page.get_by_role("button", name="Decline the contract").click()
    page.get_by_text("Choose a reason").first.wait_for()


IDENTITY = (
    State(
        "code",
        "The code by e-mail",
        "sign-code.png",
        SAID["code"],
        code,
    ),
    State(
        "code-wrong",
        "A wrong code",
        "sign-codebad.png",
        SAID["code-wrong"],
        wrong,
    ),
    State("code-late", "A code that is over", "", "", late),
    State("code-spent", "Five wrong codes", "", "", spent),
)
REVIEW = (
    State(
        "review-and-sign",
        "Review and sign",
        "sign-review.png",
        SAID["review-and-sign"],
        review,
    ),
    State(
        "review-nameless", "No name was written", "", "", nameless, at=".wc-formrow:has(.wc-error)"
    ),
    State("review-missing", "Something is not filled in", "", "", missing),
    State(
        "review-stale",
        "Changed meanwhile",
        "sign-stale.png",
        SAID["review-stale"],
        stale,
    ),
    State(
        "signing",
        "Signing",
        "sign-busy.png",
        SAID["signing"],
        busy,
    ),
    State(
        "done",
        "You have signed",
        "sign-done.png",
        SAID["done"],
        done,
    ),
    State(
        "done-by-all",
        "Signed by everyone",
        "sign-all.png",
        SAID["done-by-all"],
        done_by_all,
    ),
)
DECLINE = (
    State(
        "decline",
        "Decline",
        "sign-decline.png",
        SAID["decline"],
        decline,
    ),
    State("decline-reasonless", "No reason was chosen", "", "", reasonless),
)
