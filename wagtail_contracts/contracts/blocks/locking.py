"""Policies of blocks, and the stream whose blocks each carry one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from wagtail_contracts.contracts.blocks.conditions import ConditionBlock
from wagtail_contracts.contracts.core import locks
from wagtail_contracts.contracts.core.text import words

SETTINGS = ("policy", "condition", "style", "start", "columns", "sku")
LABELS = {
    locks.LOCKED: _("Locked"),
    locks.EDITABLE: _("Editable"),
    locks.OPTIONAL: _("Optional"),
}
MEANINGS = {
    locks.LOCKED: _("Locked: stays as it is written here."),
    locks.EDITABLE: _("Editable: whoever makes the contract may rewrite it."),
    locks.OPTIONAL: _("Optional: may be left out, but not rewritten."),
}
Words = Mapping[str, Any]


def policy_block(
    *policies: str, labels: Words = LABELS, meanings: Words = MEANINGS
) -> blocks.ChoiceBlock:
    """The choice between these policies; the first is the default. A kind may say its own words."""
    return blocks.ChoiceBlock(
        [(policy, labels[policy]) for policy in policies],
        default=policies[0],
        label=_("In contracts"),
        help_text=format_lazy("{} " * len(policies), *(meanings[policy] for policy in policies)),
    )


def behind(block: blocks.StructBlock, names: Collection[str] = SETTINGS) -> blocks.BlockGroup:
    """The form of a block, with some of its parts behind its settings button."""
    settings = [name for name in block.child_blocks if name in names]
    children = [name for name in block.child_blocks if name not in names]
    return blocks.BlockGroup(children=children, settings=settings)


class NamedBlock(blocks.StructBlock):
    """A block that people can be told about by name."""

    name_from: ClassVar[tuple[str, ...]] = ()

    def get_form_layout(self) -> blocks.BlockGroup:
        """Put what is seldom needed behind the settings button."""
        return behind(self)

    def section_name(self, value: Any) -> str:
        """What people call this block; `value` is a block value or its stored form."""
        found = (name_of(value.get(part)) for part in self.name_from)
        return next(filter(None, found), str(self.label))


class LockableBlock(NamedBlock):
    """A block of a template: its policy in contracts made from it, and when it is in them at all.

    `fills` are the parts that a contract's editor may fill in where the policy is editable; the
    rest is the template's.
    """

    policy = policy_block(*LABELS)
    condition = ConditionBlock(help_text=_("What must hold for it to be in the contract at all."))
    fills: ClassVar[tuple[str, ...]] = ()

    def policy_word(self, policy: str) -> str:
        """What this kind of block calls a policy."""
        return str(dict(self.child_blocks["policy"].field.choices).get(policy, LABELS[policy]))

    def read(
        self, data: Any, files: Any, prefix: str, *, stored: Any, shown: Any, taken: set[str]
    ) -> tuple[Any, list[Any]]:
        """Read a post: the new value, and what was wrong as codes. Only `fills` is ever read.

        A code that needs words for its sentence comes as (code, words). `stored` is the outline's
        value, `shown` the value that the form's instance has, `taken` the ids of the contract's
        other blocks.
        """
        value, problems = stored, []
        for part in self.fills:
            child, name = self.child_blocks[part], f"{prefix}-{part}"
            if child.value_omitted_from_data(data, files, name):
                problems = ["incomplete"]  # an input that is not there is no empty one
            else:
                value[part] = child.value_from_datadict(data, files, name)
        return value, problems

    def ids_within(self, value: Mapping[str, Any]) -> list[str]:
        """The ids that a stored value gives to its parts and that no other block may use."""
        return []

    def filling_state(self, value: Any, stored: Any) -> Any:
        """What the locked editor shows to be filled in; `stored` is the outline's value."""
        return self.get_form_state(value)


class LockableStreamBlock(blocks.StreamBlock):
    """A stream whose blocks each carry a policy."""

    def value_of(self, entry: locks.Entry) -> Any:
        """The native value of one stored entry."""
        return self.child_blocks[entry["type"]].to_python(entry["value"])


def name_of(part: Any) -> str:
    """The first words of a part, whether it was read into a rich text value or not."""
    return Truncator(words(str(getattr(part, "source", part) or ""))).chars(60)
