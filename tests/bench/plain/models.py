"""Pages as any Wagtail site has them: a stream of ordinary blocks, and a template's own stream."""

from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from wagtail_contracts.contracts.blocks import ContractStream


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


class SamePage(Page):
    """A page with the stream of a template, and nothing else of ours."""

    body = StreamField(ContractStream())
    content_panels = [*Page.content_panels, FieldPanel("body")]
