"""Data fields that are a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_contracts.contracts.blocks.definitions import FieldBlock
from wagtail_contracts.contracts.core.fields.files import MEGABYTE
from wagtail_contracts.contracts.core.files.sorts import LARGEST

SORTS = [
    ("pdf", _("A PDF")),
    ("picture", _("A picture: PNG or JPEG")),
    ("pdf_picture", _("A PDF or a picture")),
    ("any", _("A PDF, a picture or a video")),
]


class FileField(FieldBlock):
    """A file, which is part of what is signed by its digest."""

    accepts = blocks.ChoiceBlock(SORTS, default="pdf_picture", label=_("What may be chosen"))
    largest = blocks.IntegerBlock(
        default=10, min_value=1, max_value=LARGEST // MEGABYTE, label=_("Largest size in MB")
    )
