"""What participants do with the text: look, fill in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.audit.models import Event
from wagtail_contracts.contracts.core import resolving, states, taking_part, trees
from wagtail_contracts.contracts.core.content import insist_on_size
from wagtail_contracts.contracts.core.resolving import published
from wagtail_contracts.contracts.core.richtext import Unreadable
from wagtail_contracts.contracts.errors import AnswersRefused, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.asking import lapse
from wagtail_contracts.contracts.flows.composing import digest_of, unreadable
from wagtail_contracts.contracts.flows.given import insist_on_given, insist_on_sealable
from wagtail_contracts.contracts.flows.outgrown import need_since_sent
from wagtail_contracts.contracts.flows.partaking import insist_may
from wagtail_contracts.contracts.flows.reading import (
    FAULTY,
    MESSAGES,
    read_quietly,
    read_values,
    required,
)
from wagtail_contracts.contracts.flows.versioning import freeze, insist_on_current
from wagtail_contracts.contracts.models import (
    Answer,
    AnswerDraft,
    Contract,
    ContractVersion,
    Participant,
)
from wagtail_contracts.contracts.models.guards import unguarded

VERSIONS = 32  # of which a process knows whether they follow answers
LONGEST = 12_000  # characters of one answer while somebody fills in


@transaction.atomic
def view(participant: Participant, digest: str, *, by: Actor) -> None:
    """Record that a participant was shown a version. Raises NotYourPart, StaleVersion."""
    contract = Contract.objects.lock(participant.party.contract_id)
    insist_may(participant, taking_part.READ, contract)
    version = insist_on_current(contract, digest)

    data = {"version": version.number, "digest": version.digest}
    viewed = Event.objects.of(contract.trail).named(events.CONTRACT_VIEWED)
    first = not viewed.by(by.key, kind=by.kind).exists()
    announcing.record(contract, events.CONTRACT_VIEWED, data, by=by)
    if first:
        announcing.tell_owner(contract, "opened", by=by, participant=participant)


@transaction.atomic
def save_answers(participant: Participant, typed: Mapping[str, Any], *, by: Actor) -> AnswerDraft:
    """Keep what was typed so far, faulty or not; no version. Raises WrongState, AnswersRefused."""
    contract = Contract.objects.lock(participant.party.contract_id)
    version = open_version(contract)
    insist_may(participant, taking_part.FILL_IN, contract)
    mine = fields_ever(participant, version.whole)
    # What was kept may be of a row that a newer version has no more.
    known = mine.keys() | kept_answers(participant)
    if foreign := [key for key in typed if key not in known]:
        raise AnswersRefused({key: str(MESSAGES["unknown"]) for key in foreign})

    values = {key: _kept(value) for key, value in typed.items() if key in mine}
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
    open_version(contract)
    insist_may(participant, taking_part.FILL_IN, contract)
    version = insist_on_current(contract, digest)
    values = _values(participant, version, typed)
    whole = trees.with_values(version.whole, values)
    _insist_on_size(whole, typed)
    content = published(whole)
    _insist_on_complete(participant, resolving.offered(whole, {}))
    insist_on_sealable(version.content, content)
    AnswerDraft.objects.filter(participant=participant).delete()
    if digest_of(content) == version.content_digest:
        return version

    with unguarded():
        made = freeze(contract, whole, ContractVersion.Kind.ANSWERED, by=by)
        contract.save(update_fields=["current_version"])
    changed = _store(participant, made, _changed(version, values))

    _announce(contract, {"version": made.number, "fields": changed}, participant, by=by)
    return made


def _announce(
    contract: Contract, data: Mapping[str, Any], participant: Participant, *, by: Actor
) -> None:
    """What was approved before is another text, and what is worth more now needs a yes."""
    announcing.record(contract, events.ANSWERS_GIVEN, data, by=by)
    lapse(contract, by=SYSTEM)
    detail = "approval" if need_since_sent(contract) else ""
    announcing.tell_owner(contract, "answered", by=by, participant=participant, detail=detail)


def _insist_on_size(whole: trees.Content, typed: Mapping[str, Any]) -> None:
    """Raise AnswersRefused, at the longest answer, for a text that is too large with them."""
    try:
        insist_on_size(whole)
    except Unreadable as error:
        longest = max(typed, key=lambda key: len(str(typed[key])), default="")
        raise AnswersRefused({longest: unreadable(error)}) from error


def offered(
    participant: Participant, version: ContractVersion, typed: Mapping[str, Any]
) -> dict[str, Any]:
    """What the participant sees who has typed this so far. Nothing is stored.

    A faulty answer counts as not typed.
    """
    follows = follows_answers(version)
    whole = version.whole if follows else version.content
    mine = fields_ever(participant, whole)
    read = {key: read_quietly(mine[key], raw) for key, raw in typed.items() if key in mine}
    values = {key: value for key, value in read.items() if value is not FAULTY}
    return resolving.offered(whole, values) if follows else trees.with_values(whole, values)


def fields_of(participant: Participant, content: trees.Content) -> list[trees.Node]:
    """What this participant fills in: fields of the party's role, and choices inside blocks.

    `content` says what is there to be filled in: what a condition hides is not. Our own side's
    fields stand in the working copy, where its editor fills them in.
    """
    party = trees.parties_by_role(content).get(participant.party.role)
    if party is None or party["own"] or participant.role != Participant.Role.SIGNATORY:
        return []
    asked = [*content["fields"], *trees.asked(content["body"])]
    return [field for field in asked if field["role"] == party["role"]]


def left_for(participant: Participant, version: ContractVersion) -> list[trees.Node]:
    """What this participant must still fill in or decide, with what they have kept for later."""
    content = offered(participant, version, kept_answers(participant))
    mine = {field["key"] for field in fields_of(participant, content)}
    return [field for field in trees.unanswered(content) if field["key"] in mine]


def fields_ever(participant: Participant, whole: trees.Content) -> dict[str, trees.Node]:
    """What the participant may come to fill in, hidden or not, by key."""
    return {field["key"]: field for field in fields_of(participant, whole)}


def _values(
    participant: Participant, version: ContractVersion, typed: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of what was typed. Raises AnswersRefused.

    What these very answers hide is kept for whoever switches back; what was hidden on the page,
    too, is refused.
    """
    ever = fields_ever(participant, version.whole)
    after = _keys(participant, version, typed)
    drafted = kept_answers(participant)
    before = _keys(participant, version, drafted)
    gone = {key: typed[key] for key in typed.keys() & ever.keys() - after}
    refused = {key for key, raw in gone.items() if raw and key not in before}
    asked = {key: raw for key, raw in typed.items() if key not in gone or key in refused}
    values = read_values([field for key, field in ever.items() if key in after], asked)
    hidden = {key: raw for key, raw in (drafted | gone).items() if key in ever and key not in after}
    kept = {key: read_quietly(ever[key], raw) for key, raw in hidden.items()}
    made = values | {key: value for key, value in kept.items() if value is not FAULTY}
    insist_on_given(participant, version, made)
    return made


