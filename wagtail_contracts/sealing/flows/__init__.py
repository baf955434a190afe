"""The verbs: render, seal, store, keep, content, verify; and whom we seal as and trust."""

from wagtail_contracts.sealing.flows.rendering import render
from wagtail_contracts.sealing.flows.sealing import Sealed, identity, seal
from wagtail_contracts.sealing.flows.storing import content, keep, store
from wagtail_contracts.sealing.flows.verifying import trust, verify

__all__ = ["Sealed", "content", "identity", "keep", "render", "seal", "store", "trust", "verify"]
