"""Making drafts from templates."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.blocks import definitions, expanded, plain, pointed, renewed
from wagtail_contracts.contracts.blocks.means import CAPACITY, PURPOSES
from wagtail_contracts.contracts.core import locks, series
from wagtail_contracts.contracts.core.content import field
from wagtail_contracts.contracts.core.fields.defining import suggestion
from wagtail_contracts.contracts.core.text import normal
from wagtail_contracts.contracts.errors import NotReady, TemplateUnusable
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.composing import whole
from wagtail_contracts.contracts.flows.filing import use_files
from wagtail_contracts.contracts.flows.given import note_answers
from wagtail_contracts.contracts.flows.listing import keep_draft
from wagtail_contracts.contracts.flows.reading import read_values
from wagtail_contracts.contracts.flows.usable import unfinished, unusable
from wagtail_contracts.contracts.models import (
    Contract,
    NumberSeries,
    Participant,
    Party,
    Workspace,
)
from wagtail_contracts.contracts.models.consumer_rules import CONSUMER_RULES
from wagtail_contracts.contracts.models.guards import unguarded
from wagtail_contracts.contracts.models.lawful import LAWFUL
from wagtail_contracts.contracts.models.people_rules import RULES

EITHER = "either"  # a role that organisations and private persons may take


@dataclass(frozen=True)
class PersonDraft:
    """Somebody who takes part for a party; `user` for a member of staff."""

    name: str
    email: str = ""
    role: str = Participant.Role.SIGNATORY
    language: str = "en"
    capacity: str = ""
    position: int = 1
    user: Any = None
    phone: str = ""
    invited_by: str = Participant.InvitedBy.MAIL
    opens_by: str = ""
    signs_by: str = ""
    fetches_by: str = ""
    national_id: str = ""
    acts_as: str = ""
    witnesses: int = 0


@dataclass(frozen=True)
class PartyDraft:
    """A party in one of the template's roles; the rule is the role's.

    So is the kind, unless the role takes either: then it is said here. The address is as data
    fields of that kind store it. `rule` takes the place of the role's where nobody signs for it.
    """

    role: str
    name: str
    organisation_number: str = ""
    people: Sequence[PersonDraft] = ()
    kind: str = ""
    address: Mapping[str, Any] | None = None
    rule: str = ""


@transaction.atomic
def create(
    template: Any,
    *,
    title: str,
    parties: Sequence[PartyDraft],
    values: Mapping[str, Any],
    owner: Any,
    by: Actor,
) -> Contract:
    """Make a draft from a live template page. Raises NotAllowed, TemplateUnusable, AnswersRefused.

    `values` is what was typed, by key of the field; fields without one get their suggested value.
    """
    workspace = _place_of(template)
    contract = _contract(template, workspace, title=title, owner=owner)
    insist("add", contract, by=by)
    contract.values = _values(contract, values)

    with unguarded():
        contract.save()
        add_people(contract, parties)
        _insist_on_usable(contract)
        contract.save_revision(user=owner)
        use_files(template.body, workspace, in_templates=True, by=by)
        note_answers(contract, by=by)
    keep_draft(contract)

    announcing.record(contract, events.CONTRACT_CREATED, {"state": contract.state}, by=by)
    return contract


def _place_of(template: Any) -> Workspace:
    if (workspace := template.workspace) is None or not template.live:
        raise TemplateUnusable(_("This template is not published in a workspace."))
    found: Workspace = workspace
    return found


def _values(contract: Contract, typed: Mapping[str, Any]) -> dict[str, Any]:
    known = {item["key"]: suggestion(item) for item in contract.fields}
    return read_values([field(item) for item in contract.fields], {**known, **typed})


def _insist_on_usable(contract: Contract) -> None:
    """Raise TemplateUnusable for what was published past the template's editor."""
    try:
        faults = [*unfinished(plain(contract.body)), *unusable(whole(contract))]
    except NotReady as unreadable:
        faults = unreadable.missing
    if faults:
        raise TemplateUnusable(" ".join(faults))


def opening_block(sentence: str) -> dict[str, Any]:
    """A block of text that the sender may rewrite, as a stored stream has it."""
    value = {"policy": locks.EDITABLE, "text": f"<p>{escape(sentence, quote=False)}</p>"}
    return {"type": "text", "id": str(uuid.uuid4()), "value": value}