def _keys(participant: Participant, version: ContractVersion, typed: Mapping[str, Any]) -> set[str]:
    content = offered(participant, version, typed)
    return {field["key"] for field in fields_of(participant, content)}


def follows_answers(version: ContractVersion) -> bool:
    """Whether what the page shows depends on what is filled in."""
    return _follows(version.offer)


@lru_cache(maxsize=VERSIONS)
def _follows(offer: str) -> bool:
    return resolving.follows_answers(json.loads(offer))


def kept_answers(participant: Participant) -> dict[str, Any]:
    """What was typed and kept for later."""
    drafts = AnswerDraft.objects.filter(participant=participant).values_list("values", flat=True)
    return dict(next(iter(drafts), {}))


def _kept(raw: Any) -> Any:
    """What was typed in the shape that `answers.read` takes: a text, texts by part, several."""
    if isinstance(raw, Mapping):
        return {part: _kept(text) for part, text in raw.items()}
    if isinstance(raw, list | tuple):
        return [_kept(text) for text in raw]
    # PostgreSQL keeps no NUL.
    return "" if raw is None else str(raw).replace("\0", "")[:LONGEST]


def _changed(version: ContractVersion, values: Mapping[str, Any]) -> dict[str, Any]:
    before = trees.values_by_key(version.whole)
    return {key: value for key, value in values.items() if value != before[key]}


def _store(
    participant: Participant, made: ContractVersion, changed: Mapping[str, Any]
) -> list[str]:
    """Keep each answer; the keys of their fields."""
    Answer.objects.bulk_create(
        Answer(version=made, participant=participant, key=key, value=_json(changed[key]))
        for key in sorted(changed)
    )
    return sorted(changed)


def _json(value: Any) -> Any:
    # An answer that was taken back is null in JSON; None alone would be NULL in SQL.
    return Value(None, JSONField()) if value is None else value


def _insist_on_complete(participant: Participant, content: trees.Content) -> None:
    """Of what is there to be filled in and decided now."""
    keys = {field["key"] for field in fields_of(participant, content)}
    empty = [field for field in trees.unanswered(content) if field["key"] in keys]
    if empty:
        raise AnswersRefused(required(empty))


def open_version(contract: Contract) -> ContractVersion:
    """The newest version of a contract that is still open. Raises WrongState."""
    if contract.state not in states.OPEN or contract.current_version is None:
        raise WrongState(_("This contract is closed. Nothing was stored."))
    return contract.current_version
