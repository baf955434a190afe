"""Writing who takes part in a draft, and what its data fields say.

Each verb gets the digest of what its page began with, so that nobody undoes what a colleague has
written meanwhile.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.core.content import field
from wagtail_contracts.contracts.errors import (
    NotReady,
    Overtaken,
    TemplateUnusable,
    WrongState,
)
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist_on_making, staff
from wagtail_contracts.contracts.flows.composing import text_fault
from wagtail_contracts.contracts.flows.drafting import PartyDraft, PersonDraft, kind_of
from wagtail_contracts.contracts.flows.given import note_answers
from wagtail_contracts.contracts.flows.listing import keep_draft
from wagtail_contracts.contracts.flows.reading import read_values
from wagtail_contracts.contracts.flows.sending import future
from wagtail_contracts.contracts.models import Contract, Participant, Party
from wagtail_contracts.contracts.models.guards import unguarded

PARTY = ("pk", "kind", "name", "organisation_number", "address")
PERSON = (
    *("name", "email", "phone", "invited_by"),
    *("role", "language", "capacity", "position", "user_id"),
    *("opens_by", "signs_by", "fetches_by", "national_id", "acts_as", "witnesses"),
)


@transaction.atomic
def name_parties(
    contract: Contract, parties: Sequence[PartyDraft], shown: str, *, title: str, by: Actor
) -> None:
    """Write a draft's parties and their people.

    Raises NotAllowed, WrongState, Overtaken, TemplateUnusable.

    `shown` is what `parties_digest` said when the page was made. A party that is not among
    `parties` stays as it is.
    """
    contract = _draft(contract)
    insist_on_making(contract, by=by)
    before = parties_digest(contract)
    _insist(before, shown)
    roles = {role["key"]: role for role in contract.roles}
    rows = {row.role: row for row in Party.objects.filter(contract=contract)}
    if strange := [draft.role for draft in parties if draft.role not in rows]:
        raise TemplateUnusable(_("The contract has no party “%s”.") % strange[0])

    for draft in parties:
        _write(rows[draft.role], draft, kind_of(draft, roles[draft.role]))
    contract.title = title
    contract.save(update_fields=["title"])

    _finish(contract, "parties", changed=parties_digest(contract) != before, by=by)


@transaction.atomic
def fill_in(
    contract: Contract,
    values: Mapping[str, Any],
    shown: str,
    *,
    title: str,
    deadline: date | None,
    by: Actor,
) -> None:
    """Write a draft's title, deadline and data fields of our own side.

    `shown` is what `details_digest` said when the page was made; a field that `values` does not
    name stays as it is, and without `deadline` the days of the template count when it is sent.
    Raises NotAllowed, WrongState, Overtaken, AnswersRefused, NotReady.
    """
    contract = _draft(contract)
    insist_on_making(contract, by=by)
    before = details_digest(contract)
    _insist(before, shown)
    deadline = future(deadline, contract.workspace) if deadline else None
    read = _read(contract, values)

    with unguarded():
        contract.values = {**contract.values, **read}
        contract.title, contract.deadline = title, deadline
        contract.save(update_fields=["values", "title", "deadline"])

    _finish(contract, "details", changed=details_digest(contract) != before, by=by)


def parties_digest(contract: Contract) -> str:
    """Digest over the title, the parties and their people, as they are stored."""
    parties = Party.objects.filter(contract=contract).order_by("pk")
    people = Participant.objects.filter(party__contract=contract).order_by("pk")
    told = [
        [[getattr(party, name) for name in PARTY] for party in parties],
        [(person.party_id, *_facts(person)) for person in people],
    ]
    return _digest(contract, [contract.title, told])


def details_digest(contract: Contract) -> str:
    """Digest over the title, the deadline and all values, as they are stored."""
    return _digest(contract, [contract.title, contract.deadline, contract.values])


def _draft(contract: Contract) -> Contract:
    held = Contract.objects.lock(contract.pk)
    if held.state != states.DRAFT:
        raise WrongState(_("This contract has been sent."))
    return held


def _insist(now: str, shown: str) -> None:
    if now != shown:
        raise Overtaken(
            _("Somebody changed this meanwhile. What you typed is still here; nothing was stored.")
        )


def _read(contract: Contract, values: Mapping[str, Any]) -> dict[str, Any]:
    """Our own side's values. Raises AnswersRefused, and NotReady if they are too long."""
    own = contract.own_roles
    asked = [
        field(item) for item in contract.fields if item.get("role") in own and item["key"] in values
    ]
    read = read_values(asked, values)
    if fault := text_fault(contract, contract.body, read):
        raise NotReady([fault])
    return read


def _write(row: Party, draft: PartyDraft, kind: str) -> None:
    row.kind, row.name, row.organisation_number = kind, draft.name, draft.organisation_number
    row.address = draft.address
    row.save()
    people = list(Participant.objects.filter(party=row).order_by("pk"))
    for person, said in zip_longest(people, draft.people):
        if said is None:
            person.delete()
        elif person is None:
            Participant.objects.create(party=row, **vars(said))
        elif _facts(person) != _facts(Participant(**vars(said))):
            _rewrite(person, said)


def _rewrite(person: Participant, said: PersonDraft) -> None:
    for name, value in vars(said).items():
        setattr(person, name, value)
    person.save()


def _facts(person: Participant) -> list[Any]:
    return [getattr(person, name) for name in PERSON]


def _digest(contract: Contract, told: list[Any]) -> str:
    """Salted, as values that one may not see are in it."""
    text = json.dumps([contract.salt, told], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _finish(contract: Contract, part: str, *, changed: bool, by: Actor) -> None:
    """A revision and an event, unless all of it was there already."""
    if not changed:
        return
    note_answers(contract, by=by)
    keep_draft(Contract.objects.get(pk=contract.pk))
    user = staff(by)
    Contract.objects.get(pk=contract.pk).save_revision(user=user, log_action=True, clean=False)
    announcing.record(contract, events.DRAFT_FILLED_IN, {"part": part}, by=by)
