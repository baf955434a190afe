"""How text is laid out: page breaks, columns, the parties as a list, two languages side by side."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_contracts.contracts.blocks.clauses import (
    TEXT,
    ContractTextBlock,
    Counted,
    inline,
)
from wagtail_contracts.contracts.blocks.locking import (
    LockableBlock,
    NamedBlock,
    name_of,
    policy_block,
)
from wagtail_contracts.contracts.blocks.pickers import PickedKey, RolePicker
from wagtail_contracts.contracts.blocks.several import Several
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.core.text import words

MOST_ROLES = 20


class PageBreak(NamedBlock):
    """Goes on on a new page, where there are pages."""

    class Meta:
        icon = "minus"
        label = _("Page break")
        description = _("The PDF goes on on a new page; on the screen there is a thin line.")
        group = _("Layout")


class Columns(NamedBlock):
    """Two or three texts beside each other."""

    texts = Several(
        ContractTextBlock(features=TEXT, label=_("Column")),
        min_num=2,
        max_num=3,
        label=_("Columns"),
        help_text=_("On a phone they stand below each other, and are read in this order."),
    )

    def section_name(self, value: Any) -> str:
        """The first words of the first column."""
        first = next(iter(value.get("texts") or []), "")
        return name_of(first.get("value") if isinstance(first, dict) else first) or str(self.label)

    class Meta:
        icon = "grid"
        label = _("Columns")
        description = _("Two or three texts beside each other.")
        group = _("Layout")


class PartyDetails(NamedBlock):
    """Who the parties are, from what is known of them."""

    title = blocks.CharBlock(
        required=False, default=_("The parties"), max_length=120, label=_("Title")
    )
    roles = blocks.ListBlock(
        PickedKey(RolePicker(), label=_("Party")),
        min_num=0,
        max_num=MOST_ROLES,
        default=[],
        label=_("Parties"),
        help_text=_("Without any, all parties are listed."),
    )
    name_from = ("title",)

    class Meta:
        icon = "group"
        label = _("Party details")
        description = _("Name, organisation number and signatories of all parties, or of some.")
        group = _("Fields")
        label_format = "{title}"


class Bilingual(Counted, NamedBlock):
    """A clause in both languages of the contract."""

    heading = inline(required=False, label=_("Heading"), help_text=_("May be left empty."))
    text = ContractTextBlock(features=TEXT, required=False, label=_("Text"))
    other_heading = inline(required=False, label=_("Heading in the second language"))
    other_text = ContractTextBlock(
        features=TEXT, required=False, label=_("Text in the second language")
    )
    name_from = ("heading", "text")

    def clean(self, value: Any) -> Any:
        """Refuse a clause of which one language says nothing."""
        cleaned = super().clean(value)
        for heading, text in (("heading", "text"), ("other_heading", "other_text")):
            if not any(words(cleaned[part].source) for part in (heading, text)):
                empty = ValidationError(_("Write a heading or a text."), code="required")
                raise blocks.StructBlockValidationError({text: empty})
        return cleaned

    class Meta:
        icon = "globe"
        label = _("Clause in two languages")
        description = _("Numbered as a clause, with the other language beside it.")
        group = _("Layout")
        label_format = "{heading}"


class PageBreakBlock(PageBreak, LockableBlock):
    """A page break of a template."""

    policy = policy_block(locks.LOCKED, locks.OPTIONAL)


class ColumnsBlock(Columns, LockableBlock):
    """Columns of a template."""

    fills = ("texts",)


class PartyDetailsBlock(PartyDetails, LockableBlock):
    """The parties as a template lists them."""

    policy = policy_block(locks.LOCKED, locks.OPTIONAL)


class BilingualBlock(Bilingual, LockableBlock):
    """A clause of a template in both languages."""

    fills = ("heading", "text", "other_heading", "other_text")
