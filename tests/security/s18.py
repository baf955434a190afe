"""A site with one contract in each situation, and what contracts_check says of it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.management import CommandError, call_command

from tests import builders, journeys, signatures
from tests.reliability import rivals
from tests.reliability.rivals import LATER
from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.audit import flows as audit
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.models import Contract, Workspace
from wagtail_contracts.signing import flows as signing

ROOT = Path(__file__).parents[2]


def storages(settings: Any, folder: Path, **options: Any) -> dict[str, Any]:
    """STORAGES with a private folder of the test's own."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", **options}
    return {**settings.STORAGES, "wagtail_contracts": {"OPTIONS": {"location": folder}, **place}}


def run(*words: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code, and the findings as JSON; the counts in the last line agree with them."""
    code, lines = said("--json", *words)
    *found, counts = [json.loads(line) for line in lines]
    findings = [item for item in found if "code" in item]
    harmless = [item["harmless"] for item in findings]
    assert (counts["damages"], counts["warnings"]) == (harmless.count(False), harmless.count(True))
    assert code == (1 if counts["damages"] else 0)
    return code, findings


def said(*words: str) -> tuple[int, list[str]]:
    """The exit code, and the lines."""
    output = StringIO()
    try:
        call_command("contracts_check", *words, stdout=output)
    except CommandError as error:
        return error.returncode, output.getvalue().splitlines()
    return 0, output.getvalue().splitlines()


def codes(*words: str) -> list[str]:
    """What is found, in short."""
    return sorted({item["code"] for item in run(*words)[1]})


def site() -> SimpleNamespace:
    """A contract in every state, the sealed one with a signature that a newer version made void."""
    user = builders.staff("ola", builders.workspace())
    page = builders.template(Workspace.objects.get())
    sealed = seal(voided(answered(out(page, user))))
    declined, withdrawn, expired, prolonged = (out(page, user) for _ in range(4))
    signatures.decline(declined.kari, kind="other", reason="Too dear")
    contracts.withdraw(withdrawn.contract, "Another time", by=withdrawn.owner)
    with rivals.late_for_expiry():
        contracts.expire(expired.contract, by=SYSTEM)
        contracts.expire(prolonged.contract, by=SYSTEM)
    contracts.extend(prolonged.contract, LATER, by=prolonged.owner)
    contracts.look(declined.contract, by=declined.owner)
    review = answered(out(page, user, states.NEGOTIATING))
    contracts.open_signing(review.contract, by=review.owner)
    signatures.sign(review.ola)
    forget_one(withdrawn.contract)
    return SimpleNamespace(
        sealed=sealed,
        out=journeys.stage(review.contract, user),
        declined=journeys.stage(declined.contract, user),
        draft=builders.contract(page, user),
    )


def out(page: Any, user: Any, into: str = states.SIGNING) -> Any:
    """A contract that was sent."""
    draft = builders.contract(page, user)
    contracts.send(draft, builders.shown(draft), into=into, by=builders.actor(user))
    return journeys.stage(draft, user)


def answered(stage: Any, **more: str) -> Any:
    """Kari has filled in what is hers."""
    by = builders.guest(stage.kari)
    typed = {**builders.ANSWERS, **more}
    contracts.answer(stage.kari, signatures.digest(stage.kari), typed, by=by)
    return journeys.stage(stage.contract, stage.sender)


def voided(stage: Any) -> Any:
    """Ola has signed before Kari's last word, in vain."""
    signatures.sign(stage.ola)
    again = answered(stage, remarks="More")
    signing.void(stage.contract, by=SYSTEM)
    return again


def seal(stage: Any) -> Any:
    """All sign, and the worker seals."""
    signatures.sign_all(stage)
    signing.seal(stage.version, by=SYSTEM)
    return journeys.stage(stage.contract, stage.sender)


def forget_one(contract: Contract) -> None:
    """Erase one disclosed value, as the law allows."""
    event = Event.objects.of(contract.trail).named("contract.withdrawn").get()
    audit.erase(contract.trail, event.commitments["reason"], "art. 17", by=SYSTEM)
