"""Opening a workspace, changing its settings, writing its own texts: each in its own trail."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import placeholders, series
from wagtail_contracts.contracts.core.text import normal
from wagtail_contracts.contracts.errors import TextRefused, TrainingFixed
from wagtail_contracts.contracts.flows.acting import insist_in
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.drafting import number_stem
from wagtail_contracts.contracts.flows.filing import file_content
from wagtail_contracts.contracts.models import (
    Contract,
    FileUse,
    NumberSeries,
    StoredFile,
    Workspace,
    WorkspaceText,
)
from wagtail_contracts.contracts.rendering.brand import Paper, paper
from wagtail_contracts.errors import Refusal
from wagtail_contracts.outbox import flows as outbox
from wagtail_contracts.sealing import flows as sealing

log = logging.getLogger("wagtail_contracts.contracts")
TRIED = "text_tried"  # the kind of that mail
# Whose values may enter a trail, which holds no names and addresses; of the others only that.
TOLD = frozenset(
    {
        "language",
        "timezone",
        "deadline_days",
        "signing_order",
        "remind_unopened_days",
        "remind_every_days",
        "remind_before_days",
        "number_digits",
        "retention_months",
        "training",
        "accent",
        "factor_verbs",
    }
)


@transaction.atomic
def open_workspace(workspace: Workspace, *, by: Actor) -> Workspace:
    """Store a new workspace."""
    workspace.clean()

    workspace.save(force_insert=True)

    data = {"training": workspace.training}
    chronicle(workspace, events.WORKSPACE_OPENED, data, by=by)
    return workspace


@transaction.atomic
def change_workspace(workspace: Workspace, values: Mapping[str, Any], *, by: Actor) -> Workspace:
    """Give a workspace's columns these values. Raises NotAllowed, TrainingFixed.

    Once there is a contract, a workspace stays for training or for real: what was sent says which.
    """
    held = Workspace.objects.select_for_update().get(pk=workspace.pk)
    insist_in(held, "administer", by=by)
    new = {name: value for name, value in values.items() if getattr(held, name) != value}
    if "training" in new and is_in_use(held):
        raise TrainingFixed(_("The workspace has contracts: it stays as it is, training or not."))
    for name, value in new.items():
        setattr(held, name, value)
    held.clean()

    held.save(update_fields=sorted(new))
    if isinstance(logo := new.get("logo"), StoredFile):
        FileUse.objects.get_or_create(file=logo, workspace=held, in_templates=False)

    if new:
        told = {name: _told(value) for name, value in new.items() if name in TOLD}
        data = {"columns": sorted(new), "values": told}
        chronicle(held, events.WORKSPACE_CHANGED, data, by=by)
    return held


@transaction.atomic
def write_text(
    workspace: Workspace, kind: str, language: str, subject: str, body: str, *, by: Actor
) -> None:
    """Put a workspace's own words in the place of ours; both empty: take ours again.

    Raises TextRefused for a placeholder that there is not, and where one of both is missing.
    """
    subject, body = " ".join(normal(subject).split()), normal(body).strip()
    insist_on_text(kind, subject, body)
    held = Workspace.objects.select_for_update().get(pk=workspace.pk)

    rows = WorkspaceText.objects.filter(workspace=held, kind=kind, language=language)
    before = rows.values_list("subject", "body").first() or ("", "")
    if subject:
        words = {"subject": subject, "body": body}
        rows.update_or_create(
            workspace=held, kind=kind, language=language, defaults=words, create_defaults=words
        )
    else:
        rows.delete()

    if before != (subject, body):
        data = {"kind": kind, "language": language, "own": bool(subject)}
        chronicle(held, events.WORKSPACE_TEXT_WRITTEN, data, by=by)


@transaction.atomic
def try_text(workspace: Workspace, kind: str, language: str, user: Any, *, by: Actor) -> None:
    """Have a mail in the stored words sent to a member of staff, about an invented contract."""
    keys = {"user": user.pk, "workspace": workspace.pk, "text": kind, "language": language}
    outbox.post(events.MAIL_DUE, after=None, kind=TRIED, **keys)
    log.info("text %s of %s tried by %s %s", kind, workspace.slug, by.kind, by.key)


def insist_on_text(kind: str, subject: str, body: str) -> None:
    """Raise TextRefused for words that can't be used; in help nothing stands for something."""
    names = () if WorkspaceText.Kind(kind).helps else placeholders.NAMES
    problems: dict[str, str] = {}
    if bool(subject) != bool(body):
        empty = "body" if subject else "subject"
        problems[empty] = _("Write both, or neither to send our words.")
    for name, text in (("subject", subject), ("body", body)):
        if wrong := placeholders.unknown(text, names):
            problems[name] = _("There is no placeholder %s.") % ", ".join(wrong)
    if problems:
        raise TextRefused(problems)


def is_in_use(workspace: Workspace) -> bool:
    """Say whether there is a contract in a workspace, whoever may see it."""
    return Contract.objects.filter(workspace=workspace.pk).exists()


def seal_fault(*, test: bool) -> str:
    """Why nothing can be sealed, for training or for real; "" where it can."""
    try:
        sealing.identity(test=test)
    except (Refusal, ImproperlyConfigured, ImportError, TypeError, OSError) as error:
        return str(error)
    return ""


def logo_content(workspace: Workspace) -> bytes:
    """The bytes of a workspace's logo, if it has one. Raises FileWaits, FileAltered."""
    return file_content(workspace.logo) if workspace.logo else b""


def paper_of(workspace: Workspace) -> Paper:
    """What the workspace prints on its contracts. Raises FileWaits, FileAltered."""
    return paper(workspace, logo_content(workspace))


def upcoming_number(workspace: Workspace) -> str:
    """The number that the next contract would get, by what is stored; nothing is counted."""
    stored = Workspace.objects.get(pk=workspace.pk)
    stem = number_stem(stored)
    last = NumberSeries.objects.filter(stem=stem).values_list("last", flat=True).first() or 0
    return series.number(stem, last + 1, stored.number_digits)


def _told(value: Any) -> str | int | bool | None:
    return value if isinstance(value, int | None) else str(value)
