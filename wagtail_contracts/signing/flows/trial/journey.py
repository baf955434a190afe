"""A contract's whole way, by the flows that people use, in a scratch place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import mail

from wagtail_contracts.actors import SYSTEM
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.models import Contract, Participant
from wagtail_contracts.contracts.rendering.addresses import absolute
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.outbox.models import Message
from wagtail_contracts.signing.flows.admitting import actor_of, admit, invited
from wagtail_contracts.signing.flows.codes import ask_code, identify
from wagtail_contracts.signing.flows.sealing import download, sealed_file
from wagtail_contracts.signing.flows.signing import Affirmed, sign
from wagtail_contracts.signing.flows.trial import staging
from wagtail_contracts.signing.flows.trial.steps import Missing, Step, Unmet, timed
from wagtail_contracts.signing.flows.verifying import verify
from wagtail_contracts.signing.rendering.consent import declaration

LINK = re.compile(r"(https?://\S*/c/)([\w-]{43})/")
CODE = re.compile(r"\b\d{6}\b")
CHIP = re.compile(r'data-contract-field="(\w+)"')
TYPED = {"date": "2027-01-15", "email": staging.GUEST, "yes_no": "yes", "money": "5300"}
NUMBER, TEXT = "12", "Trial"


@dataclass
class Trial:
    """What the steps hand on. `sources` are pairs of a name and its Markdown."""

    sources: Sequence[tuple[str, str]]
    stage: staging.Stage = field(init=False)
    page: Any = None
    contract: Contract = field(init=False)
    pdf: bytes = b""


def walk(trial: Trial, cure: Callable[[Exception], str]) -> Iterator[Step]:
    """Take each step until one fails; `cure` says how to mend what it raised."""
    for name, act in STEPS:
        step = timed(name, lambda act=act: act(trial), cure)  # type: ignore[misc]
        yield step
        if step.missing:
            return


def template(trial: Trial) -> str:
    """Import the text; every second field is the counterparty's."""
    trial.stage = staging.prepare(by=SYSTEM)
    page, remarks = _imported(trial, {})
    keys = [asked["key"] for asked in definitions(page.fields)]
    if theirs := keys[len(keys) > 1 :: 2]:
        page, remarks = _imported(trial, dict.fromkeys(theirs, staging.THEIRS))
    trial.page = page
    return f"“{page.title}”, fields: {len(keys)}, remarks: {len(remarks)}"


def contract(trial: Trial) -> str:
    """Make a draft between us and somebody else."""
    trial.contract = contracts.create(
        trial.page,
        title=trial.page.title,
        parties=staging.parties(trial.stage),
        values=_typed(trial.page.fields, staging.OURS),
        owner=trial.stage.user,
        by=permissions.actor(trial.stage.user),
    )
    return str(trial.contract)


def send(trial: Trial) -> str:
    """Send it for signature; the mail leads to the configured address."""
    draft = _contract(trial)
    shown = contracts.digest_of(contracts.compose(draft))
    contracts.send(draft, shown, into="signing", by=permissions.actor(trial.stage.user))
    _deliver()
    address, _secret = _found(LINK, staging.GUEST)
    if not address.startswith(absolute("/")):
        cure = "Set WAGTAIL_CONTRACTS['CONTRACTS']['PUBLIC_BASE_URL'] to the site's address."
        raise Unmet([Missing(f"The invitation leads to {address}.", cure)])
    return f"invitation to {address}…"


def answer(trial: Trial) -> str:
    """The counterparty comes in by the link of the mail and fills in what it is asked."""
    guest = _person(trial, staging.THEIRS)
    secret = _found(LINK, staging.GUEST)[1]
    by = actor_of(invited(secret))
    admit(secret, by=by)
    contracts.view(guest, _version(trial).digest, by=by)
    typed = _typed(trial.page.fields, staging.THEIRS)
    if not typed:
        return "nothing is asked"
    version = contracts.answer(guest, _version(trial).digest, typed, by=by)
    _deliver()
    return f"fields: {len(typed)}, version {version.number}"


