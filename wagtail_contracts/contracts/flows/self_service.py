"""Self-service: anybody makes a contract of their own from a live template, on our conditions.

Whoever manages templates and sends there switches it on, and only where nothing would hold a
contract back: it is tried by making one, which is taken back. Each contract is made and sent by the
verbs that staff use, by the house for whoever is responsible.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.blocks import definitions
from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import (
    NotAllowed,
    NotReady,
    OwnerRefused,
    TemplateUnusable,
)
from wagtail_contracts.contracts.flows.acting import insist_in, staff
from wagtail_contracts.contracts.flows.announcing import record
from wagtail_contracts.contracts.flows.chronicling import chronicle
from wagtail_contracts.contracts.flows.composing import compose, digest_of
from wagtail_contracts.contracts.flows.drafting import create
from wagtail_contracts.contracts.flows.missing import missing
from wagtail_contracts.contracts.flows.needs import need_of
from wagtail_contracts.contracts.flows.offering import is_closed, places
from wagtail_contracts.contracts.flows.sending import send, today
from wagtail_contracts.contracts.flows.visitors import (
    Visitor,
    in_order,
    ours,
    template_of,
    theirs,
    visitor_role,
)
from wagtail_contracts.contracts.models import (
    Contract,
    Participant,
    Party,
    SelfService,
    Workspace,
)
from wagtail_contracts.errors import Refusal

LONGEST = 120  # characters of a title


@transaction.atomic
def set_up(service: SelfService, *, by: Actor) -> SelfService:
    """Keep how it goes, and switch it on. Raises NotAllowed, TemplateUnusable.

    One that moves to another workspace needs the rights in both.
    """
    held = SelfService.objects.select_for_update().filter(pk=service.pk).first()
    for place in (service.workspace, *([held.workspace] if held else [])):
        _insist_on_rights(place, by=by)
    if found := _obstacles(service, by=by):
        raise TemplateUnusable(" ".join(found))

    service.is_on, service.opened_at = True, timezone.now()
    service.opened_by = staff(by)
    _kept(service)

    _tell(service, by=by)
    return service


@transaction.atomic
def replace_in(service: SelfService, leaver: Any, to: Any, *, by: Actor) -> None:
    """Let a colleague answer and sign in place of one who leaves. Raises NotAllowed, OwnerRefused.

    Contracts that were made stay as they are.
    """
    insist_in(service.workspace, "administer", by=by)
    for name in ("owner", "signatory"):
        if getattr(service, name) == leaver:
            setattr(service, name, to)
    if not _may_send(service) or not _is_colleague(service):
        raise OwnerRefused(_("The new one may not send, or see contracts, in this workspace."))
    service.save(update_fields=["owner", "signatory"])

    _tell(service, by=by)


@transaction.atomic
def switch_off(service: SelfService, *, by: Actor) -> None:
    """Let nobody begin any more; what was begun goes on. Raises NotAllowed."""
    _insist_on_rights(service.workspace, by=by)
    if not SelfService.objects.filter(pk=service.pk, is_on=True).update(is_on=False):
        return
    service.is_on = False

    _tell(service, by=by)


@transaction.atomic
def make_for(service: SelfService, visitor: Visitor, *, by: Actor) -> Participant:
    """Make and send the contract of somebody whose mailbox is confirmed; return their part.

    Raises what `create` and `send` do, and TemplateUnusable.
    """
    contract = _made(service, visitor, by=by)
    opened: Any = service.opened_at
    data = {
        "service": service.uuid.hex,
        "opened_at": canonical.moment(opened),
        "opened_by": service.opened_by_id or 0,
        "bound_by_offer": service.signatory_id is None,
    }
    record(contract, events.SELF_SERVICE_TAKEN, data, by=by)
    _send(service, contract, by=by)
    people = Participant.objects.filter(party__contract=contract, user=None)
    return people.select_related("party__contract__workspace").get()


def _made(service: SelfService, visitor: Visitor, *, by: Actor) -> Contract:
    template = template_of(service)
    party = theirs(template, visitor)
    return create(
        template,
        title=f"{template.title}, {party.name}"[:LONGEST],
        parties=in_order(template, ours(service, template), party),
        values={},
        owner=service.owner,
        by=by,
    )


def _send(service: SelfService, contract: Contract, *, by: Actor) -> None:
    contract = Contract.objects.get(pk=contract.pk)
    digest = digest_of(compose(contract))
    last = today(service.workspace) + timedelta(days=service.deadline_days)
    send(contract, digest, into=states.SIGNING, deadline=last, by=by)


def _tell(service: SelfService, *, by: Actor) -> None:
    data = {
        "service": service.uuid.hex,
        "template": service.template_id,
        "owner": service.owner_id,
        "signatory": service.signatory_id or 0,
        "ceiling": service.ceiling,
        "days": service.deadline_days,
    }
    name = events.SELF_SERVICE_OPENED if service.is_on else events.SELF_SERVICE_CLOSED
    chronicle(service.workspace, name, data, by=by, disclose={"address": service.slug})


def _obstacles(service: SelfService, *, by: Actor) -> list[str]:
    """A sentence for each thing that would hold a contract back, or show what nobody should see."""
    try:
        template = template_of(service)
        visitor_role(template)
    except TemplateUnusable as refused:
        return [str(refused)]
    return list(_unfit(service, template)) or _tried(service, by=by)


def _unfit(service: SelfService, template: Any) -> Iterator[str]:
    if template.workspace != service.workspace:
        yield _("This template is not published in a workspace.")
    if template.confidential:
        yield _("The template makes confidential offers: nothing of them may be public.")
    if _tells_secrets(template):
        yield _("A data field of yours is sensitive: everybody would read what it begins with.")
    if is_closed(service):
        yield _("The last day is over: choose a later one, or none.")
    if not _may_send(service):
        yield _("Whoever is responsible needs the right to send in this workspace.")
    if not _is_colleague(service):
        yield _("Whoever signs for you must be able to see contracts of this workspace.")


def _tells_secrets(template: Any) -> bool:
    ours = {role["key"] for role in definitions(template.roles) if role["own"]}
    fields = definitions(template.fields)
    return any(item.get("sensitive") for item in fields if item.get("role") in ours)


def _may_send(service: SelfService) -> bool:
    place = Contract(workspace=service.workspace, owner=service.owner)
    return permissions.may(service.owner, "send", place)


def _is_colleague(service: SelfService) -> bool:
    colleagues = permissions.colleagues(service.workspace)
    return service.signatory is None or colleagues.filter(pk=service.signatory_id).exists()


@transaction.atomic
def _tried(service: SelfService, *, by: Actor) -> list[str]:
    """What would stand in the way of a visitor's contract; the one that is made for it is gone."""
    try:
        contract = Contract.objects.get(pk=_made(service, _somebody(service), by=by).pk)
        content = compose(contract)
        found = missing(contract, content)
        if need := need_of(contract, content):
            found.append(need.obstacle or _held_back())
    except NotReady as unready:
        found = unready.missing
    except Refusal as refused:
        found = [str(refused)]
    transaction.set_rollback(True)
    return found


def _held_back() -> str:
    return _(
        "Contracts from this template need an approval before they are sent, so visitors would "
        "wait. Change the rule, or use a template that it does not ask about."
    )


def _somebody(service: SelfService) -> Visitor:
    role = visitor_role(template_of(service))
    words = {"organisation": role["label"], "organisation_number": "000 000 000"}
    more = words if role["kind"] == Party.Kind.ORGANISATION else {}
    return Visitor(role["label"], "nobody@visitor.invalid", service.workspace.language, **more)


def _kept(service: SelfService) -> None:
    try:
        service.full_clean()
    except ValidationError as error:
        raise TemplateUnusable(" ".join(error.messages)) from error
    service.save()


def _insist_on_rights(workspace: Workspace, *, by: Actor) -> None:
    user = staff(by)
    if by.kind != SYSTEM.kind and not (user and places(user).filter(pk=workspace.pk).exists()):
        raise NotAllowed(_("You may not do this in this workspace."))
