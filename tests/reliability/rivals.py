"""Verbs that race for one contract: what each does, and what the tables say afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.utils import timezone

from tests import builders, journeys, signatures
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.signing import flows as signing
from wagtail_contracts.signing.models import Decline, Signature

Call = Callable[[], str]
LATER = dt.date(2099, 1, 1)


class NextMonth:
    """The clock of a host on which the deadline has passed, while it has not on ours."""

    @staticmethod
    def now() -> dt.datetime:
        """Later."""
        return timezone.now() + dt.timedelta(days=40)


def late_for_expiry() -> Any:
    """Midnight comes between: to `expire` the deadline has passed, to the others not yet."""
    return mock.patch("wagtail_contracts.contracts.flows.closing.timezone", NextMonth)


@dataclass(frozen=True)
class Rivals:
    """A contract out for signing, and one call for each verb, ready to go."""

    stage: Any
    calls: dict[str, Call]

    def outcome(self) -> tuple[Any, ...]:
        """State, versions, signatures, declines and the trail, without what differs by chance."""
        contract = Contract.objects.get(pk=self.stage.contract.pk)
        signed = Signature.objects.filter(version__contract=contract)
        declined = Decline.objects.filter(version__contract=contract)
        trail = Event.objects.of(contract.trail)
        audit.verify(contract.trail, deep=True)
        return (
            contract.state,
            [(version.number, version.kind) for version in contract.versions.all()],
            sorted(signed.values_list("name", "version__number")),
            sorted(declined.values_list("kind", "version__number")),
            [(event.name, event.data.get("version")) for event in trail],
        )


def arena() -> tuple[Any, Any]:
    """A short template, and somebody who sends contracts made from it."""
    space = builders.workspace()
    body, fields = [builders.BODY[0], builders.BODY[-1]], builders.FIELDS[-1:]
    return builders.template(space, body=body, fields=fields), builders.staff("ola", space)


def rivals(page: Any, user: Any, *, last: bool = True) -> Rivals:
    """Make the contract and all that the calls need, so that they only race.

    `last`: only Kari's signature is missing.
    """
    stage = out(page, user)
    if last:
        signatures.sign(stage.ola, signatures.proof(stage.ola))
    proof, working = signatures.proof(stage.kari), Contract.objects.get(pk=stage.contract.pk)
    working.title = "Hosting 2028"
    working.save()
    return Rivals(stage, _calls(stage, proof, builders.shown(working)))


def out(page: Any, user: Any) -> Any:
    """A contract that was sent for signing."""
    draft = builders.contract(page, user, values={})
    contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=builders.actor(user))
    return journeys.stage(draft, user)


def _calls(stage: Any, proof: Any, shown: str) -> dict[str, Call]:
    contract, kari, digest = stage.contract, stage.kari, stage.version.digest
    guest, owner, words = builders.guest(stage.kari), stage.owner, signatures.affirmed(stage.kari)
    more = {"remarks": "More"}
    verbs: dict[str, Callable[[], Any]] = {
        "sign": lambda: signing.sign(kari, digest, proof, words, by=guest),
        "decline": lambda: signing.decline(kari, digest, kind="price", by=guest),
        "withdraw": lambda: contracts.withdraw(contract, "Why", by=owner),
        "revise": lambda: contracts.revise(contract, shown, "Why", by=owner),
        "answer": lambda: contracts.answer(kari, digest, more, by=guest),
        "expire": lambda: contracts.expire(contract, by=SYSTEM),
        "reopen": lambda: contracts.reopen(contract, "Why", by=owner),
        "extend": lambda: contracts.extend(contract, LATER, by=owner),
    }
    return {name: named(name, verb) for name, verb in verbs.items()}


def named(name: str, verb: Callable[[], Any]) -> Call:
    """The verb as a call that answers with its name."""

    def call() -> str:
        verb()
        return name

    return call
