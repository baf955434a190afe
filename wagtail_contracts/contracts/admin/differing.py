"""How a contract differs from its template, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_contracts.contracts import flows as contracts
from wagtail_contracts.contracts.core import deviations, locks, masking, shown
from wagtail_contracts.contracts.core.content import body

MESSAGES = {
    "unlocked": gettext_lazy("“%(name)s” was unlocked for this contract."),
    "changed": gettext_lazy("“%(name)s” was changed."),
    "left_out": gettext_lazy("“%(name)s” is left out."),
    "added": gettext_lazy("“%(name)s” was added."),
}


def sentences(contract: Any) -> list[str]:
    """One for each block that is not as the template has it."""
    outline, content = body(contract.outline), masking.masked(contracts.whole(contract))
    blocks = {block["id"]: block for block in [*outline, *content["body"]]}
    return [
        str(MESSAGES[item["kind"]]) % {"name": _name(blocks[item["block"]], content)}
        for item in deviations.found(outline, content["body"], locks.unlocked(contract.outline))
    ]


def _name(block: dict[str, Any], content: dict[str, Any]) -> str:
    name = shown.name(block, content)
    return (
        _("%(number)s %(name)s") % {"number": block["number"], "name": name}
        if block["number"]
        else name
    )
