"""Kinds of events for trails that only tests grow, and data that fits any kind."""

from typing import Any

from wagtail_contracts.audit import kinds

GREW, ENDED = "thing.grew", "thing.ended"
VALUES: dict[type, Any] = {str: "x", int: 1, bool: True, list: [], dict: {}}

kinds.declare(GREW, "%(who)s let it grow", optional={"n": int})
kinds.declare(ENDED, "It ended")


def fitting(name: str) -> dict[str, Any]:
    """What an event of this name holds at least."""
    kind = kinds.find(name)
    required = kind.schema.required if kind else {}
    return {
        field: next(value for held, value in VALUES.items() if held in said.types)
        for field, said in required.items()
    }
