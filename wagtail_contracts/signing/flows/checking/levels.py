"""Stored levels: none stands above what the evidence of its signature yields."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail_contracts.contracts.models import Contract
from wagtail_contracts.sealing.core.proofs import Unproved
from wagtail_contracts.signing.core import levels
from wagtail_contracts.signing.flows.checking.findings import PERSONAL, Finding
from wagtail_contracts.signing.flows.levels import ceiling_of
from wagtail_contracts.signing.models import Signature


def of_contract(contract: Contract) -> Iterator[Finding]:
    """The signatures on all versions; each that is a person's own is judged anew."""
    found = Signature.objects.filter(version__contract=contract).order_by("pk")
    related = ("participant", "version", "identification__version")
    for signature in found.select_related(*related).defer(*PERSONAL):
        if fault := _fault(signature):
            code, *words = fault
            who = signature.participant.public_id
            number = signature.version.number
            yield Finding(code, (who, *words), contract.number, number)


def _fault(signature: Signature) -> tuple[str, ...]:
    try:
        yields = ceiling_of(signature)
    except Unproved as error:
        return "signature_proof", error.reason
    except ValueError:  # encrypted with a key that is not here, which its trail tells
        return ()
    if levels.exceeds(signature.level, yields):
        return "signature_level", signature.level, yields
    return ()