def next_number(workspace: Workspace) -> str:
    """The next number of a workspace, given under a lock; gaps may arise, none comes twice."""
    stem = number_stem(workspace)
    NumberSeries.objects.get_or_create(stem=stem)
    counted = NumberSeries.objects.select_for_update().get(stem=stem)
    counted.last += 1
    counted.save()
    return series.number(stem, counted.last, workspace.number_digits)


def number_stem(workspace: Workspace) -> str:
    """The beginning of the numbers that a workspace gives this year."""
    year = timezone.now().astimezone(ZoneInfo(workspace.timezone)).year
    return series.stem(workspace.number_prefix, workspace.code, year)


def template_digest(template: Any) -> str:
    """The digest of a template's streams as they are now."""
    streams = {name: expanded(getattr(template, name)) for name in ("roles", "fields", "body")}
    return canonical.digest(canonical.TEMPLATE, _normal(streams))


def languages(template: Any, workspace: Workspace) -> dict[str, str]:
    """The languages of a contract, and the one that governs."""
    first, second = template.language or workspace.language, template.second_language
    governing = {"first": first, "second": second}.get(template.governing if second else "", "")
    return {"language": first, "second_language": second, "governing": governing}


def _contract(template: Any, workspace: Workspace, *, title: str, owner: Any) -> Contract:
    entries = expanded(template.body)
    [copies], ids = renewed(entries)
    return Contract(
        number=next_number(workspace),
        workspace=workspace,
        owner=owner,
        title=title,
        **languages(template, workspace),
        confidential=template.confidential,
        **{rule: getattr(template, rule) for rule in (*RULES, *CONSUMER_RULES, *LAWFUL)},
        template=template.page_ptr,
        template_revision=template.live_revision_id,
        template_digest=template_digest(template),
        fields=pointed(definitions(template.fields), ids),
        roles=definitions(template.roles),
        outline=[
            {**copy, "origin": entry["id"]} for copy, entry in zip(copies, entries, strict=True)
        ],
        body=copies,
    )


def add_people(contract: Contract, parties: Sequence[PartyDraft]) -> None:
    """Add the parties with their people to a new draft. Raises TemplateUnusable."""
    roles = {role["key"]: role for role in contract.roles}
    if wrong := [party.role for party in parties if party.role not in roles]:
        raise TemplateUnusable(_("The template has no party “%s”.") % wrong[0])
    for draft in parties:
        role = roles[draft.role]
        party = Party.objects.create(
            contract=contract,
            role=draft.role,
            kind=kind_of(draft, role),
            name=draft.name,
            organisation_number=draft.organisation_number,
            address=draft.address,
            **rule_of(draft, role),
        )
        for person in draft.people:
            Participant.objects.create(party=party, **vars(person))


def rule_of(draft: PartyDraft, role: Mapping[str, Any]) -> dict[str, Any]:
    """Who must sign for a party in this role."""
    if draft.rule:
        return {"rule": draft.rule, "count": None}
    return {"rule": role["rule"], "count": role["count"]}


def asked_of(role: Mapping[str, Any]) -> dict[str, Any]:
    """How the people of a role show who they are and sign, where nobody is there to choose."""
    return {name: role[name] for name in (*PURPOSES, *CAPACITY) if role.get(name)}


def kind_of(draft: PartyDraft, role: Mapping[str, Any]) -> str:
    """The kind of a party in this role. Raises TemplateUnusable where the role takes another."""
    fixed = role["kind"] if role["kind"] != EITHER else ""
    kind = draft.kind or fixed or Party.Kind.ORGANISATION
    if kind not in Party.Kind.values or kind != (fixed or kind):
        words = {"role": role["label"], "kind": kind}
        raise TemplateUnusable(_("“%(role)s” can't be of the kind “%(kind)s”.") % words)
    if kind == Party.Kind.PERSON and draft.organisation_number:
        raise TemplateUnusable(_("“%s”: a private person has no organisation number.") % draft.name)
    return kind


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, Mapping):
        return {key: _normal(part) for key, part in value.items()}
    return [_normal(part) for part in value] if isinstance(value, list) else value
