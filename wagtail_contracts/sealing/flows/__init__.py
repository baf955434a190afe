"""The verbs: render, seal, store, keep, content, verify; and whom we seal as and trust.

`inspect`, `strays` and `remove_parts` compare the storage with the rows.
"""

from wagtail_contracts.sealing.flows.inspecting import (
    Inspected,
    Stray,
    inspect,
    remove_parts,
    strays,
)
from wagtail_contracts.sealing.flows.rendering import render
from wagtail_contracts.sealing.flows.sealing import Sealed, identity, seal
from wagtail_contracts.sealing.flows.storing import content, keep, store
from wagtail_contracts.sealing.flows.verifying import trust, verify

__all__ = [
    "Inspected",
    "Sealed",
    "Stray",
    "content",
    "identity",
    "inspect",
    "keep",
    "remove_parts",
    "render",
    "seal",
    "store",
    "strays",
    "trust",
    "verify",
]
