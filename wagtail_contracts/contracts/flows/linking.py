"""Saying by hand what one contract is to another."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.errors import LinkRefused
from wagtail_contracts.contracts.flows.acting import insist
from wagtail_contracts.contracts.flows.announcing import record
from wagtail_contracts.contracts.models import BY_HAND, Contract, ContractLink, LinkEnd


@transaction.atomic
def link(contract: Contract, first: Contract, kind: str, *, by: Actor) -> ContractLink:
    """Say that `contract` amends, renews, replaces or stands under `first`, in both histories.

    By whoever may edit the one and see the other. Raises NotAllowed, LinkRefused.
    """
    contract, first = _held(contract, first)
    insist("change", contract, by=by)
    insist("view", first, by=by)
    if contract.pk == first.pk:
        raise LinkRefused(_("A contract is not linked to itself."))
    if contract.workspace.training != first.workspace.training:
        raise LinkRefused(_("A contract for training is linked to such ones alone."))
    if kind not in BY_HAND:
        raise LinkRefused(_("Say what the contract is to the other one."))
    there = ContractLink.objects.filter(contract=contract, first=first, kind=kind)
    if there.filter(end=None).exists():
        raise LinkRefused(_("That is said already."))

    made = there.first() or ContractLink.objects.create(contract=contract, first=first, kind=kind)
    LinkEnd.objects.filter(link=made).delete()
    _tell(made, events.CONTRACT_LINKED, by=by)
    return made


@transaction.atomic
def unlink(made: ContractLink, *, by: Actor) -> None:
    """Say that a link does not hold any more; both histories keep it. Raises NotAllowed."""
    contract, _first = _held(made.contract, made.first)
    insist("change", contract, by=by)
    _end, new = LinkEnd.objects.get_or_create(link=made)
    if new:
        _tell(made, events.CONTRACT_UNLINKED, by=by)


def _held(one: Contract, other: Contract) -> tuple[Contract, Contract]:
    """Both rows, locked in the order of their keys, whoever asks about which."""
    held = {pk: Contract.objects.lock(pk) for pk in sorted({one.pk, other.pk})}
    return held[one.pk], held[other.pk]


def _tell(made: ContractLink, name: str, *, by: Actor) -> None:
    data = {"kind": made.kind, "contract": made.contract.number, "first": made.first.number}
    for side in (made.contract, made.first):
        record(side, name, data, by=by)
