"""The page on which anybody checks a file."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from wagtail_contracts.sealing.core.reports import LARGEST
from wagtail_contracts.signing import flows as signing


def start(stage: Stage, page: Page) -> None:
    """Choose a file."""
    page.goto(f"{stage.url}/verify/")


def nothing(stage: Stage, page: Page) -> None:
    """No file was chosen."""
    start(stage, page)
    page.get_by_role("button", name="Check the file").click()
    page.get_by_text("Choose a PDF file").first.wait_for()


def _give(stage: Stage, page: Page, content: bytes) -> None:
    start(stage, page)
    file = {"name": "contract.pdf", "mimeType": "application/pdf", "buffer": content}
    page.set_input_files("input[type=file]", files=[file])  # type: ignore[list-item]
    with page.expect_navigation():
        page.get_by_role("button", name="Check the file").click()


def _sealed(stage: Stage) -> bytes:
    if "sealed" not in stage.made:
        at = stage.signed(sealed=True)
        stage.made["sealed"] = signing.download(at.contract, by=at.owner)[1]
    content: bytes = stage.made["sealed"]
    return content


def unchanged(stage: Stage, page: Page) -> None:
    """A sealed file as it left."""
    _give(stage, page, _sealed(stage))


def changed(stage: Stage, page: Page) -> None:
    """A byte of it is another."""
    content = bytearray(_sealed(stage))
    at = content.index(b"stream") + 20
    content[at] ^= 1
    _give(stage, page, bytes(content))


def unsealed(stage: Stage, page: Page) -> None:
    """A PDF of somebody else's."""
    from weasyprint import HTML

    _give(stage, page, HTML(string="<p>Hello</p>").write_pdf())


def unreadable(stage: Stage, page: Page) -> None:
    """No PDF at all."""
    _give(stage, page, b"Hello")


def checking(stage: Stage, page: Page) -> None:
    """The button says that it works."""
    start(stage, page)
    page.evaluate("addEventListener('submit', (event) => event.preventDefault())")
    page.get_by_role("button", name="Check the file").click()


def large(stage: Stage, page: Page) -> None:
    """More than is judged."""
    _give(stage, page, bytes(LARGEST + 1_000_000))


STATES = (
    State(
        "verify",
        "Start",
        "verify-idle.png",
        SAID["verify"],
        start,
    ),
    State("verify-nothing", "No file was chosen", "", "", nothing),
    State(
        "verify-unchanged",
        "Unchanged",
        "verify-ok.png",
        SAID["verify-unchanged"],
        unchanged,
    ),
    State(
        "verify-changed",
        "Changed after sealing",
        "verify-changed.png",
        SAID["verify-changed"],
        changed,
    ),
    State(
        "verify-unsealed",
        "A PDF that nobody sealed",
        "verify-unknown.png",
        SAID["verify-unsealed"],
        unsealed,
    ),
    State("verify-unreadable", "No PDF", "", "", unreadable),
    State("verify-checking", "Checking", "", "", checking),
    State("verify-large", "Too large a file", "", "", large),
)
