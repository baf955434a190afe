"""Ready roles: what people usually are in a workspace, as verbs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

READER, AUTHOR, SENDER = "reader", "author", "sender"
APPROVER, TEMPLATE_EDITOR, ADMINISTRATOR = "approver", "template_editor", "administrator"

# What is sensitive, and who unlocks, is given to people one by one; an administrator gives it.
VERBS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        READER: ("view",),
        AUTHOR: ("view", "create", "edit"),
        SENDER: ("view", "create", "edit", "send"),
        APPROVER: ("view", "approve"),
        TEMPLATE_EDITOR: ("view", "create", "templates"),
        ADMINISTRATOR: (
            *("view", "create", "edit", "send", "templates"),
            *("insights", "export", "move", "administer"),
        ),
    }
)


def reaches(role: str) -> dict[str, str]:
    """What a role holds: all of the workspace, for each of its verbs."""
    return dict.fromkeys(VERBS[role], "all")


def named(held: Mapping[str, str]) -> str:
    """The ready role that is exactly this; "" for a mixture made by hand."""
    return next((role for role in VERBS if reaches(role) == dict(held)), "")
