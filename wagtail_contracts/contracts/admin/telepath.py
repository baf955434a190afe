"""The JavaScript side of the lockable stream."""

from django import forms
from django.utils.functional import cached_property
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter
from wagtail.blocks.struct_block import StructBlockAdapter

from wagtail_contracts.contracts.blocks import LockableStreamBlock
from wagtail_contracts.contracts.blocks.products import Products

ROOM = "wagtail_contracts/contracts"
SHEETS = ("document", "locked-stream")
SCRIPTS = ("pickers", "numbers", "locked-stream", "adding")


class LockableStreamAdapter(StreamBlockAdapter):
    """One definition that shows a list with the stock editor and an object with the locked one."""

    js_constructor = "contracts.LockableStreamBlock"

    @cached_property
    def media(self) -> forms.Media:
        """Our files after the stock ones, which they extend."""
        stock = super().media
        return forms.Media(
            js=[*stock._js, *(versioned_static(f"{ROOM}/{name}.js") for name in SCRIPTS)],
            css={"all": [versioned_static(f"{ROOM}/{name}.css") for name in SHEETS]},
        )


class ProductsAdapter(StructBlockAdapter):
    """Product tables: the stock form with a way to the catalogue, or a table with locked cells."""

    js_constructor = "contracts.ProductsBlock"

    @cached_property
    def media(self) -> forms.Media:
        """Our file after the stock ones, which it extends."""
        return super().media + forms.Media(js=[versioned_static(f"{ROOM}/products.js")])


def adapt() -> None:
    """Tell Wagtail's editor about the lockable stream and product tables."""
    register(LockableStreamAdapter(), LockableStreamBlock)
    register(ProductsAdapter(), Products)
