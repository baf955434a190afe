"""What changed inside a block, for people: which part of it, and what of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts.core import details
from wagtail_contracts.contracts.core.details import Detail
from wagtail_contracts.contracts.models import Participant, Party

ASPECTS = {
    "title": gettext_lazy("title"),
    "caption": gettext_lazy("caption"),
    "alt": gettext_lazy("text for those who don’t see the picture"),
    "transcript": gettext_lazy("transcript"),
    "without": gettext_lazy("text in place of the video"),
    "name": gettext_lazy("name and unit"),
    "description": gettext_lazy("description"),
    "quantity": gettext_lazy("quantity"),
    "price": gettext_lazy("price"),
    "discount": gettext_lazy("discount"),
    "vat": gettext_lazy("VAT"),
    "period": gettext_lazy("period"),
    "file": gettext_lazy("file"),
    "poster": gettext_lazy("picture before it plays"),
    "captions": gettext_lazy("captions of the video"),
    "level": gettext_lazy("level"),
    "policy": gettext_lazy("who may change it"),
    "ordered": gettext_lazy("with numbers"),
    "header_row": gettext_lazy("first row is a heading"),
    "header_column": gettext_lazy("first column is a heading"),
    "width": gettext_lazy("width"),
    "months": gettext_lazy("months"),
    "kind": gettext_lazy("kind of answer"),
    "role": gettext_lazy("who fills it in"),
    "required": gettext_lazy("must be filled in"),
    "sensitive": gettext_lazy("sensitive"),
    "currency": gettext_lazy("currency"),
    "max_length": gettext_lazy("most characters"),
    "minimum": gettext_lazy("least"),
    "maximum": gettext_lazy("most"),
    "decimals": gettext_lazy("decimals"),
    "country": gettext_lazy("country"),
    "largest": gettext_lazy("largest file, in bytes"),
    "acts_as": gettext_lazy("signs"),
    "witnesses": gettext_lazy("witnesses"),
    "position": gettext_lazy("order of signing"),
    "rule_kind": gettext_lazy("who has to sign"),
    "rule_count": gettext_lazy("how many have to sign"),
}
PLACED = {
    (details.ITEM, details.CHANGED): gettext_lazy("Item %(now)s"),
    (details.ITEM, details.ADDED): gettext_lazy("Item %(now)s is new"),
    (details.ITEM, details.REMOVED): gettext_lazy("Item %(was)s was removed"),
    (details.ITEM, details.MOVED): gettext_lazy("An item was moved from %(was)s to %(now)s"),
    (details.ROW, details.ADDED): gettext_lazy("Row %(now)s is new"),
    (details.ROW, details.REMOVED): gettext_lazy("Row %(was)s was removed"),
    (details.ROW, details.MOVED): gettext_lazy("A row was moved from %(was)s to %(now)s"),
    (details.PRODUCT, details.ADDED): gettext_lazy("New in the table:"),
    (details.PRODUCT, details.REMOVED): gettext_lazy("Removed from the table:"),
    (details.PRODUCT, details.MOVED): gettext_lazy("Moved in the table:"),
    (details.RULE, details.CHANGED): gettext_lazy("When it is part of the contract"),
}
VALUES = (details.CELL, details.SUM, *details.BESIDE)
SAID = {"true": gettext_lazy("yes"), "false": gettext_lazy("no")}
CHOICES = {"acts_as": Participant.ActsAs.choices, "rule_kind": Party.Rule.choices}
NUMBERS = ("quantity", "price", "discount", "vat", "period")


def card(detail: Detail) -> dict[str, Any]:
    """A detail with what stands around it; call it in the reader's language."""
    aspect = ASPECTS.get(detail.aspect) if detail.part != details.CELL else None
    if detail.part == details.SETTING:
        said = dict(CHOICES.get(detail.aspect, ())) or SAID
        old, new = (str(said.get(words, words)) for words in (detail.old, detail.new))
        detail = replace(detail, old=old, new=new)
    return {
        "detail": detail,
        "words": _placed(detail),
        "name": detail.name,
        "aspect": aspect or detail.aspect,
        "foreign": aspect is None,
        "is_value": detail.part in VALUES or detail.aspect in NUMBERS,
        "runs": detail.runs,
        "files": _files(detail),
    }


def listed(words: Sequence[str]) -> str:
    """Words as people list them: 5, 6 and 7."""
    *first, last = words or [""]
    return (
        _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    )


def _placed(detail: Detail) -> str:
    """Which part it is, where it has a place and no name."""
    if detail.part == details.CELL:
        places = {"row": detail.was, "column": detail.now}
        words = _("Row %(row)s") if detail.aspect else _("Row %(row)s, column %(column)s")
        return "" if detail.name and detail.aspect else words % places
    words = str(PLACED.get((detail.part, detail.kind), ""))
    return words % {"was": detail.was, "now": detail.now}


def _files(detail: Detail) -> list[tuple[str, Any]]:
    """Before and after, with the fingerprint that people compare."""
    return list(zip((_("Before"), _("After")), map(_told, detail.files), strict=True))


def _told(file: Any) -> Any:
    if not file:
        return None
    groups = (file["digest"][place : place + 4].upper() for place in (0, 4, 8))
    return {**file, "fingerprint": " ".join(groups)}
