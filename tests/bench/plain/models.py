"""A page as any Wagtail site has it: a stream of ordinary blocks, with ordinary templates."""

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class Clause(blocks.StructBlock):
    """A numbered section."""

    number = blocks.CharBlock(required=False)
    heading = blocks.CharBlock(required=False)
    text = blocks.RichTextBlock()

    class Meta:
        template = "plain/clause.html"


class Table(blocks.StructBlock):
    """Rows of cells."""

    caption = blocks.CharBlock(required=False)
    rows = blocks.ListBlock(blocks.ListBlock(blocks.CharBlock()))

    class Meta:
        template = "plain/table.html"


class PlainPage(Page):
    """The text of a contract, and nothing that a contract needs."""

    body = StreamField(
        [
            ("heading", blocks.CharBlock(template="plain/heading.html")),
            ("clause", Clause()),
            ("text", blocks.RichTextBlock()),
            ("list", blocks.ListBlock(blocks.CharBlock(), template="plain/list.html")),
            ("table", Table()),
        ]
    )
    template = "plain/page.html"
