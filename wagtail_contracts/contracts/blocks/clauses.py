"""Text: headings, numbered clauses, paragraphs, lists and tables."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_contracts.contracts.blocks.locking import (
    LockableBlock,
    NamedBlock,
    behind,
    name_of,
)
from wagtail_contracts.contracts.core import richtext
from wagtail_contracts.contracts.core.numbering import BULLET, STYLE
from wagtail_contracts.contracts.core.text import words

INLINE = ["bold", "italic", "link", "contract-field", "contract-clause"]
TEXT = ["bold", "italic", "link", "ol", "ul", "contract-field", "contract-clause"]
MOST_ITEMS, MOST_COLUMNS = 200, 20
LOOKS = _("As the first one looks: 1.1, 1., (a), i., § 1. Empty means 1.1.")
MESSAGES = {
    "link": _("Links must be full addresses that begin with https://, mailto: or tel:."),
    "chip": _("A data field in this text can't be read. Remove it and add it again."),
    "depth": _("Lists can be at most four levels deep."),
    "place": _("A list is put together in a way that can't be printed. Write it again."),
    "tag": _("This text has formatting that a contract can't hold. Paste it without formatting."),
}
LEVELS = [("1", _("Level 1")), ("2", _("Level 2")), ("3", _("Level 3")), ("4", _("Level 4"))]


class ContractTextBlock(blocks.RichTextBlock):
    """Rich text that has a place in the canonical form."""

    def clean(self, value: Any) -> Any:
        """Refuse what could not be frozen, while its author is there."""
        value = super().clean(value)
        try:
            read = richtext.rich(value.source)
        except richtext.Unreadable as error:
            raise ValidationError(MESSAGES[error.code]) from error
        if self.required and not read:
            raise ValidationError(_("This field is required."), code="required")
        return value


def inline(**options: Any) -> ContractTextBlock:
    """Text of one line."""
    return ContractTextBlock(features=INLINE, **options)


def style(**options: Any) -> blocks.RegexBlock:
    """How numbers look."""
    return blocks.RegexBlock(
        rf"^({BULLET}|{STYLE.pattern})$",
        required=False,
        max_length=40,
        label=_("Number like"),
        error_messages={"invalid": _("Write how the first number looks: 1.1, 1., (a), i., § 1.")},
        **options,
    )


def start() -> blocks.IntegerBlock:
    """Where the count begins anew."""
    return blocks.IntegerBlock(
        required=False, min_value=1, max_value=999_999_999, label=_("Begin again with")
    )


def level() -> blocks.ChoiceBlock:
    """How deep something is."""
    return blocks.ChoiceBlock(LEVELS, default="1", label=_("Level"))


class Counted(blocks.StructBlock):
    """The number of a block: how deep it counts, how it looks, where it begins anew."""

    level = level()
    style = style(help_text=LOOKS)
    start = start()


def insist_on_words(cleaned: Any) -> Any:
    """Refuse a heading and a text that both say nothing."""
    if not any(words(cleaned[part].source) for part in ("heading", "text")):
        empty = ValidationError(_("Write a heading or a text."), code="required")
        raise blocks.StructBlockValidationError({"text": empty})
    return cleaned


class Heading(NamedBlock):
    """A heading without a number."""

    level = level()
    text = inline(label=_("Heading"))
    name_from = ("text",)

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("A heading without a number.")
        group = _("Text")
        label_format = "{text}"


class Clause(Counted, NamedBlock):
    """A numbered piece of text."""

    heading = inline(required=False, label=_("Heading"), help_text=_("May be left empty."))
    text = ContractTextBlock(features=TEXT, required=False, label=_("Text"))
    name_from = ("heading", "text")

    def clean(self, value: Any) -> Any:
        """Refuse a clause that says nothing."""
        return insist_on_words(super().clean(value))

    class Meta:
        icon = "list-ol"
        label = _("Clause")
        description = _("Numbered by itself: 1, 1.1 and so on, by level.")
        group = _("Text")
        label_format = "{heading}"


class Definition(NamedBlock):
    """What a word means in the contract."""

    level = level()
    numbered = blocks.BooleanBlock(
        required=False, label=_("Numbered"), help_text=_("Counts as a clause of its level.")
    )
    style = style(help_text=LOOKS)
    start = start()
    term = inline(label=_("Term"))
    text = ContractTextBlock(features=TEXT, label=_("Meaning"))
    name_from = ("term",)

    class Meta:
        icon = "openquote"
        label = _("Definition")
        description = _("A term and what it means, with a number or without.")
        group = _("Text")
        label_format = "{term}"


class Text(NamedBlock):
    """Paragraphs and short lists, without a number."""

    text = ContractTextBlock(features=TEXT, label=_("Text"))
    name_from = ("text",)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs without a number.")
        group = _("Text")
        label_format = "{text}"


class Item(blocks.StructBlock):
    """One line of a list."""

    level = level()
    style = style(help_text=_("1. or (a), for example; a bullet is •. Empty means as the list."))
    start = start()
    text = inline(label=_("Text"))

    def get_form_layout(self) -> blocks.BlockGroup:
        """Put what is seldom needed behind the settings button."""
        return behind(self)

    class Meta:
        icon = "list-ul"
        label = _("Item")
        form_classname = "struct-block wc-item"


class Listing(NamedBlock):
    """A list of its own."""

    ordered = blocks.BooleanBlock(
        required=False, label=_("Numbered"), help_text=_("1. a. i. by level; otherwise bullets.")
    )
    items = blocks.ListBlock(Item(), min_num=1, max_num=MOST_ITEMS, label=_("Items"))

    def section_name(self, value: Any) -> str:
        """The words of the first item."""
        first = next(iter(value.get("items") or []), None) or {}
        return name_of(first.get("value", first).get("text")) or str(self.label)

    class Meta:
        icon = "list-ul"
        label = _("List")
        description = _("A numbered or bulleted list, up to four levels deep.")
        group = _("Text")
        label_format = "{items}"


class Row(blocks.StructBlock):
    """One row of a table."""

    cells = blocks.ListBlock(
        inline(required=False, label=_("Cell")), min_num=1, max_num=MOST_COLUMNS, label=_("Cells")
    )

    class Meta:
        icon = "table"
        label = _("Row")


class Table(NamedBlock):
    """A table; short rows are filled up with empty cells."""

    caption = blocks.CharBlock(required=False, max_length=200, label=_("Caption"))
    header_row = blocks.BooleanBlock(
        required=False, default=True, label=_("The first row is a heading")
    )
    header_column = blocks.BooleanBlock(
        required=False, label=_("The first cell of each row is a heading")
    )
    rows = blocks.ListBlock(Row(), min_num=1, max_num=MOST_ITEMS, label=_("Rows"))
    name_from = ("caption",)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and cells; short rows are filled up.")
        group = _("Text")
        label_format = "{caption}"


class HeadingBlock(Heading, LockableBlock):
    """A heading of a template."""

    fills = ("text",)


class ClauseBlock(Clause, LockableBlock):
    """A clause of a template."""

    fills = ("heading", "text")


class DefinitionBlock(Definition, LockableBlock):
    """A definition of a template."""

    fills = ("term", "text")


class TextBlock(Text, LockableBlock):
    """Text of a template."""

    fills = ("text",)


class ListingBlock(Listing, LockableBlock):
    """A list of a template."""

    fills = ("items",)


class TableBlock(Table, LockableBlock):
    """A table of a template."""

    fills = ("rows",)
