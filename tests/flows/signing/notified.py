"""For each kind of notification what is done that tells somebody, and whom it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

from tests import approvals, builders, signatures
from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import tasks
from wagtail_contracts.contracts.models import Contract, Workspace
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.models.notifications import Kind
from wagtail_contracts.examining import Fault, ring
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.flows import examining
from wagtail_contracts.signing.models import Alarm

EVA = ("view", "create", "edit", "send", "unlock", "administer", "approve")
Stage = Any  # a draft, or a stage of the journey


@dataclass(frozen=True)
class Case:
    """`stage` is a fixture; `act` gets it and the colleagues; `due` names who is told."""

    stage: str
    act: Callable[[Stage, SimpleNamespace], object]
    due: tuple[str, ...] = ("ola",)


def desk(space: Workspace, owner: Any) -> SimpleNamespace:
    """Ola owns the contracts, Eva may do everything, Per sees all and waits for nothing."""
    eva, per = builders.staff("eva", space, EVA), builders.staff("per", space, ("view", "edit"))
    return SimpleNamespace(ola=owner, eva=eva, per=per, by=builders.actor(eva))


def send(draft: Contract, desk: SimpleNamespace) -> None:
    contracts.send(draft, builders.shown(draft), into="signing", by=desk.by)


def fail_to_send(draft: Contract, desk: SimpleNamespace) -> None:
    at = timezone.now() + timedelta(days=1)
    by = builders.actor(desk.ola)
    contracts.schedule(draft, builders.shown(draft), into="signing", at=at, by=by)
    Contract.objects.get(pk=draft.pk).parties.get(role="customer").people.update(name="Liv")
    tasks.send_planned(Message.objects.get(topic=events.SENDING_DUE))


def retract(stage: Stage, desk: SimpleNamespace) -> None:
    version, by = stage.version, builders.guest(stage.kari)
    signing.retract(stage.kari, version.digest, "I withdraw.", by=by)


def open_it(stage: Stage, desk: SimpleNamespace) -> None:
    contracts.view(stage.kari, stage.version.digest, by=builders.guest(stage.kari))


def answer(stage: Stage, desk: SimpleNamespace) -> None:
    by = builders.guest(stage.kari)
    contracts.answer(stage.kari, stage.version.digest, builders.ANSWERS, by=by)


def seal(stage: Stage, desk: SimpleNamespace) -> None:
    signatures.sign_all(stage)
    signing.seal(stage.version, by=SYSTEM)


def complete(stage: Stage, desk: SimpleNamespace) -> None:
    seal(stage, desk)
    with transaction.atomic():
        contracts.tell_all(stage.contract, "completed")


def wait_for_the_seal(stage: Stage, desk: SimpleNamespace) -> None:
    signatures.sign_all(stage)
    asked, later = (
        Message.objects.get(topic=events.SEAL_DUE),
        timezone.now() + timedelta(minutes=11),
    )
    with patch("django.utils.timezone.now", lambda: later):
        signing.alarm(stage.contract, asked=asked, by=SYSTEM)


def find_something(stage: Stage, desk: SimpleNamespace) -> None:
    ring(Alarm, Fault("copy_altered", stage.contract.trail))
    examining.examine(by=SYSTEM)


def let_the_deadline_be(days: int) -> None:
    today = contracts.today(Workspace.objects.get(slug="sales"))
    with unguarded():
        Contract.objects.update(deadline=today + timedelta(days=days))


def come_near(stage: Stage, desk: SimpleNamespace) -> None:
    let_the_deadline_be(1)
    contracts.warn_owner(stage.contract, by=SYSTEM)


def expire(stage: Stage, desk: SimpleNamespace) -> None:
    let_the_deadline_be(-1)
    tasks.expire()


def fail_to_deliver(stage: Stage, desk: SimpleNamespace) -> None:
    contracts.remind(stage.kari, by=desk.by)
    failed = Message.objects.filter(keys__kind="reminder")
    failed.update(attempts=3, last_error="OSError: no")
    tasks.tell_undelivered()
    failed.delete()


def unlock(draft: Contract, desk: SimpleNamespace) -> None:
    contracts.unlock(draft, contracts.lockable(draft)[0], "A special case", by=desk.by)


def ask_for_approval(draft: Contract, desk: SimpleNamespace) -> None:
    approvals.rule(draft.workspace, desk.eva, desk.eva, **approvals.over("1"))
    approvals.ask(draft, desk.ola)


def decide(draft: Contract, desk: SimpleNamespace) -> None:
    ask_for_approval(draft, desk)
    approvals.say_yes(draft, desk.eva)


def ask_back(draft: Contract, desk: SimpleNamespace) -> None:
    ask_for_approval(draft, desk)
    contracts.ask(draft, "Why so cheap?", by=desk.by)


def hear(kind: str) -> Callable[[Stage, SimpleNamespace], None]:
    """What a counterparty does, of which the owner is told."""

    def act(stage: Stage, desk: SimpleNamespace) -> None:
        by = builders.guest(stage.kari)
        with transaction.atomic():
            contracts.tell_owner(stage.contract, kind, by=by, participant=stage.kari)

    return act


CASES: dict[str, Case] = {
    Kind.APPROVAL_ASKED: Case("draft", ask_for_approval, ("eva",)),
    Kind.APPROVAL_DECIDED: Case("draft", decide),
    Kind.APPROVAL_ASKED_BACK: Case("draft", ask_back),
    Kind.SENT: Case("draft", send),
    Kind.UNSENT: Case("draft", fail_to_send),
    Kind.OPENED: Case("sent", open_it),
    Kind.ANSWERED: Case("sent", answer),
    **{
        kind: Case("sent", hear(kind))
        for kind in (
            Kind.COMMENTED,
            Kind.ASKED,
            Kind.SUGGESTED,
            Kind.AGREED,
            Kind.MORE_TIME_ASKED,
            Kind.PERSON_ASKED,
            Kind.PEOPLE_CHANGED,
            Kind.NEW_DEVICE,
            Kind.DIFFERED,
        )
    },
    Kind.SIGNED_ONE: Case("answered", lambda stage, desk: signatures.sign(stage.kari)),
    Kind.SIGNED_ALL: Case("answered", lambda stage, desk: signatures.sign_all(stage)),
    Kind.SEALED: Case("answered", seal),
    Kind.COMPLETED: Case("answered", complete),
    Kind.SEAL_DELAYED: Case("answered", wait_for_the_seal),
    Kind.IRREGULAR: Case("sent", find_something),
    Kind.DECLINED: Case("answered", lambda stage, desk: signatures.decline(stage.kari)),
    Kind.WITHDRAWN: Case(
        "sent", lambda stage, desk: contracts.withdraw(stage.contract, "Why", by=desk.by)
    ),
    Kind.RETRACTED: Case("bought", retract),
    Kind.EXPIRING: Case("sent", come_near),
    Kind.EXPIRED: Case("sent", expire),
    Kind.UNDELIVERED: Case("sent", fail_to_deliver),
    Kind.OWNER_CHANGED: Case(
        "draft",
        lambda draft, desk: contracts.change_owner(draft, desk.per, by=desk.by),
        ("ola", "per"),
    ),
    Kind.UNLOCKED: Case("draft", unlock),
}