def sign_theirs(trial: Trial) -> str:
    """The counterparty signs, with the code of a mail."""
    guest = _person(trial, staging.THEIRS)
    session, _cookie = admit(_found(LINK, staging.GUEST)[1], by=actor_of(guest))
    return _signed(trial, guest, session)


def sign_ours(trial: Trial) -> str:
    """Our own side signs, which makes the contract signed."""
    return _signed(trial, _person(trial, staging.OURS), None)


def seal(trial: Trial) -> str:
    """See that the worker's task has made the sealed file."""
    _deliver()
    found = sealed_file(_version(trial))
    if found is None:
        raise RuntimeError("The contract is signed, and no file was sealed.")
    return f"pages: {found.pages}, bytes: {found.size}, level {found.level}"


def check(trial: Trial) -> str:
    """Fetch the file from the storage and judge it, as everybody can."""
    by = permissions.actor(trial.stage.user)
    _kept, trial.pdf = download(_contract(trial), by=by)
    found = verify(trial.pdf)
    report = found.report
    if not (report.intact and report.known and found.trail and found.version == _version(trial)):
        why = "; ".join([str(report.verdict), *report.reasons, found.trail_fault])
        raise Unmet([Missing(f"The sealed file is not what it should be: {why}", CHECKING)])
    return f"{report.verdict}, sealed by {report.signer}"


STEPS: list[tuple[str, Callable[[Trial], str]]] = [
    ("template", template),
    ("contract", contract),
    ("send", send),
    ("answer", answer),
    ("sign, first party", sign_theirs),
    ("sign, second party", sign_ours),
    ("seal", seal),
    ("verify", check),
]
CHECKING = "manage.py sealing_identity check tries the seal alone; TRUST lists its authority."


def _imported(trial: Trial, fields: dict[str, str]) -> tuple[Any, list[Any]]:
    return contracts.import_template(
        trial.sources,
        workspace=trial.stage.workspace,
        parent=trial.stage.index,
        language=trial.stage.workspace.language,
        fields=fields,
        by=SYSTEM,
    )


def _typed(stream: Any, role: str) -> dict[str, str]:
    """Something for each field of a role; of a choice the first option, and what stands in it."""
    asked = definitions(stream)
    aside = {
        key
        for choice in asked
        for option in choice.get("options", [])[1:]
        for key in CHIP.findall(option["text"])
    }
    return {
        one["key"]: _value(one)
        for one in asked
        if one.get("role") == role and one["key"] not in aside
    }


def _value(asked: dict[str, Any]) -> str:
    if asked["kind"] == "choice":
        return str(asked["options"][0]["key"])
    return TYPED.get(asked["kind"], NUMBER if asked["kind"] == "number" else TEXT)


def _signed(trial: Trial, person: Participant, session: Any) -> str:
    by, version = actor_of(person), _version(trial)
    challenge = ask_code(person, version.digest, session=session, by=by)
    _deliver()
    proof = identify(challenge, _found(CODE, person.email)[0], by=by)
    consent = declaration(version, person, person.language)
    affirmed = Affirmed(person.name, consent, person.language)
    given = sign(person, version.digest, proof, affirmed, by=by)
    return f"{person.name}, version {version.number}, level {given.level}"


def _deliver() -> None:
    """What the worker does."""
    outbox.deliver()
    if failed := Message.objects.stuck().order_by("pk").first():
        raise RuntimeError(f"{failed.topic}: {failed.last_error}")


def _found(pattern: re.Pattern[str], recipient: str) -> tuple[str, ...]:
    """What the newest mail to somebody says."""
    letters = [sent for sent in getattr(mail, "outbox", []) if recipient in sent.to]
    found = pattern.search(str(letters[-1].body)) if letters else None
    if found is None:
        raise RuntimeError(f"The mail to {recipient} is missing.")
    return found.groups() or (found[0],)


def _person(trial: Trial, role: str) -> Participant:
    people = Participant.objects.select_related("party__contract", "user")
    return people.get(party__contract=trial.contract, party__role=role)


def _version(trial: Trial) -> Any:
    return _contract(trial).current_version


def _contract(trial: Trial) -> Contract:
    """As it is now."""
    return Contract.objects.get(pk=trial.contract.pk)
