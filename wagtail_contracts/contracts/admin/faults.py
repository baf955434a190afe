"""What is wrong with a template, or was overlooked, as sentences that lead to the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from wagtail_contracts.contracts.blocks import ContractStream
from wagtail_contracts.contracts.blocks.faults import KINDS, why
from wagtail_contracts.contracts.core import shown, template_faults, trees
from wagtail_contracts.contracts.core.template_faults import Fault

MESSAGES = {
    "condition": _("“%(name)s” is shown if something holds that can't be asked. %(why)s"),
    "formula": _("The value of “%(name)s” can't be computed. %(why)s"),
    "result": _("The value of “%(name)s” comes to %(kind)s, but is shown as something else."),
    "circle": _("Data fields depend on each other in a circle: %(labels)s."),
    "itself": _(
        "“%(labels)s” is asked for only where it is filled in already, so nobody could fill it in. "
        "Let another data field decide, for example a yes/no question."
    ),
    "never": _("“%(name)s” is never shown: nothing that is filled in can meet its condition."),
    "dangling": _(
        "“%(name)s” refers to “%(target)s”, which may be hidden while it stands itself: "
        "“(left out)” is printed then. Show both under the same condition."
    ),
    "unused": _("The data field “%(name)s” is used nowhere."),
    "unplaced": _("The data field “%(name)s” has no place in the text for the other side to see."),
    "doubled": _(
        "After “%(label)s” the text says “%(currency)s”, but the amount is printed with %(prints)s."
    ),
    "unsigned": _("The text has no place for signatures."),
    "perhaps_unsigned": _("The place for signatures is not always shown."),
}
LONGEST = 60


@dataclass(frozen=True)
class Finding:
    """A sentence, and what it is about: a stream, and in it the id of a block or a field's key."""

    sentence: str
    stream: str
    place: str = ""
    url: str = ""


def refused(whole: trees.Content) -> list[Finding]:
    """What must be mended before the template is published."""
    return list(_said(whole, template_faults.refused(whole)))


def warnings(whole: trees.Content) -> list[Finding]:
    """What may stay; `whole` has nothing that is refused."""
    return list(_said(whole, template_faults.warnings(whole)))


def _said(whole: trees.Content, faults: Iterable[Fault]) -> Iterator[Finding]:
    blocks = {block["id"]: block for block in trees.blocks(whole["body"])}
    labels = {field["key"]: field["label"] for field in whole["fields"]}
    for fault in faults:
        name = labels.get(fault.field) or _name(blocks.get(fault.block), whole)
        words = {
            **fault.words,
            "name": Truncator(name).chars(LONGEST),
            "kind": str(KINDS.get(fault.words.get("found", ""), "")),
            "why": why(fault.wrong) if fault.wrong else "",
        }
        stream = "body" if fault.block or not fault.field else "fields"
        yield Finding(str(MESSAGES[fault.code]) % words, stream, fault.block or fault.field)


def _name(block: trees.Node | None, whole: trees.Content) -> str:
    if block is None:
        return ""
    return shown.name(block, whole) or str(ContractStream.base_blocks[block["type"]].label)
