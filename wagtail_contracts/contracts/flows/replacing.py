"""Making the contract that takes another's place: from the template as that is now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace as changed
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.blocks import definitions, plain
from wagtail_contracts.contracts.core.content import field
from wagtail_contracts.contracts.errors import TemplateUnusable
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.copying import (
    agreed,
    asked_again,
    same_party,
    signed,
    tie,
)
from wagtail_contracts.contracts.flows.drafting import (
    EITHER,
    PartyDraft,
    create,
    languages,
    opening_block,
)
from wagtail_contracts.contracts.flows.given import note_answers
from wagtail_contracts.contracts.flows.listing import keep_draft
from wagtail_contracts.contracts.flows.reading import FAULTY, read_quietly
from wagtail_contracts.contracts.models import Contract, ContractLink, ContractVersion, Party
from wagtail_contracts.contracts.models.guards import unguarded


@transaction.atomic
def replace(contract: Contract, *, owner: Any, by: Actor) -> Contract:
    """Make a draft from the newest template, with the parties and values of a signed contract.

    It begins with a sentence that names the first. Raises NotAllowed, WrongState, TemplateUnusable.
    """
    first, version = signed(contract)
    insist("view", first, by=by)
    template = _template(first)
    with override(languages(template, first.workspace)["language"]):
        sentence = _(
            "This contract replaces contract %(number)s, “%(title)s”, version %(version)s."
        )
    title = first.sent["title"]
    sentence %= {"number": first.number, "title": title, "version": version.number}

    made = create(
        template,
        title=title,
        parties=_parties(first, template),
        values=_values(first, version, template),
        owner=owner,
        by=by,
    )
    _open(made, sentence)
    note_answers(made, first=first, by=by)
    made.save_revision(user=owner)
    tie(made, first, ContractLink.Kind.REPLACES, by=by)
    return made


def _template(first: Contract) -> Any:
    template = first.template and first.template.specific
    if template is None or template.workspace != first.workspace:
        raise TemplateUnusable(
            _("The template of this contract is gone. Duplicate or renew the contract instead.")
        )
    return template


def _parties(first: Contract, template: Any) -> list[PartyDraft]:
    """One for each role of the template; who had none of these roles is named again."""
    rows = {party.role: party for party in first.parties.all()}
    return [_party(role, rows.get(role["key"])) for role in definitions(template.roles)]


def _party(role: Mapping[str, Any], row: Party | None) -> PartyDraft:
    """As it was, as far as the role goes on taking its kind."""
    if row is None:
        return PartyDraft(role["key"], "")
    party, kind = same_party(row), role["kind"]
    if kind in (EITHER, party.kind):
        return party
    return changed(party, kind=kind, organisation_number="")


def _values(first: Contract, version: ContractVersion, template: Any) -> dict[str, Any]:
    """What was agreed on fields that the template still has and that take it."""
    kinds = {item["key"]: item["kind"] for item in first.fields}
    told, again = agreed(first, version), set(asked_again(first))
    kept = {}
    for item in map(field, definitions(template.fields)):
        key, value = item["key"], told.get(item["key"])
        same = kinds.get(key) == item["kind"] and not item["sensitive"]
        if same and key not in again and value is not None:
            kept[key] = read_quietly(item, value)
    return {key: value for key, value in kept.items() if value is not FAULTY}


def _open(made: Any, sentence: str) -> None:
    """Put the sentence before the template's text."""
    block = opening_block(sentence)
    with unguarded():
        made.outline = [{**block, "origin": None}, *made.outline]
        made.body = [block, *plain(made.body)]
        made.save(update_fields=["outline", "body"])
    keep_draft(made)
