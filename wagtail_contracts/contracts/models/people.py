"""What the people of the site are called, wherever they are named."""

from __future__ import annotations

from typing import Any


def person_name(user: Any) -> str:
    """The full name of a member of staff; whoever has none goes by the name of their account."""
    return str(user.get_full_name() or user.get_username())


def sender_name(contract: Any) -> str:
    """Who sends a contract, as other parties read it: its owner, or the workspace.

    What the account of an owner without a name is called is of no concern to them.
    """
    return staff_name(contract.owner, contract)


def staff_name(user: Any, contract: Any) -> str:
    """Who speaks or decides for our side, as other parties read it; the workspace, if no name."""
    return str((user and user.get_full_name()) or contract.workspace.name)
