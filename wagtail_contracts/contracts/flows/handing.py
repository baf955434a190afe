"""Who is responsible: a contract gets another owner, and what a colleague holds another holder."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import SYSTEM, Actor
from wagtail_contracts.contracts import permissions
from wagtail_contracts.contracts.errors import NotAllowed, OwnerRefused
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.acting import staff
from wagtail_contracts.contracts.flows.notifying import notify
from wagtail_contracts.contracts.models import Contract, person_name
from wagtail_contracts.contracts.models.guards import unguarded


@transaction.atomic
def change_owner(contract: Contract, to: Any, *, by: Actor) -> None:
    """Make `to` responsible for a contract, in whatever state. Raises NotAllowed, OwnerRefused.

    By whoever administers it, or by its owner, who may edit it. The new owner must be able to see
    it. Where `to` owns it already nothing is written.
    """
    contract = Contract.objects.lock(contract.pk)
    was = contract.owner
    if by.kind != SYSTEM.kind:
        insist_may_change_owner(staff(by), contract)
    if was.pk == to.pk:
        return

    with unguarded():
        contract.owner = to
        contract.save(update_fields=["owner"])
    if not Contract.objects.visible_to(to).filter(pk=contract.pk).exists():
        raise OwnerRefused(
            _("%(name)s may not see contracts of this workspace.") % {"name": person_name(to)}
        )

    data = {"was": str(was.pk), "is": str(to.pk)}
    announcing.record(contract, events.OWNER_CHANGED, data, by=by)
    notify("owner_changed", [was, to], contract, by=by)


def insist_may_change_owner(user: Any, contract: Contract) -> None:
    """Raise NotAllowed where `user` may not give a contract to somebody else."""
    if not may_change_owner(user, contract):
        raise NotAllowed(_("You may not give this contract to somebody else."))


def may_change_owner(user: Any, contract: Contract) -> bool:
    """Say whether `user` may give a contract to somebody else."""
    if user is None:
        return False
    owns = contract.owner_id == user.pk and permissions.may(user, "change", contract)
    return owns or permissions.may(user, "administer", contract)
