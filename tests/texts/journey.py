"""One agreement on its whole way, by the command and the flows, as two parties would take it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from django.core import mail
from django.core.management import call_command

from tests import builders
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.models import Answer, Contract, Participant, Workspace
from wagtail_contracts.contracts.template_pages.models import ContractTemplate, TemplateIndexPage
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.signing import flows as signing

OURS, THEIRS = "Eksempel AS", "Motpart & Sønn AS"
KARI = "kari@motpart.example"
ASKED = re.compile(r"^(\w+): “.*”, filled in by \w+$", re.MULTILINE)
MADE = re.compile(r"has the id (\d+);")
LINK = re.compile(r"/c/([\w-]{43})/")
CHIP = re.compile(r'data-contract-field="(\w+)"')
CODE = re.compile(r"\b\d{6}\b")
# As typed, as stored, and as a contract in English shows them.
DAYS = [
    ("2027-03-01", "2027-03-01", "1 March 2027"),
    ("24.12.2026", "2026-12-24", "24 December 2026"),
]


@dataclass
class Filled:
    """How the fields were filled in, by key: what was typed, what is stored, what people read.

    `values` is what they read where the placeholders stood, in their order; `chosen` the number of
    the chosen option of each list of boxes.
    """

    typed: dict[str, str] = field(default_factory=dict)
    stored: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    values: list[str] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Journey:
    """What came of it, as plain data."""

    number: str
    state: str
    version: int
    fingerprint: str
    record: str
    content: dict[str, Any]
    filled: Filled
    answers: set[str]
    remarks: list[str]
    pdf: bytes


@cache
def walk(paths: tuple[Path, ...]) -> Journey:
    """Import, draft, send, answer, sign twice, seal: once for each agreement."""
    sender = builders.staff("ola", builders.workspace("law", language="nb"))
    template, remarks = imported(paths)
    fields = definitions(template.fields)
    filled = filled_in(fields)
    contract = drafted(template, sender, typed_by("party_1", fields, filled))
    contracts.send(contract, builders.shown(contract), into="signing", by=builders.actor(sender))
    outbox.deliver()

    people = Participant.objects.filter(party__contract=contract)
    kari = people.get(party__role="party_2")
    answered(kari, typed_by("party_2", fields, filled))
    signed(people.get(user=sender), None)
    signed(kari, signing.admit(LINK.findall(letter(KARI))[0], by=builders.guest(kari))[0])
    outbox.deliver()
    return told(contract, filled, remarks)


def told(contract: Contract, filled: Filled, remarks: list[str]) -> Journey:
    """The end: what was signed, and the file as it arrived by mail."""
    contract = Contract.objects.get(pk=contract.pk)
    version = contract.current_version
    assert version
    [(_name, pdf, _type)] = mail.outbox[-1].attachments
    return Journey(
        number=contract.number,
        state=contract.state,
        version=version.number,
        fingerprint=" ".join(re.findall("....", version.digest[:12])).upper(),
        record=version.record,
        content=version.content,
        filled=filled,
        answers=set(Answer.objects.filter(version=version).values_list("key", flat=True)),
        remarks=remarks,
        pdf=pdf,
    )


def imported(paths: Sequence[Path]) -> tuple[ContractTemplate, list[str]]:
    """The template: one import says which fields there are, another gives half of them away."""
    space = Workspace.objects.get(slug="law")
    index = TemplateIndexPage(title="Templates", workspace=space)
    builders.root().add_child(instance=index)
    first, _page = command(paths)
    theirs = ASKED.findall(first)[1::2]
    second, page = command(paths, *(f"--field-role={key}=party_2" for key in theirs))
    return page, second.splitlines()


def command(paths: Sequence[Path], *options: str) -> tuple[str, ContractTemplate]:
    """What the command prints, and the page that it makes."""
    out = StringIO()
    given = [*map(str, paths), "--workspace=law", "--language=en", *options]
    call_command("contracts_import_template", *given, stdout=out)
    [made] = MADE.findall(out.getvalue())
    return out.getvalue(), ContractTemplate.objects.get(pk=made)


def filled_in(fields: Sequence[dict[str, Any]]) -> Filled:
    """A value of its own for each field; of each choice another option is chosen.

    What stands in an option that is not chosen stays empty, and shows what it would ask for.
    """
    filled, empty = Filled(), set()
    for choice in (asked for asked in fields if asked["kind"] == "choice"):
        pick = len(filled.chosen) % len(choice["options"])
        filled.chosen.append(pick)
        filled.typed[choice["key"]] = filled.stored[choice["key"]] = f"option_{pick + 1}"
        for place, option in enumerate(choice["options"]):
            empty |= set(CHIP.findall(option["text"])) if place != pick else set()
    for number, asked in enumerate(fields):
        key, kind = asked["key"], asked["kind"]
        if key in empty:
            filled.stored[key], filled.shown[key] = None, asked["label"]
        elif kind != "choice":
            filled.typed[key], filled.stored[key], filled.shown[key] = answer(number, kind)
        if kind not in ("choice", "yes_no"):
            filled.values.append(filled.shown[key])
    return filled


def answer(number: int, kind: str) -> tuple[str, Any, str]:
    """What somebody types, what is stored, and what is read."""
    if kind == "yes_no":
        return "yes", True, "Yes"
    if kind == "date":
        return DAYS[number % len(DAYS)]
    if kind == "long_text":
        lines = [f"Større svar {number}:", "to linjer"]
        return "\r\n".join(lines), "\n".join(lines), " ".join(lines)
    return (f"Svar {number} & <mer>",) * 3


def typed_by(role: str, fields: Sequence[dict[str, Any]], filled: Filled) -> dict[str, str]:
    """What one side fills in."""
    mine = [asked["key"] for asked in fields if asked["role"] == role]
    return {key: filled.typed[key] for key in mine if key in filled.typed}


def drafted(template: ContractTemplate, sender: Any, typed: dict[str, str]) -> Contract:
    """A draft between us and somebody else."""
    ours = contracts.PersonDraft(sender.get_full_name(), sender.email, user=sender)
    theirs = contracts.PersonDraft("Kari Nordmann", KARI, capacity="Daglig leder", language="en")
    parties = [
        contracts.PartyDraft("party_1", OURS, "999999999", [ours]),
        contracts.PartyDraft("party_2", THEIRS, "", [theirs]),
    ]
    return contracts.create(
        template,
        title=template.title,
        parties=parties,
        values=typed,
        owner=sender,
        by=builders.actor(sender),
    )


def answered(participant: Participant, typed: dict[str, str]) -> None:
    """The counterparty fills in what it is asked for."""
    contracts.answer(participant, digest(participant), typed, by=builders.guest(participant))


def signed(participant: Participant, session: Any) -> None:
    """Ask for a code, take it from the mail, sign."""
    by = builders.guest(participant)
    challenge = signing.ask_code(participant, digest(participant), session=session, by=by)
    outbox.deliver()
    code = CODE.findall(letter(participant.email))[0]
    affirmed = signing.Affirmed(participant.name, "I agree to it.", "en")
    proof = signing.identify(challenge, code, by=by)
    signing.sign(participant, digest(participant), proof, affirmed, by=by)


def letter(recipient: str) -> str:
    """The newest mail to somebody."""
    return str(next(sent.body for sent in reversed(mail.outbox) if recipient in sent.to))


def digest(participant: Participant) -> str:
    """The digest of the version that is current now."""
    version = Contract.objects.get(pk=participant.party.contract_id).current_version
    assert version
    return version.digest
