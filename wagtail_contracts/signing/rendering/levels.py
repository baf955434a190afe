"""The level of a signature, in a few words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.signing.core import levels


def short(level: str) -> str:
    """“advanced signature”; the word itself where nobody knows it."""
    return {
        levels.SIMPLE: _("simple signature"),
        levels.ADVANCED: _("advanced signature"),
        levels.QUALIFIED: _("qualified signature"),
    }.get(level, level)
