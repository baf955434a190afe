"""A text for many begins, goes into a new round, and takes in who joined the group since."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import CircularRefused, NotAllowed
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.drafting import template_digest
from wagtail_contracts.contracts.flows.making import post_batches, rehearse
from wagtail_contracts.contracts.flows.sending import future
from wagtail_contracts.contracts.models import (
    Circular,
    CircularMember,
    CircularRound,
    Contract,
    Workspace,
)


def try_circular(template: Any, group: Group, *, title: str, deadline: date, by: Actor) -> Contract:
    """The contract that one member of a group would get, made and taken back, to be printed.

    Raises all that `begin_circular` raises.
    """
    workspace = _workspace_of(template)
    circular = Circular(workspace=workspace, group=group, title=title)
    circular.owner = insist_on_sender(workspace, by=by)
    with transaction.atomic():
        circular.save(force_insert=True)
        made = _round(circular, template, deadline, by=by)
        _add_members(made, members_of(group))
        trial = rehearse(made, by=by)
        transaction.set_rollback(True)
    return trial


@transaction.atomic
def begin_circular(
    template: Any, group: Group, *, title: str, deadline: date, by: Actor
) -> Circular:
    """Begin the first round of a text for all members of a group; the worker sends it to each.

    One contract is made for trial first, and taken back. Raises NotAllowed, CircularRefused,
    and what that trial raises.
    """
    workspace = _workspace_of(template)
    circular = Circular(workspace=workspace, group=group, title=title)
    circular.owner = insist_on_sender(workspace, by=by)
    circular.save(force_insert=True)
    found = _begin_round(circular, template, deadline, by=by)

    told = {"circular": circular.public_id, "members": found.members.count()}
    names = {"title": title, "group": group.name}
    chronicle(workspace, events.CIRCULAR_BEGUN, told, by=by, disclose=names)
    return circular


@transaction.atomic
def begin_round(circular: Circular, template: Any, *, deadline: date, by: Actor) -> CircularRound:
    """Send another text to all members; what was signed before counts for the earlier one only.

    Contracts of earlier rounds that are still out are withdrawn one by one, when the new one of
    that person is sent. Raises NotAllowed, CircularRefused, and what the trial raises.
    """
    circular = Circular.objects.lock(circular.pk)
    insist_on_sender(circular.workspace, by=by)
    if _workspace_of(template) != circular.workspace:
        raise CircularRefused(_("The template is not one of this workspace."))
    if template_digest(template) == circular.newest.template_digest:
        raise CircularRefused(_("The text is the same as in the last round: nobody need sign it."))
    found = _begin_round(circular, template, deadline, by=by)

    told = {"circular": circular.public_id, "round": found.number}
    told["members"] = found.members.count()
    chronicle(circular.workspace, events.CIRCULAR_RENEWED, told, by=by, disclose=_named(circular))
    return found


@transaction.atomic
def take_in_newcomers(circular: Circular, *, by: Actor) -> int:
    """Send the text to those who joined the group since, and to whom it could not be sent.

    How many that is. Raises NotAllowed.
    """
    circular = Circular.objects.lock(circular.pk)
    insist_on_sender(circular.workspace, by=by)
    newest = circular.newest
    again = newest.members.with_place().failed().filter(here=True)
    keys = set(again.values_list("pk", flat=True))
    newest.members.filter(pk__in=keys).update(problem="")
    keys |= _add_members(newest, newcomers(circular))

    post_batches(newest, keys)
    if keys:
        told = {"circular": circular.public_id, "members": len(keys)}
        chronicle(
            circular.workspace, events.CIRCULAR_JOINED, told, by=by, disclose=_named(circular)
        )
    return len(keys)


def newcomers(circular: Circular) -> QuerySet[Any]:
    """Those who are in the group now, and not in the newest round."""
    known = CircularMember.objects.filter(round=circular.newest)
    return members_of(circular.group).exclude(pk__in=known.values("user"))


def members_of(group: Group) -> QuerySet[Any]:
    """Whoever is in a user group and can log in."""
    return get_user_model()._default_manager.filter(is_active=True, groups=group).order_by("pk")


@transaction.atomic
def note_circular_export(circular: Circular, members: int, *, by: Actor) -> None:
    """Say in the workspace's trail that somebody took along who has signed."""
    told = {"what": "circular", "circular": circular.public_id, "contracts": members}
    chronicle(circular.workspace, events.CONTRACTS_EXPORTED, told, by=by)


def _begin_round(circular: Circular, template: Any, deadline: date, *, by: Actor) -> CircularRound:
    made = _round(circular, template, deadline, by=by)
    keys = _add_members(made, members_of(circular.group))
    rehearse(made, by=by)
    post_batches(made, keys)
    return made


def _round(circular: Circular, template: Any, deadline: date, *, by: Actor) -> CircularRound:
    if not members_of(circular.group).exists():
        raise CircularRefused(_("Nobody is in this group."))
    made: CircularRound = circular.rounds.create(
        number=circular.rounds.count() + 1,
        template=template.page_ptr,
        template_revision=template.live_revision_id,
        template_digest=template_digest(template),
        deadline=future(deadline, circular.workspace),
        begun_by=staff(by),
        begun_at=timezone.now(),
    )
    return made


def _add_members(of: CircularRound, people: QuerySet[Any]) -> set[int]:
    rows = [CircularMember(round=of, user=user) for user in people]
    return {row.pk for row in CircularMember.objects.bulk_create(rows)}


def _workspace_of(template: Any) -> Workspace:
    if not template.live or template.workspace is None:
        raise CircularRefused(_("This template is not published in a workspace."))
    found: Workspace = template.workspace
    return found


def insist_on_sender(workspace: Workspace, *, by: Actor) -> Any:
    """The user behind `by`, who makes and sends contracts in all of it. Raises NotAllowed."""
    user = staff(by)
    if user is None or not permissions.sends_to_many(user).filter(pk=workspace.pk).exists():
        raise NotAllowed(_("It needs the rights to create and to send in this workspace."))
    return user


def _named(circular: Circular) -> dict[str, str]:
    return {"title": circular.title, "group": circular.group.name}
