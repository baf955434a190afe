"""From a bundle to an archival PDF: what goes in, and what it says about itself."""

from wagtail_contracts.sealing.rendering.bundle import BASE, Attached, Bundle
from wagtail_contracts.sealing.rendering.evidence import evidence, identifier
from wagtail_contracts.sealing.rendering.typefaces import SANS, SERIF, unprintable

__all__ = [
    "BASE",
    "SANS",
    "SERIF",
    "Attached",
    "Bundle",
    "evidence",
    "identifier",
    "unprintable",
]
