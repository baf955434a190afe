"""Which way a language is written, for the `dir` beside each `lang`."""

from __future__ import annotations

from django import template

from wagtail_contracts.contracts.core.fields.languages import direction as of

register = template.Library()


@register.filter
def direction(language: str) -> str:
    """The value of `dir` for a language."""
    return of(language)
