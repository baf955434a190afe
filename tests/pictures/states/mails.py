"""The mails, each as its HTML part shows it; the text part holds the same words."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from django.core import mail
from django.db import transaction
from django.utils.html import escape
from playwright.sync_api import Page

from example_site import phones
from tests import builders, mails, signatures
from tests.pictures.states.saying import SAID
from tests.pictures.states.stage import MESSAGE, Stage
from tests.pictures.states.table import State
from wagtail_contracts.contracts import flows as contracts

SMS = """<meta name=color-scheme content="light dark">
<p style="max-width: 20rem; margin: 2rem; padding: 1rem; border: 1px solid; border-radius: 1rem;
font: 1rem/1.4 system-ui; overflow-wrap: anywhere">{text}</p>"""
Before = Callable[[Stage, SimpleNamespace], None]


def lay_out(page: Page, letter: object) -> None:
    """Show a mail as a mail program does."""
    page.goto("about:blank")
    page.set_content(mails.html(letter))


def nothing(stage: Stage, at: SimpleNamespace) -> None:
    """It follows from being out."""


def told(kind: str, before: Before = nothing, /, **keys: int) -> Callable[[Stage, Page], None]:
    """The mail of this kind to the customer, after something happened."""

    def show(stage: Stage, page: Page) -> None:
        at = stage.answered()
        before(stage, at)
        stage.deliver()
        mails.forget()
        with transaction.atomic():
            contracts.tell([at.kari], kind, **keys)
        stage.deliver()
        lay_out(page, stage.posted()[-1])

    return show


def about(kind: str, number: str = "") -> Callable[[Stage, Page], None]:
    """The mail of this kind: somebody of the other side did something, at a clause."""

    def show(stage: Stage, page: Page) -> None:
        at = stage.answered()
        stage.deliver()
        mails.forget()
        body = at.version.content["body"]
        block = next((item["id"] for item in body if number and item["number"] == number), "")
        with transaction.atomic():
            contracts.tell_of([at.kari], kind, by=at.owner, block=block)
        stage.deliver()
        lay_out(page, stage.posted()[-1])

    return show


def invitation(stage: Stage, page: Page) -> None:
    """With the sender's own words."""
    mails.forget()
    draft = stage.draft()
    by = builders.actor(stage.sender)
    contracts.send(draft, builders.shown(draft), into="signing", by=by, message=MESSAGE)
    stage.deliver()
    lay_out(page, next(m for m in stage.posted() if "kari" in m.to[0]))


def texted(stage: Stage, page: Page) -> None:
    """The SMS beside the mail, as a phone shows it."""
    stage.sent(phone="+4790012345")
    stage.deliver()
    page.goto("about:blank")
    page.set_content(SMS.format(text=escape(phones.received()[0].text)))


def code(stage: Stage, page: Page) -> None:
    """Six digits."""
    at = stage.answered()
    stage.deliver()
    mails.forget()
    signatures.challenge(at.kari)
    stage.deliver()
    lay_out(page, stage.posted()[-1])


def sealed(stage: Stage, page: Page) -> None:
    """The copy that everybody gets."""
    at = stage.answered()
    signatures.sign_all(at)
    mail.outbox.clear()
    stage.deliver()
    lay_out(page, stage.posted()[-1])


def declined(_stage: Stage, at: SimpleNamespace) -> None:
    """The reader said no."""
    signatures.decline(at.kari, kind="terms", reason="Too long.")


def withdrawn(_stage: Stage, at: SimpleNamespace) -> None:
    """The sender took it back."""
    contracts.withdraw(at.contract, "Not now.", by=at.owner)


def expired(stage: Stage, at: SimpleNamespace) -> None:
    """Too late."""
    stage.expire(at)


STATES = (
    State(
        "mail-invitation",
        "Invitation",
        "mail.png",
        SAID["mail-invitation"],
        invitation,
    ),
    State("sms-invitation", "Invitation by SMS", "", SAID["sms-invitation"], texted),
    State("mail-reminder", "Reminder", "", "", told("reminder")),
    State("mail-new-version", "A new version", "", "", told("new_version")),
    State("mail-your-turn", "Your turn", "", "", told("your_turn")),
    State("mail-code", "The code", "", "", code),
    State("mail-sealed", "Signed by all, with the copy", "", "", sealed),
    State("mail-declined", "Declined", "", "", told("declined", declined)),
    State("mail-withdrawn", "Withdrawn", "", "", told("withdrawn", withdrawn)),
    State("mail-expired", "Expired", "", "", told("expired", expired)),
    State("mail-extended", "More time", "", "", told("extended")),
    State("mail-new-link", "A new link", "", "", told("new_link")),
    State("mail-asked", "A question", "", "", about("asked", "3")),
    State("mail-suggested", "A suggestion", "", "", about("suggested", "2")),
    State("mail-forwarded", "Forwarded", "", "", about("forwarded")),
    State("mail-person-added", "Somebody is let in", "", "", about("person_added")),
    State("mail-access-ended", "Access has ended", "", "", about("access_revoked")),
)
