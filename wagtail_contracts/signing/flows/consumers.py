"""What a consumer is told before signing, and that it was: kept with the signature as shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Protocol

from django.utils.translation import gettext as _

from wagtail_contracts import canonical
from wagtail_contracts.contracts.flows import disclosing
from wagtail_contracts.contracts.models import ContractVersion, Participant
from wagtail_contracts.signing.errors import ConsentMissing, NotTold
from wagtail_contracts.signing.models import Disclosed, Signature
from wagtail_contracts.signing.rendering import disclosures
from wagtail_contracts.signing.rendering.disclosures import Told


class Affirmation(Protocol):
    """What is read of what a signatory affirmed."""

    @property
    def language(self) -> str:
        """In which everything was shown."""

    @property
    def told(self) -> str:
        """The digest of the disclosures that the form carried."""

    @property
    def agreed(self) -> bool:
        """Whether the box for electronic form was ticked."""


def told_before(participant: Participant, version: ContractVersion, language: str) -> list[Told]:
    """All that somebody has to be shown before they sign; nothing to whoever is no consumer."""
    contract = version.contract
    if not disclosing.is_consumer(participant, version):
        return []
    texts = [
        disclosures.told(
            kind, version, disclosing.disclosure_of(contract, kind, participant.language), language
        )
        for kind in disclosures.kinds(contract)
    ]
    return [*texts, *([disclosures.button(version, language)] if contract.obliges_to_pay else [])]


def digest_of_told(told: Sequence[Told]) -> str:
    """What a form carries, so that what is kept is what was shown; "" for nothing."""
    if not told:
        return ""
    return canonical.digest(canonical.DISCLOSURE, [item.fields for item in told])


def digest_kept(signature: Signature) -> str:
    """The same of what is kept with a signature."""
    names = [field.name for field in fields(Told)]
    rows = signature.disclosures.order_by("pk").values(*names)
    return digest_of_told([Told(**row) for row in rows])


def insist_told(
    participant: Participant, version: ContractVersion, affirmed: Affirmation
) -> list[Told]:
    """Return what was shown. Raises NotTold where that is not what counts now, ConsentMissing."""
    told = told_before(participant, version, affirmed.language)
    if affirmed.told != digest_of_told(told):
        raise NotTold(
            _("What you are told before you sign has changed. Read it again; nothing is signed.")
        )
    if told and version.contract.workspace.asks_consent and not affirmed.agreed:
        raise ConsentMissing(_("Say that you agree to a contract in electronic form."))
    return told


def keep_told(signature: Signature, told: Sequence[Told], affirmed: Affirmation) -> None:
    """Store with a signature what was shown before it, word for word."""
    for item in told:
        consents = affirmed.agreed and item.kind == disclosures.ELECTRONIC
        Disclosed.objects.create(signature=signature, agreed=consents, **item.fields)
