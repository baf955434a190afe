"""What somebody gets on paper as soon as they have signed: what, when, how, in which words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import translation

from wagtail_contracts.contracts.rendering import print as printing
from wagtail_contracts.contracts.rendering.around import spoken
from wagtail_contracts.contracts.rendering.brand import Paper
from wagtail_contracts.sealing.rendering import Bundle
from wagtail_contracts.signing.models import Signature
from wagtail_contracts.signing.rendering import disclosures, drawings, paper

TEMPLATE = "wagtail_contracts/signing/receipts/receipt.html"


def bundle(signature: Signature, means: str, look: Paper) -> Bundle:
    """The bundle of a receipt, in the language of the signature; `means` is how they identified."""
    version = signature.version
    content = version.content
    party = next(
        party
        for party in content["parties"]
        if any(person["id"] == signature.participant.public_id for person in party["people"])
    )
    with translation.override(spoken(signature.language)):
        given = {
            "content": content,
            "number": version.contract.number,
            "version": version,
            "signature": paper.row((party, signature, means), version, set()),
            "disclosures": [disclosures.kept(row) for row in signature.disclosures.all()],
            "zone": ZoneInfo(version.contract.workspace.timezone),
            "look": look,
        }
        html = render_to_string(TEMPLATE, given)
    made_for = f"receipt {signature.pk} {version.digest}"
    return printing.sheet(html, made_for, look, pictures=drawings.pictures([signature]))
