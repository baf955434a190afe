"""From a bundle to an archival PDF: what goes in, and what it says about itself."""

from wagtail_contracts.sealing.rendering.bundle import BASE, Attached, Bundle
from wagtail_contracts.sealing.rendering.by_hand import NAME as BY_HAND
from wagtail_contracts.sealing.rendering.by_hand import by_hand
from wagtail_contracts.sealing.rendering.documents import RECORD, Document, document
from wagtail_contracts.sealing.rendering.evidence import evidence, identifier
from wagtail_contracts.sealing.rendering.typefaces import SANS, SERIF, unprintable

__all__ = [
    "BASE",
    "BY_HAND",
    "RECORD",
    "SANS",
    "SERIF",
    "Attached",
    "Bundle",
    "Document",
    "by_hand",
    "document",
    "evidence",
    "identifier",
    "unprintable",
]
