"""A clause with approved wordings, and blocks that stand together under a condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

from wagtail_contracts.contracts.blocks.areas import FreeStreamBlock, OpenAreaBlock
from wagtail_contracts.contracts.blocks.clauses import (
    TEXT,
    ContractTextBlock,
    Counted,
    inline,
    insist_on_words,
)
from wagtail_contracts.contracts.blocks.locking import LockableBlock, NamedBlock, policy_block
from wagtail_contracts.contracts.blocks.pickers import FieldPicker, PickedKey
from wagtail_contracts.contracts.blocks.several import Several
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.core.text import words

ROOM = "wagtail_contracts/contracts"
MOST = 10
CHOOSING = {
    "labels": {
        locks.EDITABLE: _("Colleagues choose one"),
        locks.LOCKED: _("The first one holds"),
        locks.OPTIONAL: _("The first one, or none"),
    },
    "meanings": {
        locks.EDITABLE: _("Colleagues choose one: whoever makes the contract, and rewrites none."),
        locks.LOCKED: _("The first one holds: nobody chooses."),
        locks.OPTIONAL: _("The first one, or none: the clause may be left out."),
    },
}


class Wording(blocks.StructBlock):
    """One of the wordings of a clause."""

    name = blocks.CharBlock(
        max_length=80,
        label=_("Called"),
        help_text=_("What whoever chooses reads, for example “Six months”."),
    )
    heading = inline(required=False, label=_("Heading"), help_text=_("May be left empty."))
    text = ContractTextBlock(features=TEXT, required=False, label=_("Text"))

    def clean(self, value: Any) -> Any:
        """Refuse a wording that says nothing."""
        return insist_on_words(super().clean(value))

    class Meta:
        icon = "pilcrow"
        label = _("Wording")
        label_format = "{name}"


class WordingPicker(forms.HiddenInput):
    """Picks one of the wordings that its state names."""


class WordingPickerAdapter(WidgetAdapter):
    """The JavaScript side of it."""

    js_constructor = "contracts.WordingPicker"

    def get_media(self, widget: WordingPicker) -> forms.Media:
        """Our file after the stock one, which it extends."""
        return super().get_media(widget) + forms.Media(js=[versioned_static(f"{ROOM}/wordings.js")])


register(WordingPickerAdapter(), WordingPicker)


class AlternativesBlock(Counted, LockableBlock):
    """A clause with several wordings, approved in advance; where it is editable one is chosen."""

    policy = policy_block(locks.EDITABLE, locks.LOCKED, locks.OPTIONAL, **CHOOSING)
    wordings = Several(
        Wording(),
        min_num=2,
        max_num=MOST,
        label=_("Wordings"),
        help_text=_("The first one stands unless another is chosen. To choose is no deviation."),
    )
    others = blocks.BooleanBlock(
        required=False,
        default=False,
        label=_("The other side may choose, too"),
        help_text=_("Among all of these wordings, once the contract is out, where it is editable."),
    )
    chosen = blocks.CharBlock(required=False, max_length=36, label=_("Wording"))
    fills = ("chosen",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_blocks["chosen"].field.widget = WordingPicker()

    def section_name(self, value: Any) -> str:
        """The heading of the wording that holds, or its name."""
        held = _held(value)
        return words(str(getattr(held["heading"], "source", held["heading"]))) or held["name"]

    def read(
        self, data: Any, files: Any, prefix: str, *, stored: Any, shown: Any, taken: set[str]
    ) -> tuple[Any, list[Any]]:
        """Take nothing but one of the wordings that are there."""
        value, problems = super().read(data, files, prefix, stored=stored, shown=shown, taken=taken)
        known = {item.id for item in value["wordings"].bound_blocks}
        if value["chosen"] and value["chosen"] not in known:
            value["chosen"] = shown["chosen"]
            problems = [*problems, "wording_unknown"]
        return value, problems

    def filling_state(self, value: Any, stored: Any) -> Any:
        """The wordings to choose from, as they are called and as they read."""
        options = [
            {
                "id": item.id,
                "name": item.value["name"],
                **{part: words(item.value[part].source) for part in ("heading", "text")},
            }
            for item in value["wordings"].bound_blocks
        ]
        chosen = value["chosen"] or options[0]["id"]
        return {**self.get_form_state(value), "chosen": {"value": chosen, "options": options}}

    class Meta:
        icon = "list-ol"
        label = _("Alternatives")
        description = _("A clause with wordings that were approved in advance.")
        group = _("Structure")
        label_format = "{wordings}"


def _held(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The wording that holds; `value` is a block value or its stored form."""
    items = value["wordings"]
    pairs = (
        [(item.id, item.value) for item in items.bound_blocks]
        if hasattr(items, "bound_blocks")
        else [(item["id"], item["value"]) for item in items]
    )
    found: dict[Any, Any] = dict(pairs)
    held: Mapping[str, Any] = found.get(value.get("chosen")) or pairs[0][1]
    return held


class FieldPlace(NamedBlock):
    """Where a data field is asked for, within a group."""

    key = PickedKey(FieldPicker(), label=_("Data field"))
    name_from = ("key",)

    class Meta:
        icon = "form"
        label = _("Data field")
        group = _("Fields")
        label_format = "{key}"


class GroupStreamBlock(FreeStreamBlock):
    """What may stand in a group."""

    field_place = FieldPlace()


class GroupBlock(OpenAreaBlock):
    """Blocks that come and go together."""

    policy = policy_block(locks.LOCKED, locks.OPTIONAL, locks.EDITABLE)
    title = blocks.CharBlock(
        max_length=120,
        label=_("Called"),
        help_text=_("For whoever edits; it is not printed. For example “With delivery”."),
    )
    numbered = level = style = start = empty = None  # these are for areas
    blocks = GroupStreamBlock(label=_("What is shown then"))

    def get_form_layout(self) -> Any:
        """Ask for the condition before the blocks: it is what the group is for."""
        return blocks.BlockGroup(children=["title", "condition", "blocks"], settings=["policy"])

    class Meta:
        icon = "folder-inverse"
        label = _("Conditional group")
        description = _("Blocks that stand together, shown if a condition holds.")
        group = _("Structure")
        label_format = "{title}"
