"""What was shown of two versions, as evidence names it."""

from __future__ import annotations

from wagtail_contracts import events
from wagtail_contracts.actors import Actor
from wagtail_contracts.contracts.core import comparing
from wagtail_contracts.contracts.flows import announcing
from wagtail_contracts.contracts.models import ContractVersion, Participant


def comparison_digest(old: ContractVersion, new: ContractVersion) -> str:
    """The digest of what changed from one version to another."""
    return comparing.digest(old.contract_json, new.contract_json, (old.digest, new.digest))


def note_comparison(
    participant: Participant, old: ContractVersion, new: ContractVersion, *, by: Actor
) -> None:
    """Record which comparison a participant had before them, inside the act that follows."""
    data = {
        "participant": participant.public_id,
        "from_version": old.number,
        "from_digest": old.digest,
        "version": new.number,
        "digest": new.digest,
        "comparison": comparison_digest(old, new),
    }
    announcing.record(new.contract, events.CHANGES_SHOWN, data, by=by)
