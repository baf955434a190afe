"""Freezing: the only place where versions are made."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_contracts import canonical, events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import deviations, locks, resolving, trees
from wagtail_contracts.contracts.core.content import body
from wagtail_contracts.contracts.core.text import unseen
from wagtail_contracts.contracts.errors import StaleVersion, Unprintable, WrongState
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.flows.composing import digest_of
from wagtail_contracts.contracts.flows.exhibiting import keep_exhibits
from wagtail_contracts.contracts.flows.listing import keep
from wagtail_contracts.contracts.models import Contract, ContractVersion
from wagtail_contracts.sealing.rendering import unprintable

FORMAT = {"name": "wagtail-contracts/contract-version", "number": 1}
# They let a text read otherwise than it is stored.
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")


def freeze(
    contract: Contract, whole: dict[str, Any], kind: str, *, by: Actor, reason: str = ""
) -> ContractVersion:
    """Make the next version of a locked contract and record it. Raises Unprintable.

    `whole` is all that the contract offers; what is signed follows from it. The caller has the row
    lock, and saves `current_version`.
    """
    insist_on_printable("".join(trees.texts(whole)))
    at = timezone.now()
    published = _published(contract, resolving.published(whole), at)
    record = canonical.encode(published)
    version = ContractVersion.objects.create(
        contract=contract,
        number=published["version"],
        kind=kind,
        record=record.decode(),
        offer=canonical.encode(whole).decode(),
        content_digest=published["content_digest"],
        digest=canonical.digest_bytes(canonical.CONTRACT_VERSION, record),
        reason=reason,
        frozen_at=at,
    )
    contract.current_version = version
    keep_exhibits(version, by=by)
    keep(contract, whole)
    _record(contract, version, by)
    return version


def _published(contract: Contract, content: dict[str, Any], at: datetime) -> dict[str, Any]:
    """contract.json of the next version."""
    previous = contract.current_version
    return {
        "format": FORMAT,
        "number": contract.number,
        "version": previous.number + 1 if previous else 1,
        "previous": previous.digest if previous else None,
        "frozen_at": canonical.moment(at),
        "content_digest": digest_of(content),
        "content": content,
    }


def _record(contract: Contract, version: ContractVersion, by: Actor) -> None:
    data = {
        "version": version.number,
        "digest": version.digest,
        "content_digest": version.content_digest,
        "kind": str(version.kind),
    }
    announcing.record(contract, events.VERSION_CREATED, data, by=by)
    unlocked = locks.unlocked(contract.outline)
    found = deviations.found(body(contract.outline), version.whole["body"], unlocked)
    if found and version.kind not in ContractVersion.OF_OTHERS:
        told = {"version": version.number, "deviations": found}
        announcing.record(contract, events.DEVIATIONS_FOUND, told, by=by)


def insist_on_current(contract: Contract, digest: str) -> ContractVersion:
    """The newest version, if it is the one that was shown. Raises StaleVersion, WrongState."""
    version = contract.current_version
    if version is None:
        raise WrongState(_("This contract has not been sent."))
    if version.digest != digest:
        raise StaleVersion(_("The contract has changed meanwhile. Nothing was stored."))
    return version


def insist_on_printable(text: str) -> None:
    """Refuse characters that no font has, or that turn a text around. Raises Unprintable."""
    if OVERRIDES.search(text):
        raise Unprintable(_("Remove the invisible characters that change the direction of text."))
    if missing := unprintable(text):
        raise Unprintable(
            _("These characters can't be printed, no font has them: %(characters)s.")
            % {"characters": " ".join(missing)}
        )


def insist_on_name(name: str) -> None:
    """Refuse as well what nobody sees: two names would look the same. Raises Unprintable."""
    insist_on_printable(name)
    if unseen(name):
        raise Unprintable(_("The name has characters that nobody sees. Type it anew."))
