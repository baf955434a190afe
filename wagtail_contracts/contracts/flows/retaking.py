"""A draft whose template has changed since: what is newer, and taking it over."""

from __future__ import annotations

import copy
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.blocks import definitions, expanded, plain, pointed, renewed
from wagtail_contracts.contracts.core import locks, states
from wagtail_contracts.contracts.core.content import field
from wagtail_contracts.contracts.core.fields.defining import suggestion
from wagtail_contracts.contracts.core.keys import IDENTITY
from wagtail_contracts.contracts.errors import TemplateUnusable
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import insist, staff
from wagtail_contracts.contracts.flows.composing import compose
from wagtail_contracts.contracts.flows.drafting import languages, template_digest
from wagtail_contracts.contracts.flows.filing import use_files
from wagtail_contracts.contracts.flows.listing import keep_draft
from wagtail_contracts.contracts.flows.reading import FAULTY, read_quietly
from wagtail_contracts.contracts.flows.sending import insist_on_shown
from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.contracts.models.guards import unguarded

Entry = dict[str, Any]
Stream = list[Entry]
TAKEN = (
    *("outline", "body", "fields", "values", "roles"),
    *("language", "second_language", "governing"),
    *("template_revision", "template_digest"),
)


def newer_template(contract: Contract) -> Any:
    """The template of a draft, if it says something else by now; None otherwise.

    An amendment or a renewal comes out of a contract, so for them no template is newer.
    """
    page = contract.template and contract.template.specific
    if contract.state != states.DRAFT or page is None or not page.live:
        return None
    if any(entry["origin"] is None for entry in contract.outline):
        return None
    if page.live_revision_id == contract.template_revision or page.workspace != contract.workspace:
        return None
    return page if template_digest(page) != contract.template_digest else None


def retaken(contract: Contract) -> Contract:
    """The draft as it would be with the newer template, not saved. Raises TemplateUnusable.

    What the template left as it was stays as the draft has it; the rest is the template's.
    """
    page = newer_template(contract)
    if page is None:
        raise TemplateUnusable(_("The template says nothing else than this draft was made from."))
    roles = definitions(page.roles)
    if _kinds(roles) != _kinds(contract.roles):
        raise TemplateUnusable(
            _("The template has other parties now. Make a new contract from it instead.")
        )
    made = copy.copy(contract)
    made.outline, body, ids = _streams(contract, page)
    made.roles, made.fields = roles, pointed(definitions(page.fields), ids)
    imagined: Any = made  # a stream takes a list
    imagined.body = body
    made.values = _values(contract, made.fields)
    for name, code in languages(page, contract.workspace).items():
        setattr(made, name, code)
    made.template_revision, made.template_digest = page.live_revision_id, template_digest(page)
    return made


@transaction.atomic
def take_template(contract: Contract, shown: str, *, by: Actor) -> None:
    """Write a draft anew with what its template says now.

    Raises NotAllowed, StaleVersion, TemplateUnusable.
    `shown` is the content digest of what the page said it would become.
    """
    held = Contract.objects.lock(contract.pk)
    insist("change", held, by=by)
    made = retaken(held)
    insist_on_shown(compose(made), shown)
    user = staff(by)
    page: Any = held.template

    with unguarded():
        made.save(update_fields=TAKEN)
        use_files(page.specific.body, held.workspace, in_templates=True, by=by)
        Contract.objects.get(pk=made.pk).save_revision(user=user, log_action=True, clean=False)
    keep_draft(made)

    announcing.record(made, events.DRAFT_FILLED_IN, {"part": "template"}, by=by)


def _kinds(roles: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, bool]]:
    return {role["key"]: (role["kind"], role["own"]) for role in roles}


def _streams(contract: Contract, page: Any) -> tuple[Stream, Stream, dict[str, str]]:
    """Outline and text, and what each id of the template is called in them."""
    entries, before = expanded(page.body), {entry["origin"]: entry for entry in contract.outline}
    same = _unchanged(entries, before)
    ids = _ids(contract, entries, before, same)
    kept = {block["id"]: block for block in plain(contract.body)}
    outline: Stream = []
    body: Stream = []
    for entry, new in zip(entries, pointed(entries, ids), strict=True):
        origin = entry["id"]
        outline.append(before[origin] if origin in same else {**new, "origin": origin})
        left_out = origin in before and new["id"] not in kept
        if not (left_out and locks.policy_of(new) == locks.OPTIONAL):
            body.append(kept[new["id"]] if origin in same and not left_out else new)
    return outline, body, ids


def _unchanged(entries: Stream, before: Mapping[str, Entry]) -> set[str]:
    """The blocks that say what they said, with references to the same blocks."""
    was = {entry["id"]: origin for origin, entry in before.items()}
    now = {entry["id"]: entry["id"] for entry in entries}
    return {
        entry["id"]
        for entry in entries
        if entry["id"] in before and _said(before[entry["id"]], was) == _said(entry, now)
    }


def _ids(
    contract: Contract, entries: Stream, before: Mapping[str, Entry], same: set[str]
) -> dict[str, str]:
    """By id in the template: that in the draft, or one made of both, each time alike."""
    _copies, known = renewed(entries)
    ids = {old: str(uuid.uuid5(contract.uuid, old)) for old in known}
    for entry in entries:
        if entry["id"] in before:
            ids[entry["id"]] = before[entry["id"]]["id"]
        if entry["id"] in same:
            texts = (_text(entry), _text(before[entry["id"]]))
            pairs = zip(*map(IDENTITY.findall, texts), strict=True)
            ids |= {new: old for new, old in pairs if new in known}
    return ids


def _said(entry: Entry, names: Mapping[str, str]) -> str:
    """What a block says: with these names of other blocks, and none for its own parts."""
    return IDENTITY.sub(lambda found: names.get(found[0], ""), _text(entry))


def _text(entry: Entry) -> str:
    return json.dumps([entry["type"], entry["value"]], sort_keys=True)


def _values(contract: Contract, fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What was filled in, as far as the field takes it; else what is suggested."""
    kinds = {item["key"]: item["kind"] for item in contract.fields}
    found = {}
    for item in fields:
        asked, value = field(item), contract.values.get(item["key"])
        read = FAULTY
        if kinds.get(item["key"]) == item["kind"]:
            read = None if value is None else read_quietly(asked, value)
        found[item["key"]] = read_quietly(asked, suggestion(item)) if read is FAULTY else read
    chosen = {key: value for key, value in contract.values.items() if key not in kinds}
    return {**chosen, **{key: None if v is FAULTY else v for key, v in found.items()}}
