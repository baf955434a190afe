"""What the owner of a contract sees of the others, in the admin."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from django.db import transaction
from playwright.sync_api import Page

from tests import approvals, builders, mails, signatures, suggestions
from tests.pictures.states import negotiating, people
from tests.pictures.states.mails import lay_out
from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import Stage
from tests.pictures.states.table import State
from tests.unit.signing.test_reports import FOLDER, read
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.signing import flows as signing

REPORT = FOLDER / "good" / "hard-unknown-user.eml"


def bounced(stage: Stage, page: Page) -> None:
    """A mail to the customer came back for good."""
    at = stage.sent()
    come_back(stage, at)
    stage.oversee(page, at.contract)


def come_back(stage: Stage, at: SimpleNamespace) -> None:
    """The server of the customer's side knows no such address."""
    stage.deliver()
    mails.forget()
    with transaction.atomic():
        contracts.tell([at.kari], "reminder")
    stage.deliver()
    identity = stage.posted()[-1].extra_headers["Message-ID"].strip("<>").partition("@")[0]
    signing.take_report(read(REPORT, identity), by=SYSTEM)


def copying(stage: Stage, page: Page) -> SimpleNamespace:
    """A link is about to be copied."""
    at = stage.sent()
    stage.oversee(page, at.contract, "copy_link", f"?participant={at.kari.public_id}")
    return at


def copied(stage: Stage, page: Page) -> SimpleNamespace:
    """It is shown once."""
    at = copying(stage, page)
    page.get_by_role("button", name="Show the link").click()
    page.get_by_label("Personal link").wait_for()
    return at


def logged(stage: Stage, page: Page) -> None:
    """What happened says that it was copied, and by whom."""
    at = copied(stage, page)
    stage.oversee(page, at.contract)


def phones(stage: Stage, page: Page) -> None:
    """Somebody is to be invited by SMS."""
    stage.oversee(page, stage.draft(), "parties")
    page.get_by_label("Invited by").first.wait_for()


def phoneless(stage: Stage, page: Page) -> None:
    """An SMS needs a number."""
    phones(stage, page)
    page.get_by_label("Invited by").first.select_option("both")
    page.locator("button[name=do][value=details]").last.click()
    page.get_by_text("An SMS needs a number.").wait_for()


def asks(_stage: Stage, at: SimpleNamespace) -> None:
    """The customer wants somebody else to sign."""
    people.fixed(at)
    by = builders.guest(at.kari)
    contracts.ask_for_person(at.kari, at.version.digest, people.PERSON, by=by)


def requested(stage: Stage, page: Page) -> None:
    """That, on the overview."""
    at = stage.sent()
    asks(stage, at)
    stage.oversee(page, at.contract)


def answering(stage: Stage, page: Page) -> None:
    """Yes or no to that."""
    at = stage.sent()
    asks(stage, at)
    stage.oversee(page, at.contract, "answer_person")


def wished(stage: Stage, page: Page) -> None:
    """More time is asked for."""
    at = negotiating.time_asked(stage, page)
    stage.oversee(page, at.contract)


def suggested(stage: Stage, page: Page) -> SimpleNamespace:
    """A suggestion among the messages."""
    at = stage.sent()
    name = "Availability of the service"
    suggestions.suggest(at, suggestions.wish(at.version, name, negotiating.WORDS))
    stage.oversee(page, at.contract)
    return at


def deciding(stage: Stage, page: Page) -> None:
    """What it changes, and what accepting does."""
    suggested(stage, page)
    page.get_by_role("link", name="Accept or dismiss…").click()
    page.get_by_role("button", name="Accept").wait_for()


def told(happening: Callable[[Stage, SimpleNamespace], object]) -> Callable[[Stage, Page], None]:
    """The mail to the owner after something happened."""

    def show(stage: Stage, page: Page) -> None:
        at = stage.answered()
        stage.deliver()
        mails.forget()
        happening(stage, at)
        stage.deliver()
        lay_out(page, stage.posted(stage.sender.email)[-1])

    return show


def signs(_stage: Stage, at: SimpleNamespace) -> None:
    """The customer has signed."""
    signatures.sign(at.kari)


def approving(stage: Stage, page: Page) -> None:
    """The mail to whoever is asked to approve."""
    draft = stage.draft(template=stage.approved)
    mails.forget()
    approvals.ask(draft, stage.sender)
    stage.deliver()
    lay_out(page, stage.posted("finn@eksempel.example")[-1])


STATES = (
    State("owner-bounced", "A mail came back", "", "", bounced),
    State("owner-person-asked", "Another signatory is asked for", "", "", requested),
    State("owner-answering", "The answer to that", "", "", answering),
    State("owner-time-asked", "More time is asked for", "", "", wished, at="#messages"),
    State(
        "owner-suggested",
        "A suggestion came in",
        "",
        SAID["owner-suggested"],
        suggested,
        at="#messages",
    ),
    State("owner-deciding", "Accept or dismiss", "", "", deciding),
    State("owner-copying", "Copying a link", "", "", copying),
    State("owner-copied", "The link, shown once", "", SAID["owner-copied"], copied),
    State("owner-logged", "What happened, with the copied link", "", "", logged, at=".wc-timeline"),
    State("owner-phones", "Invited by SMS", "", "", phones, at="fieldset.wc-person"),
    State("owner-phoneless", "An SMS without a number", "", "", phoneless, at="fieldset.wc-person"),
)
MAILS = (
    State("mail-approval-asked", "An approval is asked for", "", "", approving),
    State("mail-undelivered", "Not delivered", "", "", told(come_back)),
    State("mail-signed-one", "Somebody has signed", "", "", told(signs)),
    State("mail-person-asked", "Another signatory is asked for", "", "", told(asks)),
)
