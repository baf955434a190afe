"""Who did it: made at the door, recorded by audit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the system; `kind` is user, participant or system.

    `key` is stable and no personal data: a user's primary key, a participant's public id, or
    "system". `label` is what people read; label and address are personal data, which audit keeps
    as disclosures that can be erased.
    """

    kind: str
    key: str
    label: str
    address: str = ""


SYSTEM = Actor(kind="system", key="system", label="System")
