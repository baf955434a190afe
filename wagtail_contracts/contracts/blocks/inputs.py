"""Places in the text: where a data field is asked for, and where the signatures stand."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_contracts.contracts.blocks.locking import LockableBlock, policy_block
from wagtail_contracts.contracts.blocks.pickers import FieldPicker, PickedKey
from wagtail_contracts.contracts.core import locks


class FieldPlaceBlock(LockableBlock):
    """Where a data field is asked for; the field itself is defined in the stream `fields`."""

    policy = policy_block(locks.LOCKED, locks.OPTIONAL)
    key = PickedKey(
        FieldPicker(),
        label=_("Data field"),
        help_text=_("One that is defined under “Data fields”."),
    )
    name_from = ("key",)

    class Meta:
        icon = "form"
        label = _("Data field")
        description = _("Asks for a data field in a place of its own.")
        group = _("Fields")
        label_format = "{key}"


class SignaturesBlock(LockableBlock):
    """Where the parties' signatures are shown."""

    policy = policy_block(locks.LOCKED)
    title = blocks.CharBlock(default=_("Signatures"), max_length=120, label=_("Title"))
    name_from = ("title",)

    class Meta:
        icon = "edit"
        label = _("Signatures")
        description = _("One line for each person who signs, by party.")
        group = _("Structure")
        label_format = "{title}"
