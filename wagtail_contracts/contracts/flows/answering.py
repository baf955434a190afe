"""What participants do with the text: look, fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import states, trees
from wagtail_contracts.contracts.errors import AnswersRefused, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.composing import digest_of
from wagtail_contracts.contracts.flows.reading import MESSAGES, read_values, required
from wagtail_contracts.contracts.flows.versioning import freeze, insist_on_current
from wagtail_contracts.contracts.models import (
    Answer,
    AnswerDraft,
    Contract,
    ContractVersion,
    Participant,
)
from wagtail_contracts.contracts.models.guards import unguarded

LONGEST = 12_000  # characters of one answer while somebody fills in


@transaction.atomic
def view(participant: Participant, digest: str, *, by: Actor) -> None:
    """Record that a participant was shown a version. Raises StaleVersion."""
    contract = Contract.objects.lock(participant.party.contract_id)
    version = insist_on_current(contract, digest)

    data = {"version": version.number, "digest": version.digest}
    announcing.record(contract, events.CONTRACT_VIEWED, data, by=by)


@transaction.atomic
def save_answers(participant: Participant, typed: Mapping[str, Any], *, by: Actor) -> AnswerDraft:
    """Keep what was typed so far, faulty or not; no version. Raises WrongState, AnswersRefused."""
    contract = Contract.objects.lock(participant.party.contract_id)
    version = _open_version(contract)
    mine = {field["key"] for field in fields_of(participant, version.content)}
    if foreign := [key for key in typed if key not in mine]:
        raise AnswersRefused({key: str(MESSAGES["unknown"]) for key in foreign})

    values = {key: _kept(value) for key, value in typed.items()}
    draft, _new = AnswerDraft.objects.update_or_create(
        participant=participant, defaults={"values": values}
    )
    return draft


@transaction.atomic
def answer(
    participant: Participant, digest: str, typed: Mapping[str, Any], *, by: Actor
) -> ContractVersion:
    """Make one version of the current one and all answers. Raises StaleVersion, AnswersRefused.

    `digest` is that of the version on the page. Where no value differs nothing is written and the
    current version is returned. The working copy is never looked at.
    """
    contract = Contract.objects.lock(participant.party.contract_id)
    _open_version(contract)
    version = insist_on_current(contract, digest)
    mine = fields_of(participant, version.content)
    before = trees.values_by_key(version.content)
    values = read_values(mine, typed)
    content = trees.with_values(version.content, values)
    _insist_on_complete(mine, content)
    AnswerDraft.objects.filter(participant=participant).delete()
    if digest_of(content) == version.content_digest:
        return version

    with unguarded():
        made = freeze(contract, content, ContractVersion.Kind.ANSWERED, by=by)
        contract.save(update_fields=["current_version"])
    changed = {key: value for key, value in values.items() if value != before[key]}
    _store(participant, made, changed)

    data = {"version": made.number, "fields": sorted(changed)}
    announcing.record(contract, events.ANSWERS_GIVEN, data, by=by)
    announcing.tell_owner(contract, "answered", version=made.pk)
    return made


def fields_of(participant: Participant, content: trees.Content) -> list[trees.Node]:
    """The fields that this participant fills in: those of the party's role.

    Our own side's stand in the working copy, where its editor fills them in.
    """
    party = trees.parties_by_role(content).get(participant.party.role)
    if party is None or party["own"] or participant.role != Participant.Role.SIGNATORY:
        return []
    return [field for field in content["fields"] if field["role"] == party["role"]]


def _kept(raw: Any) -> str:
    # PostgreSQL keeps no NUL.
    return "" if raw is None else str(raw).replace("\0", "")[:LONGEST]


def _store(participant: Participant, made: ContractVersion, changed: Mapping[str, Any]) -> None:
    Answer.objects.bulk_create(
        Answer(version=made, participant=participant, key=key, value=_json(changed[key]))
        for key in sorted(changed)
    )


def _json(value: Any) -> Any:
    # An answer that was taken back is null in JSON; None alone would be NULL in SQL.
    return Value(None, JSONField()) if value is None else value


def _insist_on_complete(mine: list[trees.Node], content: trees.Content) -> None:
    keys = {field["key"] for field in mine}
    empty = [field for field in trees.unanswered(content) if field["key"] in keys]
    if empty:
        raise AnswersRefused(required(empty))


def _open_version(contract: Contract) -> ContractVersion:
    if contract.state not in states.OPEN or contract.current_version is None:
        raise WrongState(_("This contract is closed. Nothing was stored."))
    return contract.current_version
