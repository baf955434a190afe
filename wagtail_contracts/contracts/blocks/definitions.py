"""What all definitions of data fields have in common, and the roles of the parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from wagtail_contracts.contracts.blocks.locking import behind
from wagtail_contracts.contracts.blocks.means import (
    ACTS_AS,
    CAPACITY,
    PURPOSES,
    means_block,
)
from wagtail_contracts.contracts.blocks.pickers import FillerPicker, MadeKey, PickedKey
from wagtail_contracts.contracts.core import keys, text

RULES = [
    ("all", _("All of them")),
    ("any", _("Any one of them")),
    ("some", _("A number of them")),
]
KINDS = [
    ("organisation", _("Organisation")),
    ("person", _("Private person")),
    ("either", _("Either: whoever makes the contract says which")),
]
ACTS = [
    ("self", _("For themselves")),
    ("organisation", _("For the organisation")),
    ("guardian", _("As guardian")),
    ("attorney", _("By power of attorney")),
]
MADE = _("How links and machines name it: made from the label, kept when that changes.")
# What is seldom needed: the key makes itself, and most fields need no limits.
SETTINGS = ("key", "sensitive", "max_length", "decimals", "minimum", "maximum", "largest")


def words(**options: Any) -> blocks.CharBlock:
    """A short text."""
    return blocks.CharBlock(**{"max_length": 200, **options})


def fill_in(definitions: Sequence[Any], named: str = "label") -> None:
    """Give each definition without a key one that is made from its name."""
    waiting = [item for item in definitions if not item.get("key")]
    taken = {item["key"] for item in definitions if item.get("key")}
    for item in waiting:
        if called := text.words(str(getattr(item[named], "source", item[named]) or "")):
            item["key"] = keys.made(called, taken)
            taken.add(item["key"])


def has_key(child: Any) -> bool:
    """Whether an entry is a definition, not a set of them."""
    return isinstance(child.value, Mapping) and "key" in child.value


class KeyedStream(blocks.StreamBlock):
    """A stream of definitions, each with a key of its own."""

    def clean(self, value: Any) -> Any:
        """Fill in keys that nobody typed, and refuse two definitions with one key."""
        fill_in([child.value for child in value if has_key(child)])
        value = super().clean(value)
        taken = [child.value["key"] for child in value if has_key(child)]
        twice = {key for key, times in Counter(taken).items() if key and times > 1}
        if twice:
            error = ValidationError(_("This key is used twice."))
            wrong = StructBlockValidationError({"key": error})
            raise StreamBlockValidationError(
                {
                    at: wrong
                    for at, child in enumerate(value)
                    if has_key(child) and child.value["key"] in twice
                }
            )
        return value


class FieldBlock(blocks.StructBlock):
    """What all data fields have in common."""

    label = words(label=_("Label"), help_text=_("What people read, for example “Start date”."))
    key = MadeKey(help_text=MADE)
    role = PickedKey(
        FillerPicker(),
        label=_("Filled in by"),
        help_text=_("One of the parties, as defined under “Parties”."),
    )
    required = blocks.BooleanBlock(required=False, default=True, label=_("Must be filled in"))
    sensitive = blocks.BooleanBlock(
        required=False,
        label=_("Sensitive"),
        help_text=_("Colleagues see it only with a right of its own; the parties see it."),
    )
    help = words(
        required=False, label=_("Help"), help_text=_("Shown to whoever fills it in, at the field.")
    )

    class Meta:
        icon = "form"
        label_format = "{label}"

    def get_form_layout(self) -> blocks.BlockGroup:
        """Put what is seldom needed behind the settings button."""
        return behind(self, SETTINGS)

    def clean(self, value: Any) -> Any:
        """Refuse limits that nothing can lie between."""
        cleaned = super().clean(value)
        least, most = cleaned.get("minimum"), cleaned.get("maximum")
        if least is not None and most is not None and least > most:
            error = ValidationError(_("The greatest value is below the least one."))
            raise StructBlockValidationError({"maximum": error})
        return cleaned


class RoleBlock(blocks.StructBlock):
    """A place at the table: who may be a party, and who of them must sign."""

    label = words(label=_("Label"), help_text=_("For example “Customer”."))
    key = MadeKey(help_text=MADE)
    own = blocks.BooleanBlock(required=False, label=_("This is our own side"))
    kind = blocks.ChoiceBlock(KINDS, default="organisation", label=_("Kind"))
    rule = blocks.ChoiceBlock(RULES, default="all", label=_("Who must sign"))
    count = blocks.IntegerBlock(required=False, min_value=1, max_value=50, label=_("How many"))
    opens_by = means_block("opens_by")
    signs_by = means_block("signs_by")
    fetches_by = means_block("fetches_by")
    acts_as = blocks.ChoiceBlock(ACTS, required=False, label=ACTS_AS)
    witnesses = blocks.IntegerBlock(
        required=False, min_value=0, max_value=2, label=_("Witnesses of each signature")
    )

    class Meta:
        icon = "user"
        label = _("Party")
        label_format = "{label}"

    def get_form_layout(self) -> blocks.BlockGroup:
        """Put the key and the means behind the settings button."""
        return behind(self, (*SETTINGS, *PURPOSES, *CAPACITY))

    def clean(self, value: Any) -> Any:
        """Refuse a number of signatories without the number; elsewhere it is hidden, and none."""
        cleaned = super().clean(value)
        if cleaned["rule"] != "some":
            cleaned["count"] = None
        elif cleaned["count"] is None:
            wrong = ValidationError(_("Say how many of them must sign."))
            raise StructBlockValidationError({"count": wrong})
        return cleaned


class RoleStream(KeyedStream):
    """The roles of the parties."""

    role = RoleBlock()
