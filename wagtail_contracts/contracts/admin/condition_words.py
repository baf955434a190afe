"""What the pickers of conditions.js say."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def words() -> dict[str, Any]:
    """All of it, in the language of whoever edits."""
    return {
        **_buttons(),
        "title": _("Shown if"),
        "always": _("Always shown"),
        "shown": _("Shown if"),
        "expert": _("Shown if: %s"),
        "gone": _("%s (unknown)"),
        "before": _("An expression comes before what is picked above."),
        "join": {"all": _("all of these hold"), "any": _("any of these holds")},
        "joins": {"all": _("and"), "any": _("or")},
        "values": {"yes": _("Yes"), "no": _("No")},
        "operators": _operators(),
        "dates": {
            "less": _("is before"),
            "at_most": _("is on or before"),
            "more": _("is after"),
            "at_least": _("is on or after"),
        },
    }


def _buttons() -> dict[str, str]:
    return {
        "change": _("Change"),
        "done": _("Done"),
        "add": _("Add a test"),
        "remove": _("Remove"),
        "field": _("Data field"),
        "operator": _("Test"),
        "value": _("Value"),
        "pick": _("Choose …"),
        "expression": _("Expression, for experts"),
    }


def _operators() -> dict[str, str]:
    return {
        "is": pgettext("data field", "is"),
        "is_not": pgettext("data field", "is not"),
        "less": _("is less than"),
        "at_most": _("is at most"),
        "more": _("is more than"),
        "at_least": _("is at least"),
        "filled": _("is filled in"),
        "empty": _("is empty"),
        "contains": _("contains"),
        "lacks": _("does not contain"),
    }
