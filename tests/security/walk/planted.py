"""A sensitive value that is planted in contracts, and the words in which it could be told."""

from __future__ import annotations

import io
import logging
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests import approvals, builders, signatures
from tests.security.walk import stages
from tests.security.walk.world import VERBS, World
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.outbox import flows as outbox

ACCOUNT, BORN = "NO9386011117947", "15108695088"
SECRETS = ("86011117947", BORN)  # as they are in a text without its spaces
FIELDS = [
    builders.made.field("iban", "account", "Account", "supplier", sensitive=True),
    builders.made.field("national_id", "born", "Identity number", "customer"),
]
BODY = [
    builders.made.clause("Ours", f"{builders.made.chip('account')} is ours.", policy="editable"),
    builders.made.text(f"For {builders.made.chip('born')}."),
    builders.made.signatures("Signatures"),
]
COFFER = "QzxmarkcCoffer AS"  # what is for this customer waits for whoever may not see the values


def plant(world: World) -> World:
    """The same world, in which every contract holds the two values, and somebody may not see them.

    They hold every verb but that one, own one of the contracts and are to approve another.
    """
    verbs, owner = tuple(verb for verb in VERBS if verb != "sensitive"), world.people["owner"]
    user = world.people["without"] = builders.staff("without", world.workspace, verbs)
    contracts.make_rule(world.workspace, "Coffer", [("person", user)], party=COFFER, by=SYSTEM)
    page = builders.template(world.workspace, "QzxmarkVault", fields=FIELDS, body=BODY)
    made = {state: MADE[state](draft(page, owner, state), user) for state in MADE}
    deliver()
    return replace(
        world, contracts={s: made.get(s, made["signing"]) for s in [*world.contracts, *made]}
    )


def draft(page: Any, owner: Any, state: str) -> Contract:
    """One that holds the account, and differs from its template beside it."""
    customer = COFFER if state == "in_approval" else "Customer AS"
    parties = stages.parties(owner, customer)
    about = {"title": f"Coffer {state}", "values": {"account": ACCOUNT}, "parties": parties}
    made = builders.contract(page, owner, **about)
    text = made.body[0].value["text"]
    made.body[0].value["text"] = type(text)(text.source.replace("is ours", "is not ours"))
    made.save()
    made.save_revision(user=owner)
    contracts.keep_draft(made)
    return Contract.objects.get(pk=made.pk)


def _asked(made: Contract, user: Any) -> Contract:
    approvals.ask(made, made.owner)
    return made


def _planned(made: Contract, user: Any) -> Contract:
    at, by = timezone.now() + timedelta(days=1), builders.actor(made.owner)
    how = {"into": "signing", "recipients": builders.recipients(made), "at": at}
    contracts.schedule(made, builders.shown(made), by=by, **how)
    return made


def _sent(made: Contract, user: Any) -> Contract:
    by = builders.actor(made.owner)
    contracts.send(made, builders.shown(made), into="signing", by=by)
    return Contract.objects.get(pk=made.pk)


def answer(made: Contract) -> None:
    """Let the customer say when they were born."""
    kari = Participant.objects.get(party__contract=made, party__role="customer", role="signatory")
    digest = Contract.objects.get(pk=made.pk).current_version.digest  # type: ignore[union-attr]
    contracts.answer(kari, digest, {"born": BORN}, by=builders.guest(kari))


def sign(made: Contract) -> None:
    """Let everybody sign."""
    people = Participant.objects.filter(party__contract=made, role="signatory")
    for person in people.order_by("party__role"):
        signatures.sign(person)


def _answered(made: Contract, user: Any) -> Contract:
    answer(_sent(made, user))
    return Contract.objects.get(pk=made.pk)


def _signed(made: Contract, user: Any) -> Contract:
    sign(_answered(made, user))
    return Contract.objects.get(pk=made.pk)


def _given_away(made: Contract, user: Any) -> Contract:
    contracts.change_owner(made, user, by=builders.actor(made.owner))
    return _sent(Contract.objects.get(pk=made.pk), user)


# How each is brought where it is, by the state that it stands for.
MADE = {
    "draft": lambda made, user: made,
    "in_approval": _asked,
    "planned": _planned,
    "owned": _given_away,
    "signing": _answered,
    "signed": _signed,
}


def deliver() -> None:
    """Do what the worker would do; one of the walk's messages has failed for good."""
    while outbox.deliver():
        pass


def told(words: str) -> bool:
    """Whether one of the values is in a text."""
    plain = "".join(words.split()).replace("&nbsp;", "").replace("&#160;", "")
    return any(secret in plain for secret in SECRETS)


def read(content: bytes) -> str:
    """All words of a page or a file, and of what is in it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            return "\n".join(read(whole.read(name)) for name in whole.namelist())
    if content.startswith(b"%PDF"):
        command = ["pdftotext", "-layout", "-", "-"]
        done = subprocess.run(command, input=content, capture_output=True, check=True)  # noqa: S603
        return done.stdout.decode()
    return content.decode(errors="replace")


class Heard(logging.Handler):
    """Everything that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[Heard]:
    """Also to what nobody would write into a file."""
    heard, root = Heard(), logging.getLogger()
    ours = logging.getLogger("wagtail_contracts")
    levels = ours.level, root.level
    logging.disable(logging.NOTSET)
    ours.setLevel(logging.DEBUG)
    root.setLevel(logging.INFO)
    root.addHandler(heard)
    try:
        yield heard
    finally:
        root.removeHandler(heard)
        ours.setLevel(levels[0])
        root.setLevel(levels[1])
        logging.disable(logging.CRITICAL)
