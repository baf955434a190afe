"""In whose name somebody signs, in words: for oneself, an organisation, as guardian, by power."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _


def acting(person: Mapping[str, Any]) -> str:
    """How it stands beside a name; "" where the party says it."""
    return {
        "guardian": _("as guardian"),
        "attorney": _("by power of attorney"),
    }.get(person.get("acts_as", ""), "")


def signs_for(party: Mapping[str, Any], person: Mapping[str, Any]) -> str:
    """For whom a person signs, where the kind of the party does not say it; "" where it does."""
    acts_as, words = person.get("acts_as", ""), {"party": party["name"]}
    return {
        "self": _("signs for themselves"),
        "organisation": _("signs for %(party)s") % words,
        "guardian": _("signs for %(party)s, as guardian") % words,
        "attorney": _("signs for %(party)s, by power of attorney") % words,
    }.get(acts_as, "")


def is_joint(party: Mapping[str, Any]) -> bool:
    """Whether two or more of a party sign together: one alone does not bind it."""
    rule, people = party["rule"], party["people"]
    needed = {"all": len(people), "some": rule["count"] or 0}.get(rule["kind"], 1)
    return needed > 1
