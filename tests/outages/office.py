"""The organisation's side: `python -m tests.outages.office` answers one question a line, in JSON.

It makes the contracts, and looks up afterwards in the database what visitors were told.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import django

django.setup()

from django.core import signing as sealed_text  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests import builders, journeys, signatures  # noqa: E402
from wagtail_contracts import events  # noqa: E402
from wagtail_contracts.actors import SYSTEM  # noqa: E402
from wagtail_contracts.audit.models import Event, Trail  # noqa: E402
from wagtail_contracts.contracts import flows as contracts  # noqa: E402
from wagtail_contracts.contracts.core import states  # noqa: E402
from wagtail_contracts.contracts.models import (  # noqa: E402
    Contract,
    ContractVersion,
    Participant,
)
from wagtail_contracts.outbox.models import Message  # noqa: E402
from wagtail_contracts.sealing import flows as sealing  # noqa: E402
from wagtail_contracts.sealing.models import SealedFile  # noqa: E402
from wagtail_contracts.signing import flows as signing  # noqa: E402
from wagtail_contracts.signing.models import Challenge, Signature  # noqa: E402
from wagtail_contracts.signing.public.affirming import SALT  # noqa: E402

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def prepare(count: int) -> list[dict[str, str]]:
    """Tables, a template, and contracts out for signing; what each visitor was mailed."""
    call_command("migrate", verbosity=0, run_syncdb=True)
    sales = builders.workspace()
    user = builders.staff("ola", sales)
    page = builders.template(sales)
    made = [_out(page, user, number) for number in range(count)]
    Message.objects.all().delete()
    return made


def _out(page: Any, user: Any, number: int) -> dict[str, str]:
    ours, theirs = builders.parties(user)
    email = f"kari{number}@customer.example"
    theirs.people[0] = contracts.PersonDraft("Kari Nordmann", email, capacity="Director")
    draft = builders.contract(page, user, parties=[ours, theirs])
    contracts.send(draft, builders.shown(draft), into=states.SIGNING, by=builders.actor(user))
    kari = Participant.objects.get(party__contract=draft, party__role="customer")
    link = signing.invite(kari, by=SYSTEM)
    return {"link": link, "public_id": kari.public_id, "email": email}


def durability() -> dict[str, str]:
    """What the server says of the switches that a crash asks about."""
    with connection.cursor() as cursor:
        said = {}
        for name in DURABLE:
            cursor.execute(f"SHOW {name}")
            said[name] = cursor.fetchone()[0]
    return said


def missing(told: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Of what visitors were told, that which is not there."""
    return [one for one in told if not _there(one["kind"], one["public_id"], one["proof"])]


def _there(kind: str, public_id: str, proof: str) -> bool:
    if kind == "entered":
        session = signing.session_of(proof)
        return session is not None and session.participant.public_id == public_id
    if kind == "given":
        versions = ContractVersion.objects.filter(contract__parties__people__public_id=public_id)
        return versions.filter(record__contains=proof).exists()
    if kind == "asked":
        act = sealed_text.loads(proof, salt=SALT)
        return Challenge.objects.filter(
            public_id=act["challenge"], participant__public_id=public_id
        ).exists()
    return Signature.objects.filter(participant__public_id=public_id).count() == 1


def finish(count: int) -> int:
    """Ola signs some of the contracts that Kari has signed; how many."""
    signed = Contract.objects.filter(state="signing", current_version__signatures__isnull=False)
    chosen = list(signed.order_by("pk")[:count])
    for contract in chosen:
        stage = journeys.stage(contract, contract.owner)
        signatures.sign(stage.ola, signatures.proof(stage.ola))
    return len(chosen)


def busy() -> int:
    """How many messages are still to be delivered, without alarms, which wait ten minutes."""
    return Message.objects.unfinished().exclude(topic=events.SEAL_DUE).count()


def ended() -> dict[str, Any]:
    """What came of it all."""
    sealed = list(Contract.objects.filter(state="signed"))
    said = StringIO()
    call_command("audit_verify", deep=True, stdout=said)  # anything broken ends this process
    return {
        "said": said.getvalue(),
        "trails": list(Trail.objects.values_list("key", flat=True)),
        "signed": len(sealed),
        "files": [_file(contract) for contract in sealed],
        "mails": list(_mails()),
        "dead": Message.objects.dead().count(),
        "signatures": Signature.objects.count(),
    }


def _file(contract: Contract) -> dict[str, Any]:
    row = SealedFile.objects.get(subject=contract.current_version.digest)
    verdict = sealing.verify(sealing.content(row)).verdict
    told = Event.objects.of(contract.trail).named(events.DOCUMENT_SEALED).count()
    return {"verdict": verdict, "events": told}


def _mails() -> Iterator[str]:
    """Mails that must have come: what the state overtook is not sent, a code has other names."""
    for message in Message.objects.filter(topic=events.MAIL_DUE, keys__kind="sealed"):
        yield message.public_id


QUESTIONS = {one.__name__: one for one in (prepare, durability, missing, finish, busy, ended)}


def main() -> None:
    """Answer until nobody asks."""
    for line in sys.stdin:
        name, *given = json.loads(line)
        connection.close()  # the server may have been away since
        print(json.dumps(QUESTIONS[name](*given)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
