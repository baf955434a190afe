"""What a workspace looks like to others: colour, logo, name in mails, letterhead."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.core import contrast
from wagtail_contracts.sealing.rendering import unprintable

LINES = 6  # of a letterhead: the text begins on the same page


class LooksMixin(models.Model):
    """The columns of a workspace's look, and what is refused in them."""

    accent = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        help_text=_(
            "Of buttons and links, for example #0a5752. Pages at once, mails and files from the "
            "next one on. Left empty: ours."
        ),
    )
    logo = models.ForeignKey(
        "wagtail_contracts.StoredFile",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("logo"),
    )
    sender_name = models.CharField(
        _("sender name"),
        max_length=80,
        blank=True,
        help_text=_(
            "Stands behind the person's name in the sender of mails. New mails only. Left empty: "
            "the legal name."
        ),
    )
    letterhead = models.TextField(
        _("letterhead"),
        max_length=600,
        blank=True,
        help_text=_(
            "Printed at the top of the first page, for example name, address and web address. "
            "At most six lines. Files that are sealed from now on."
        ),
    )

    class Meta:
        abstract = True

    def looks_faults(self) -> dict[str, Any]:
        """What is wrong with the colour or the letterhead, by column."""
        found = {"accent": _colour_fault(self.accent), "letterhead": _paper_fault(self.letterhead)}
        return {name: ValidationError(fault) for name, fault in found.items() if fault}


def _colour_fault(colour: str) -> Any:
    if not colour:
        return ""
    if not contrast.is_colour(colour):
        return _("Write a colour as # and six digits or letters from a to f: #0a5752.")
    if contrast.is_readable(colour):
        return ""
    return _(
        "This colour can't be read on the page: its contrast is %(ratio)s:1, and 4.5:1 is the "
        "least. A near one that can is %(near)s."
    ) % {"ratio": contrast.said(contrast.on_page(colour)), "near": contrast.readable(colour)}


def _paper_fault(letterhead: str) -> Any:
    if len(letterhead.splitlines()) > LINES:
        return _("Six lines at most.")
    if missing := unprintable(letterhead):
        text = _("These characters can't be printed, no font has them: %s.")
        return text % " ".join(missing)
    return ""
