"""What consumers are told before they sign: written by a workspace, each time as a new wording."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import consumers, placeholders
from wagtail_contracts.contracts.core.text import normal
from wagtail_contracts.contracts.errors import TextRefused
from wagtail_contracts.contracts.flows.acting import insist_in
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.models import (
    ConsumerText,
    Contract,
    ContractVersion,
    Participant,
    Workspace,
)

NAMES = ("organisation", "contact", "title", "number", "days")
LONGEST = 8000  # characters


@transaction.atomic
def write_disclosure(
    workspace: Workspace, kind: str, language: str, text: str, *, template: int = 0, by: Actor
) -> ConsumerText | None:
    """Store the next wording; an empty one takes ours again. None where it reads as before.

    Raises NotAllowed, TextRefused for a placeholder that there is not.
    """
    text = normal(text).replace("\r\n", "\n").strip()
    insist_on_disclosure(text)
    held = Workspace.objects.select_for_update().get(pk=workspace.pk)
    insist_in(held, "administer", by=by)
    last = wordings(held, kind, language, template).last()
    if text == (last.text if last else ""):
        return None

    made = ConsumerText.objects.create(
        workspace=held,
        template=template,
        kind=kind,
        language=language,
        number=last.number + 1 if last else 1,
        text=text,
        made_by=f"{by.kind}:{by.key}",
    )

    data = {"kind": kind, "language": language, "template": template, "number": made.number}
    chronicle(held, events.DISCLOSURE_WRITTEN, data, by=by)
    return made


def insist_on_disclosure(text: str) -> None:
    """Raise TextRefused for words that can't be used."""
    if wrong := placeholders.unknown(text, NAMES):
        raise TextRefused({"text": _("There is no placeholder %s.") % ", ".join(wrong)})
    if len(text) > LONGEST:
        raise TextRefused({"text": _("Use at most %d characters.") % LONGEST})


def wordings(
    workspace: Workspace, kind: str, language: str, template: int = 0
) -> QuerySet[ConsumerText]:
    """All that a text has said, from the first on."""
    rows = ConsumerText.objects.filter(workspace=workspace, template=template)
    return rows.filter(kind=kind, language=language).order_by("number")


def disclosure_of(contract: Contract, kind: str, language: str) -> ConsumerText | None:
    """The wording that counts for a contract: its template's, else the workspace's, else None."""
    for template in dict.fromkeys((contract.template_id or 0, 0)):
        newest = wordings(contract.workspace, kind, language, template).last()
        if newest is not None and newest.text:
            return newest
    return None


def is_consumer(participant: Participant, version: ContractVersion) -> bool:
    """Say whether somebody signs a version as a consumer, by its template's word."""
    return version.contract.consumer and consumers.is_private(
        version.content, participant.public_id
    )


def withdrawal_ends(contract: Contract, concluded: date) -> date:
    """The last day on which a consumer may withdraw from what came to be on that day."""
    return consumers.last_day(concluded, contract.withdrawal_days or 0)
