"""The organisation's side under load: `python -m tests.load.office` answers as the other office.

It sends by the worker, so that the links come by mail, and judges afterwards what is there.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import CommandError, call_command  # noqa: E402
from django.db.models import Q  # noqa: E402
from django.db.models.functions import Now  # noqa: E402

from tests import builders, journeys, signatures  # noqa: E402
from tests.bench import agreements  # noqa: E402
from tests.bench.both_sides import BothSides  # noqa: E402
from tests.outages import office  # noqa: E402
from wagtail_contracts.contracts import flows as contracts  # noqa: E402
from wagtail_contracts.contracts.core import states  # noqa: E402
from wagtail_contracts.contracts.models import Contract, Participant  # noqa: E402
from wagtail_contracts.outbox.models import Message  # noqa: E402
from wagtail_contracts.sealing import flows as sealing  # noqa: E402
from wagtail_contracts.sealing.models import SealedFile  # noqa: E402
from wagtail_contracts.signing import flows as signing  # noqa: E402
from wagtail_contracts.signing.errors import CodeExpired, CodeWrong  # noqa: E402
from wagtail_contracts.signing.models import Identification, Signature  # noqa: E402

TITLE = "Hosting for customer"
sides: list[BothSides] = []


def people(count: int) -> list[dict[str, str]]:
    """Tables, a template, and a contract out for signing for each; who they are."""
    call_command("migrate", verbosity=0)
    sales = builders.workspace()
    user = builders.staff("per", sales)
    page = builders.template(sales)
    return [_out(page, user, number) for number in range(count)]


def sentence() -> str:
    """Send a contract of twelve clauses, which two people follow; a sentence that it says."""
    sides.append(BothSides(agreements.answered(12)))
    return agreements.SENTENCE.strip()


def act(verb: str, *given: str) -> Any:
    """Do for one of the two what BothSides can do."""
    return getattr(sides[-1], verb)(*given)


def _out(page: Any, user: Any, number: int) -> dict[str, str]:
    ours, theirs = builders.parties(user)
    email, title = f"kari{number}@customer.example", f"{TITLE} {number}"
    theirs.people[0] = contracts.PersonDraft("Kari Nordmann", email, capacity="Director")
    draft = builders.contract(page, user, title=title, parties=[ours, theirs])
    contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=builders.actor(user))
    kari = Participant.objects.get(party__contract=draft, party__role="customer")
    return {"link": "", "public_id": kari.public_id, "email": email, "title": title}


def busy() -> int:
    """How many messages are to be delivered now; reminders and bundled notices are for later."""
    later = Q(attempts=0, not_before__gt=Now())
    return Message.objects.unfinished().exclude(later).count()


def finish(count: int) -> int:
    """Ola signs some of the contracts that Kari has signed; how many."""
    every = Contract.objects.filter(state="signing", title__startswith=TITLE)
    signed = every.filter(current_version__signatures__isnull=False)
    chosen = list(signed.order_by("pk")[:count])
    for contract in chosen:
        ola = journeys.stage(contract, contract.owner).ola
        signatures.sign(ola, _identified(ola))
    return len(chosen)


def _identified(ola: Participant) -> Identification:
    """By the code that was made last: a worker who mails it meanwhile makes another one."""
    asked = signatures.challenge(ola)
    for _turn in range(4):
        with suppress(CodeWrong, CodeExpired):
            return signing.identify(asked, signatures.code(asked), by=builders.guest(ola))
    raise AssertionError("The worker was always faster.")


def faults(told: Mapping[str, str]) -> list[str]:
    """What is wrong with each person's contract: `told` has the remark that each typed."""
    return [fault for key, remark in told.items() for fault in _faults(key, remark)]


def _faults(public_id: str, remark: str) -> Iterator[str]:
    contract = Contract.objects.get(parties__people__public_id=public_id)
    version, number = contract.current_version, contract.number
    assert version is not None
    given = {value["key"]: value["value"] for value in version.content["values"]}
    for key, typed in {**builders.ANSWERS, "remarks": remark}.items():
        if typed and given.get(key) != typed:
            yield f"{number}: {key} is {given.get(key)!r}, not {typed!r}"
    if (signatures := Signature.objects.filter(version=version).count()) != 2:
        yield f"{number}: {signatures} signatures"
    for row in SealedFile.objects.filter(subject=version.digest):
        content = sealing.content(row)
        if (verdict := sealing.verify(content).verdict) != "intact":
            yield f"{number}: the seal is {verdict}"
        if _letters(remark) not in _letters(_words(content)):
            yield f"{number}: the file lacks the remark {remark!r}"
    if (files := SealedFile.objects.filter(subject=version.digest).count()) != 1:
        yield f"{number}: {files} sealed files"


def _letters(words: str) -> str:
    """Without spaces and hyphens: a long word may go on in the next line."""
    return "".join(words.replace("-", "").split())


def _words(content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sealed.pdf"
        path.write_bytes(content)
        done = subprocess.run(  # noqa: S603
            ["pdftotext", str(path), "-"],  # noqa: S607
            capture_output=True,
            check=True,
        )
    return done.stdout.decode()


def checked() -> str:
    """What `contracts_check` says of the site."""
    said = StringIO()
    with suppress(CommandError):  # it has said what is damaged
        call_command("contracts_check", stdout=said)
    return said.getvalue()


if __name__ == "__main__":
    QUESTIONED = (people, sentence, act, busy, finish, faults, checked)
    office.QUESTIONS |= {one.__name__: one for one in QUESTIONED}
    office.main()
