"""What somebody says about a contract, in the form in which it is kept."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_contracts.contracts.core import talking
from wagtail_contracts.contracts.core.text import LONGEST
from wagtail_contracts.contracts.errors import CommentRefused, SuggestionRefused


def said(raw: str, part: str, refused: type[CommentRefused | SuggestionRefused]) -> str:
    """What was typed, in its normal form. Raises `refused`, whose problem is at `part`."""
    text, wrong = talking.read(raw)
    if wrong == "length":
        words = _("Use at most %(most)s characters; there are %(length)s.")
        raise refused({part: words % {"most": LONGEST, "length": len(text)}})
    if wrong:
        raise refused({part: _("It has characters that can't be shown. Type it anew.")})
    return text
