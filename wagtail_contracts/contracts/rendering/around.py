"""The language of the words that we set around a text."""

from __future__ import annotations

from functools import lru_cache
from gettext import find
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

OURS = Path(__file__).parents[1] / "locale"


@lru_cache(maxsize=64)
def spoken(language: str) -> str:
    """The language of the text where we or the site have a catalogue of it, else English.

    Django knows some words of a hundred languages; with ours they would make sentences of two.
    """
    base = language.split("-")[0]
    names = [to_locale(language), to_locale(base)]
    known = any(find("django", str(place), names) for place in (OURS, *settings.LOCALE_PATHS))
    return language if known or base == "en" else "en"
