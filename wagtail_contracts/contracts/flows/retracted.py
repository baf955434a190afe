"""Contracts that a consumer withdrew from: signed, and over all the same.

The floor above knows which, and says it through the hook `retracted_contracts`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail import hooks

from wagtail_contracts.contracts.core import states
from wagtail_contracts.contracts.errors import WrongState
from wagtail_contracts.contracts.models import Contract


def is_retracted() -> Q:
    """The condition, for a filter."""
    gone = Q(pk__in=[])
    for which in hooks.get_hooks("retracted_contracts"):
        gone |= Q(pk__in=which())
    return gone


def retracted(contracts: Iterable[Contract]) -> set[int]:
    """The keys of those of some contracts: one query, and none where nothing is signed."""
    signed = [contract.pk for contract in contracts if contract.state == states.SIGNED]
    if not signed:
        return set()
    return {*Contract.objects.filter(is_retracted(), pk__in=signed).values_list("pk", flat=True)}


def insist_not_retracted(contract: Contract) -> None:
    """Raises WrongState."""
    if retracted([contract]):
        raise WrongState(_("A consumer withdrew from this contract, so nothing follows it."))
