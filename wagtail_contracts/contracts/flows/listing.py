"""What the list of contracts asks of one, kept beside it by each flow that changes it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from wagtail_contracts.contracts.core import summing
from wagtail_contracts.contracts.errors import NotReady
from wagtail_contracts.contracts.flows.composing import whole
from wagtail_contracts.contracts.models import Contract, ContractValue, Listing


def keep_draft(contract: Contract) -> None:
    """Tell the list what the working copy comes to, while nobody else has seen the contract.

    A text that can't be read yet is worth nothing.
    """
    if contract.current_version_id is not None:
        return
    try:
        keep(contract, whole(contract))
    except NotReady:
        _keep(contract, deviates=True)
        _keep_worth(contract, {})


def keep(contract: Contract, offer: dict[str, Any]) -> None:
    """Tell the list what an offer comes to: the newest version's, or a draft's."""
    told = summing.summary(offer, contract.outline)
    counted = {"asked": told.asked, "answered": told.answered, "left": list(told.left)}
    _keep(contract, deviates=told.deviates, **counted)
    _keep_worth(contract, told.worth)


def _keep(contract: Contract, **told: Any) -> None:
    if not Listing.objects.filter(contract=contract).update(**told):
        Listing.objects.create(contract=contract, active_at=timezone.now(), **told)


def _keep_worth(contract: Contract, worth: Mapping[str, Decimal]) -> None:
    there = ContractValue.objects.filter(contract=contract)
    if dict(there.values_list("currency", "amount")) == dict(worth):
        return
    there.delete()
    ContractValue.objects.bulk_create(
        ContractValue(contract=contract, currency=currency, amount=amount)
        for currency, amount in worth.items()
    )
