"""Texts that people wrote for mails, for the app above: core is not entered from outside."""

from wagtail_contracts.contracts.core.placeholders import NAMES, filled, paragraphs

__all__ = ["NAMES", "filled", "paragraphs"]
