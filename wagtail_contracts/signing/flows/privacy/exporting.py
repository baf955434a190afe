"""One person's data to take along: all that is kept about them in a contract, nothing of others.

Every table that refers to a participant is in it, as a new one will be, but what is listed here as
somebody else's. Secrets and keys of other rows stay out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.flows import caring
from wagtail_contracts.contracts.models import AnswerFile, Contract, Participant
from wagtail_contracts.signing.models import Identification

FORMAT = "wagtail-contracts/person/v1"
OTHERS = {  # relations that lead to somebody else's data
    "Participant.added_by": "who they let in",
    "Participant.replaced_by": "whose place they took",
    "Comment.mentioned": "who mentioned them",
    "Comment_mentioned.participant": "who mentioned them",
    "AnswerFile.participant": "given as files",
}
# Columns of their own rows about somebody else, or of no use but to an intruder.
BESIDES = {
    "PersonRequest": {"name", "email", "phone", "capacity", "answer"},
    "Mismatch": {"name", "subject"},
}
SECRETS = ("hash", "verifier", "nonce", "commitment")


@dataclass
class Export:
    """What one JSON file holds, and the files beside it by their names."""

    data: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)


@transaction.atomic
def export_person(participant: Participant, *, by: Actor) -> Export:
    """All that is kept about one who takes part in a contract, and an event that it was taken.

    Raises NotAllowed without the rights to export and to see sensitive data.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    for action in ("export", "sensitive"):
        contracts.insist(action, contract, by=by)
    files = dict(_files(participant))
    made = Export(_data(contract, participant, sorted(files)), files)
    told = {"participant": participant.public_id, "files": len(files)}
    contracts.record(contract, events.PERSON_EXPORTED, told, by=by)
    return made


def relations() -> list[Any]:
    """What refers to a participant, and is theirs."""
    every: list[Any] = Participant._meta.get_fields(include_hidden=True)
    found = [one for one in every if one.auto_created and one.is_relation]
    return [one for one in found if f"{_named(one)}.{one.field.name}" not in OTHERS]


def _data(contract: Contract, participant: Participant, files: list[str]) -> dict[str, Any]:
    rows = {_named(one): _rows(one, participant) for one in relations()}
    asked = caring.requests_about(participant)
    return {
        "format": FORMAT,
        "made_at": timezone.now().isoformat(),
        "contract": {"number": contract.number, "title": contract.title, "state": contract.state},
        "sender": contract.workspace.legal_name,
        "party": {"name": participant.party.name, "role": participant.party.role},
        "person": _columns(participant),
        "rows": {name: found for name, found in rows.items() if found},
        "asked_for": [{name: getattr(one, name) for name in caring.ASKED} for one in asked],
        "events": list(_events(contract, participant, caring.names_of(participant, asked))),
        "files": files,
    }


def _named(relation: Any) -> str:
    return str(relation.related_model.__name__)


def _rows(relation: Any, participant: Participant) -> list[dict[str, Any]]:
    rows = relation.related_model._base_manager.filter(**{relation.field.name: participant})
    return [_columns(row) for row in rows.order_by("pk")]


def _columns(row: models.Model) -> dict[str, Any]:
    """What a row says by itself: no keys of others, no secrets."""
    left = BESIDES.get(type(row).__name__, set())
    found = {
        column.name: _plain(column.value_from_object(row))
        for column in row._meta.local_concrete_fields
        if not (column.is_relation or column.primary_key or column.name in left)
        and not any(secret in column.name for secret in SECRETS)
    }
    if isinstance(row, Identification):
        found["evidence"] = row.evidence
    return found


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _events(
    contract: Contract, participant: Participant, ids: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """What they did, with what is disclosed of it; and when something was done about them."""
    mine = ("participant", participant.public_id)
    aside = contract.aside_trail(participant.party)
    keys = (contract.trail, contract.own_trail, aside)
    for key in dict.fromkeys(keys):
        for event in Event.objects.of(key).with_disclosures():
            did = (event.actor_kind, event.actor_key) == mine
            if did or caring.is_about(event, ids):
                told = contracts.disclosed_of(event, ids)
                yield {"at": event.at.isoformat(), "name": event.name, "disclosed": told}


def _files(participant: Participant) -> Iterator[tuple[str, bytes]]:
    for given in AnswerFile.objects.filter(participant=participant).select_related("file"):
        content = contracts.file_content(given.file)
        yield f"{given.file.digest[:12]}-{given.file.name}", content
